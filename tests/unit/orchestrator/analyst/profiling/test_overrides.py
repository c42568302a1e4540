"""What the request says of columns."""

from pathlib import Path
from typing import Any

import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Additivity, Column, Role, Source
from deckgen.domain.errors import PermanentError
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst
from tests.unit.orchestrator.analyst.engine import as_csv, days

ROWS: list[list[Any]] = [
    [day, n % 4, "ab"[n % 2], 1 + n * 37 % 90, 1900 + n % 60] for n, day in enumerate(days(2023)[:90])
]


def profiled(tmp_path: Path, **columns: dict[str, Any]) -> Source:
    path = tmp_path / "t.csv"
    path.write_text(as_csv([["date", "Store  No", "kind", "xyz", "opened"], *ROWS]))
    brief = Brief.model_validate(
        {"columns": {name.replace("_", " "): c for name, c in columns.items()}}
    )
    return analyst.profile(path, DatasetInfo(name="t.csv", sha256="0" * 64, bytes=1), brief)


def column(source: Source, name: str) -> Column:
    return next(column for column in source.columns if column.name == name)


def test_a_role_that_the_request_asks_for_is_given_with_that_reason(tmp_path: Path) -> None:
    """Numbers of stores become a measure, years become time, numbers become groups."""
    source = profiled(
        tmp_path, store_no={"role": "measure"}, OPENED={"role": "time"}, xyz={"role": "dimension"}
    )
    roles = [column(source, name).role for name in ("Store No", "opened", "xyz")]
    assert roles == [Role.MEASURE, Role.TIME, Role.DIMENSION]
    assert column(source, "xyz").reason == "the request says so"
    assert source.warnings == profiled(tmp_path).warnings


def test_additivity_and_unit_of_the_request_win(tmp_path: Path) -> None:
    """What was a rate without a unit is summed, in euros; the sum is told as such."""
    source = profiled(tmp_path, xyz={"additivity": "flow", "unit": "€"})
    found = column(source, "xyz")
    assert (found.additivity, found.symbol) == (Additivity.FLOW, "EUR")
    assert found.reason.endswith("in EUR, as the request says")
    facts = analyst.find(tmp_path / "t.csv", source, Brief()).facts
    said = {fact.value: fact.display for fact in facts}
    assert "€" in said[sum(row[3] for row in ROWS)]


def test_additivity_alone_makes_a_measure(tmp_path: Path) -> None:
    """Who says how a column is summed says that it is measured."""
    found = column(profiled(tmp_path, store_no={"additivity": "stock"}), "Store No")
    assert (found.role, found.additivity) == (Role.MEASURE, Additivity.STOCK)


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ({"role": "measure"}, "its cells are no numbers"),
        ({"role": "time"}, "its cells are neither dates nor years"),
        ({"unit": "EUR"}, "“kind” is no measure, so the unit in the request was left out"),
    ],
)
def test_what_cannot_hold_is_told_and_left_out(
    tmp_path: Path, override: dict[str, str], told: str
) -> None:
    """A wish that the cells contradict changes nothing and stands in the warnings."""
    source = profiled(tmp_path, kind=override)
    assert column(source, "kind") == column(profiled(tmp_path), "kind")
    assert told in source.warnings[0]


def test_a_column_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    """Nothing is read wrongly in silence: the names of the table are told."""
    with pytest.raises(PermanentError, match=r"names price, which .*: date, Store No, kind") as caught:
        profiled(tmp_path, price={"role": "measure"})
    assert caught.value.code == "unknown_column"
