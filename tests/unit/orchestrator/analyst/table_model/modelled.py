"""Small tables, and what the table model makes of them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from deckgen.domain.briefs import Brief
from deckgen.domain.step_contract import DatasetInfo
from deckgen.domain.table_models import ColumnModel, TableModel
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.profiling.profile import profile_of
from deckgen.orchestrator.analyst.table_model import model_of
from tests.unit.orchestrator.analyst.engine import as_csv


def modelled(
    folder: Path,
    header: str,
    rows: Sequence[Iterable[object]],
    *,
    name: str = "data.csv",
    ends_at: float | None = None,
    **fields: object,
) -> TableModel:
    """The model of rows under a header, which is names with commas; `fields` are those of the brief."""
    path = folder / name
    path.write_text(as_csv([header.split(","), *rows]))
    brief = Brief.model_validate(fields)
    with open_table(path, brief.table, once=True) as table:
        info = DatasetInfo(name=name, sha256="", bytes=path.stat().st_size)
        return model_of(table, profile_of(table, info, brief), name, ends_at, brief)


def column(model: TableModel, name: str) -> ColumnModel:
    return next(each for each in model.columns if each.name == name)


def spread(number: int, low: int, high: int, salt: int = 7919) -> int:
    """A number from low to high that seems to follow no rule, the same every time."""
    return low + (number * 104_729 + salt * salt + number * number * salt) % (high - low + 1)
