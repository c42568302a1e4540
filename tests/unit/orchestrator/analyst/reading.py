"""Small files, read as the engine reads them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deckgen.orchestrator.analyst.ingestion.table import open_table


@dataclass(frozen=True)
class Read:
    """What became of a file."""

    names: list[str]
    types: list[str]
    symbols: list[str]
    rows: list[tuple[Any, ...]]
    warnings: list[str]

    def column(self, name: str) -> list[Any]:
        index = self.names.index(name)
        return [row[index] for row in self.rows]

    def type(self, name: str) -> str:
        return self.types[self.names.index(name)]

    def warns(self, words: str) -> bool:
        return any(words in warning for warning in self.warnings)


def read(folder: Path, content: str | bytes, name: str = "table.csv") -> Read:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_table(path, once=True) as table:
        return Read(
            [column.name for column in table.columns],
            [column.type for column in table.columns],
            [column.symbol for column in table.columns],
            table.all("SELECT * FROM data ORDER BY rowid"),
            table.warnings,
        )


def columns(**cells: list[str]) -> str:
    """A table of these columns, separated by tabs."""
    lines = zip(*cells.values(), strict=True)
    return "\n".join("\t".join(line) for line in [tuple(cells), *lines]) + "\n"
