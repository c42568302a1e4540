"""An XLSX workbook as CSV, so that all the rules of reading a CSV apply to it too."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from deckgen.domain.errors import UnreadableData
from deckgen.domain.uploads import file_kinds

CHILD = Path(__file__).with_name("workbook_child.py")
SECONDS = 90


def write_csv(workbook: Path, target: Path) -> list[str]:
    """Write the first table of a workbook to `target`; returns the decisions in words.

    The file is read by a process of its own, with limits of memory and time and without this one's
    environment: whatever a file does to its reader, nothing else is affected. Raises UnreadableData.
    """
    command = [sys.executable, "-I", str(CHILD), str(workbook), str(target)]
    try:
        process = subprocess.run(  # noqa: S603 - a script of our own, no shell
            command, capture_output=True, timeout=SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise file_kinds.workbook_too_large() from None
    if process.returncode < 0:  # ended by a limit, or by its reader for lack of memory
        raise file_kinds.workbook_too_large()
    if process.returncode > 0:
        raise file_kinds.broken_workbook()
    answer: dict[str, Any] = json.loads(process.stdout)
    if "refused" in answer:
        raise _refusal(answer["refused"])
    return list(_notes(answer))


def _refusal(code: str) -> UnreadableData:
    if code == "no_table":
        return UnreadableData(
            "No visible sheet of the workbook holds a table. Upload a workbook with a sheet that has a "
            "header and rows.",
            code="no_table_in_workbook",
        )
    return file_kinds.workbook_too_large() if code == "too_large" else file_kinds.broken_workbook()


def _notes(answer: dict[str, Any]) -> list[str]:
    notes = []
    if answer["others"]:
        other_sheets = ", ".join(f"“{name}”" for name in answer["others"])
        notes.append(f"The sheet “{answer['sheet']}” was read and others were left out: {other_sheets}")
    if answer["hidden"]:
        notes.append("Hidden sheets were left out")
    if answer["uncomputed"]:
        notes.append(
            "Formulas whose results the workbook does not hold count as missing: open it in Excel and "
            "save it"
        )
    if answer["durations"]:
        notes.append("Durations were read as hours")
    return notes
