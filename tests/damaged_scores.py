"""What became of damaged tables: `python -m tests.damaged_scores [FILES [SEEDS]]` tells it by kind."""

import math
import re
import sys
import tempfile
from collections import Counter
from enum import StrEnum
from pathlib import Path

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.errors import UnreadableData
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator.analyst import profile
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.sql import quoting
from tests.damaged_tables import Damaged, damaged_tables

_NUMBER = r"\d{1,3}(?:,\d{3})*"
_LINES = re.compile(rf"\b[Ll]ines? ({_NUMBER}(?:, {_NUMBER})*)(?: (and|to) ({_NUMBER}))?")


class Outcome(StrEnum):
    RIGHT = "right"
    WARNED = "wrong, warned"
    REFUSED = "refused"
    SILENT = "wrong, silently"


def outcome(folder: Path, table: Damaged) -> tuple[Outcome, Source | None]:
    """Read a file as the steps do, and compare its sums."""
    path = folder / f"{table.kind}-{table.seed}.csv"
    path.write_bytes(table.content)
    info = DatasetInfo(name=path.name, sha256="0" * 64, bytes=len(table.content))
    try:
        source = profile(path, info, Brief())
    except UnreadableData as error:
        return (Outcome.REFUSED if error.message.endswith(".") else Outcome.SILENT), None
    right = [_is_right(path, source, name, value) for name, value in table.sums.items()]
    named = placed(source.warnings) & table.lines
    if all(right) or (table.either and any(right) and named):
        return Outcome.RIGHT, source
    return (Outcome.WARNED if named else Outcome.SILENT), source


def placed(warnings: list[str]) -> set[int]:
    """The numbers of lines that the warnings name."""
    found: set[int] = set()
    for match in (match for text in warnings for match in _LINES.finditer(text)):
        numbers = [int(number.replace(",", "")) for number in re.findall(_NUMBER, match[0])]
        found |= set(range(numbers[0], numbers[-1] + 1)) if match[2] == "to" else set(numbers)
    return found


def _is_right(path: Path, source: Source, name: str, value: float) -> bool:
    """True if a column of numbers of this name, whatever unit it has, adds up to the value."""
    columns = [c for c in source.columns if c.name.lower().startswith(name)]
    if not columns or columns[0].type not in ("BIGINT", "DOUBLE"):
        return False
    with open_table(path) as table:
        (found,) = table.one(f"SELECT sum({quoting.name(columns[0].name)}) FROM data")
    return found is not None and math.isclose(found, value, rel_tol=1e-9)


def main(files: int = 300, seeds: int = 3) -> None:
    counts: dict[str, Counter[Outcome]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(seeds):
            for table in damaged_tables(files, seed):
                found, source = outcome(Path(folder), table)
                counts.setdefault(table.kind, Counter())[found] += 1
                if found is Outcome.SILENT:
                    warnings = source.warnings if source else []
                    print(f"{table.kind} {table.seed}: {warnings}", file=sys.stderr)  # noqa: T201
    for kind, counter in [*counts.items(), ("all", sum(counts.values(), Counter()))]:
        listed = "  ".join(f"{outcome.value} {counter[outcome]:4}" for outcome in Outcome)
        print(f"{kind:26} {listed}")  # noqa: T201


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
