"""A setting that is unknown, or that the table refutes, is one clear error."""

from pathlib import Path
from typing import Any

import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.errors import InvalidRequest, PermanentError
from deckgen.domain.requests import parse
from tests.unit.orchestrator.analyst.table_model.modelled import modelled

HEADER = "Lead,Result,Score,Worth,Day,Same"
ROWS = [
    [f"L{n % 90}", ("Won", "Lost", "Open", "Wait", "Hold", "Gone")[n % 6], n % 7, 10 + n,
     f"2024-01-{1 + n % 28:02}", "2024-01-01"]
    for n in range(100)
]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "said", "told"),
    [
        ("result", {"outcome": "Yes"}, "result.outcome names “Yes”, which “Result” does not have. "
         "Its values are: Lost, Open, Wait, Won, Gone, …."),
        ("Result", {"filter": ["Won", "x"]}, "Result.filter names “x”, which “Result” does not have"),
        ("Result", {"order": ["Won", "x"]}, "Result.order names “x”, which “Result” does not have"),
        ("Result", {"filter": ["Won", "Lost", "Open", "Wait", "Hold", "Gone"]},
         "Result.filter names all values of “Result”: no row would be left"),
        ("Day", {"outcome": "2024"}, "Day.outcome must be “(a date)”"),
        ("Score", {"weight": "Result"}, "Score.weight names “Result”, whose cells are no numbers"),
        ("Score", {"weight": "Nope"}, "Score.weight names “Nope”, which the table does not have. "
         "Its columns are: Lead, Result"),
        ("Score", {"numerator": "Worth", "denominator": "Score"},
         "Score.denominator names “Score” itself"),
        ("Result", {"kind": "flow"}, "Result.kind is for numbers, which “Result” does not hold"),
        ("Result", {"scale": 10}, "Result.scale is for numbers"),
        ("Result", {"currency": "EUR"}, "Result.currency is for numbers"),
        ("Result", {"sentinels": [1]}, "Result.sentinels is for numbers"),
    ],
)  # fmt: skip
def test_a_column_refutes_a_setting(
    tmp_path: Path, column: str, said: dict[str, Any], told: str
) -> None:
    """The error names the setting by its path, what is wrong, and what there is."""
    with pytest.raises(PermanentError) as caught:
        modelled(tmp_path, HEADER, ROWS, columns={column: said})
    assert caught.value.message.startswith(f"context.columns.{told}")
    assert caught.value.code == "unknown_column"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"key": ["Result"]}, "key does not tell rows apart: 100 different rows share 6 values of"),
        ({"key": ["Nope"]}, "key names “Nope”, which the table does not have"),
        ({"timeAxis": "Nope"}, "timeAxis names “Nope”, which the table does not have"),
        ({"timeAxis": "Score"}, "timeAxis names “Score”, but its cells are neither dates nor years"),
        ({"timeAxis": "Same"}, "timeAxis names “Same”, but all its cells are the same date"),
        ({"currencyColumn": "Result"}, "currencyColumn names “Result”, whose values are no ISO codes"),
        ({"scenario": {"column": "Result", "actual": "Won", "budget": "x"}},
         "scenario.budget names “x”, which “Result” does not have"),
        ({"scenario": {"actual": "Worth", "budget": "Result"}},
         "scenario.budget names “Result”, whose cells are no numbers"),
    ],
)  # fmt: skip
def test_the_table_refutes_a_setting(tmp_path: Path, said: dict[str, Any], told: str) -> None:
    """The same of what is said of the table as a whole."""
    with pytest.raises(PermanentError) as caught:
        modelled(tmp_path, HEADER, ROWS, table=said)
    assert caught.value.message.startswith(f"context.table.{told}")
    assert caught.value.code == "unknown_column"


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ({"columns": {"A": {"currency": "euros"}}}, "columns.A.currency: must be the ISO code"),
        ({"columns": {"A": {"scale": 0}}}, "columns.A.scale: should be greater than 0"),
        ({"columns": {"A": {"kind": "sum"}}}, "columns.A.kind: should be 'flow', 'count'"),
        ({"columns": {"A": {"outcom": "x"}}}, "columns.A.outcom: is not a known field"),
        ({"columns": {"A": {"numerator": "B", "denominator": " b"}}},
         "columns.A.denominator: must be another column than the numerator"),
        ({"columns": {"A": {"numerator": "B"}}}, "columns.A: must have both numerator and denominator"),
        ({"columns": {"A": {"good": True}}}, "columns.A: must have an outcome"),
        ({"columns": {"A": {"kind": "flow", "weight": "B"}}}, "columns.A: must be a rate or the like"),
        ({"columns": {"A": {"kind": "flow", "additivity": "rate"}}}, "columns.A: must have another"),
        ({"columns": {"A": {"role": "id", "scale": 2}}}, "columns.A: must have the role measure"),
        ({"columns": {"A": {"order": ["x", "x"]}}}, "columns.A.order: must name each one once"),
        ({"table": {"row": "7 orders"}}, "table.row: must be a plural"),
        ({"table": {"scenario": {"actual": "A"}}}, "table.scenario: must name at least one of budget"),
        ({"table": {"axis": "A"}}, "table.axis: is not a known field"),
    ],
)  # fmt: skip
def test_a_setting_that_nothing_can_be_is_refused_at_once(context: dict[str, Any], told: str) -> None:
    """What no table can be is an invalid request, before a table is read."""
    with pytest.raises(InvalidRequest) as caught:
        parse(Brief, context)
    assert told in caught.value.message
