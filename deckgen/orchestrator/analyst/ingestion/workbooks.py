"""An XLSX workbook as CSV, so that all the rules of reading a CSV apply to it too."""

import contextlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from deckgen.domain.errors import UnreadableData
from deckgen.domain.uploads import file_kinds
from deckgen.orchestrator.analyst.ingestion import sheet_joins

CHILD = Path(__file__).with_name("workbook_child.py")
SECONDS = 90
MAX_UNPACKED_BYTES = 60_000_000  # of a workbook whose sheets are joined
MAX_OTHERS = 12  # sheets beside the first, beyond which none is joined


def write_csv(workbook: Path, target: Path) -> list[str]:
    """Write the first table of a workbook to `target`, with what other sheets say about its rows;
    returns the decisions in words.

    The file is read by a process of its own, with limits of memory and time and without this one's
    environment: whatever a file does to its reader, nothing else is affected. Raises UnreadableData.
    """
    answer = _converted(workbook, target)
    joined = _joined(workbook, target, answer) if answer["others"] else None
    if joined is None:
        return list(_notes(answer))
    answer, found = joined
    others = [name for name in answer["others"] if name not in found.joined]
    return [*_notes({**answer, "others": others}), *found.notes]


def _converted(workbook: Path, target: Path, *sheet: str) -> dict[str, Any]:
    """Write one sheet; returns what is said of it. Raises UnreadableData."""
    command = [sys.executable, "-I", str(CHILD), str(workbook), str(target), *sheet]
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
    return answer


def _joined(
    workbook: Path, target: Path, first: dict[str, Any]
) -> tuple[dict[str, Any], sheet_joins.Join] | None:
    """Join the other sheets to the table; returns what is said of the sheet whose rows count, and what
    was joined. A sheet that can't be read is left out, as without a join.
    """
    with zipfile.ZipFile(workbook) as archive:  # whose sizes are true: it was unpacked
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES or len(first["others"]) > MAX_OTHERS:
        return None
    files, answers = {first["sheet"]: target}, {first["sheet"]: first}
    for number, name in enumerate(first["others"]):
        file = target.with_name(f"sheet{number}.csv")
        with contextlib.suppress(UnreadableData):
            answers[name] = _converted(workbook, file, name)
            files[name] = file
    whole = target.with_name("joined.csv")
    found = sheet_joins.join(files, whole)
    if found is None:
        return None
    if found.joined:
        whole.replace(target)
    return answers[found.sheet], found


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
