"""An XLSX workbook as CSV, so that all that is known of reading a CSV holds for it too."""

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
    """Write the first table of a workbook to `target`; what was decided, in words.

    The file is read by a process of its own, which limits its memory and time and knows nothing of
    this one's environment: whatever a file makes of its reader, nothing else is touched. Raises
    UnreadableData.
    """
    command = [sys.executable, "-I", str(CHILD), str(workbook), str(target)]
    try:
        done = subprocess.run(  # noqa: S603 - a script of our own, no shell
            command, capture_output=True, timeout=SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise file_kinds.workbook_too_large() from None
    if done.returncode < 0:  # ended by a limit, or by its reader for want of memory
        raise file_kinds.workbook_too_large()
    if done.returncode > 0:
        raise file_kinds.broken_workbook()
    said: dict[str, Any] = json.loads(done.stdout)
    if "refused" in said:
        raise _refusal(said["refused"])
    return list(_notes(said))


def _refusal(code: str) -> UnreadableData:
    if code == "no_table":
        return UnreadableData(
            "No visible sheet of the workbook holds a table. Upload a workbook with a sheet that has a "
            "header and rows.",
            code="no_table_in_workbook",
        )
    return file_kinds.workbook_too_large() if code == "too_large" else file_kinds.broken_workbook()


def _notes(said: dict[str, Any]) -> list[str]:
    notes = []
    if said["others"]:
        others = ", ".join(f"“{name}”" for name in said["others"])
        notes.append(f"The sheet “{said['sheet']}” was read and others were left out: {others}")
    if said["hidden"]:
        notes.append("Hidden sheets were left out")
    if said["uncomputed"]:
        notes.append(
            "Formulas whose results the workbook does not hold count as missing: open it in Excel and "
            "save it"
        )
    if said["durations"]:
        notes.append("Durations were read as hours")
    return notes
