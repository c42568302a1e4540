"""What holds of every table: findings belong to the data, not to how the data were written down.

Promised is that the same findings come out (kind and subject) whatever the order of rows, wherever the
columns stand, in whatever unit a measure is and whatever columns and groups are called. Names have a
meaning nonetheless: a column's role is read from words, so it is renamed within its vocabulary (sales
to revenue, not sales to price). And order has one: of several measures that are alike, the first is
the main one, so measures keep their order among themselves.
"""

import datetime
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from deckgen.domain.briefs import Brief
from deckgen.domain.errors import UnreadableData
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.facts.fact_book import plain
from deckgen.orchestrator.analyst.ingestion.table import open_table
from tests.unit.orchestrator.analyst.engine import as_csv, run_table

pytestmark = pytest.mark.slow
Rows = list[list[object]]
Findings = list[tuple[str, ...]]

# The same tables each time, as they were drawn: to shrink one that fails takes minutes.
few = settings(
    derandomize=True,
    deadline=None,
    max_examples=3,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)
more = settings(few, max_examples=9)

MEASURES = {"sales": "revenue", "price": "temperature", "headcount": "employees"}
DIMENSIONS = {"team": "channel", "colour": "shape"}


@st.composite
def business_tables(draw: st.DrawFn) -> Rows:
    """A table with a date, groups and measures; some have a growth or a difference in them."""
    rng = random.Random(draw(st.integers(0, 10_000)))
    measures = list(MEASURES)[: draw(st.integers(1, 3))]
    dimensions = list(DIMENSIONS)[: draw(st.integers(0, 2))]
    growth, lift = draw(st.sampled_from((0.0, 0.02))), draw(st.sampled_from((0.0, 0.5)))
    step = draw(st.sampled_from((1, 7, 30)))
    rows: Rows = []
    for number in range(draw(st.integers(5, 80))):
        groups = [f"g{rng.randrange(4)}" for _ in dimensions]
        level = (1 + growth * number) * (1 + lift * ("g1" in groups))
        values = [round(level * rng.gauss(500, 60), 2) for _ in measures]
        rows.append([datetime.date(2022, 1, 1) + datetime.timedelta(step * number), *groups, *values])
    return [["date", *dimensions, *measures], *rows]


def found_in(rows: Rows) -> Findings:
    """The operation, the columns of the measure and those of the groups of each finding."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text(as_csv(rows))
        info = DatasetInfo(name="t.csv", sha256="0" * 64, bytes=path.stat().st_size)
        brief = Brief(business_context="")
        source = analyst.profile(path, info, brief)
        findings = analyst.find(path, source, brief)

    told = [answer.plan for answer in findings.scan if answer.plan]
    return sorted(
        (
            plan.operation,
            " ".join(plan.measures[0].columns),
            " ".join(group.column for group in plan.groups),
        )
        for plan in told
    )


def _each_cell(rows: Rows, change: Callable[[str, object], object]) -> Rows:
    header, *body = rows
    names = [str(name) for name in header]
    return [
        header,
        *([change(name, cell) for name, cell in zip(names, row, strict=True)] for row in body),
    ]


@few
@given(business_tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_finding(rows: Rows, rng: random.Random) -> None:
    """A shuffled table has the findings of the sorted one."""
    header, *body = rows
    assert found_in([header, *rng.sample(body, len(body))]) == found_in(rows)


@few
@given(business_tables(), st.randoms(use_true_random=False))
def test_the_place_of_columns_changes_no_finding(rows: Rows, rng: random.Random) -> None:
    """Dates and groups may stand before, between or after the measures."""
    header = [str(name) for name in rows[0]]
    others = [place for place, name in enumerate(header) if name not in MEASURES]
    order = [place for place, name in enumerate(header) if name in MEASURES]
    for place in others:
        order.insert(rng.randrange(len(order) + 1), place)
    assert found_in([[row[place] for place in order] for row in rows]) == found_in(rows)


@few
@given(business_tables(), st.sampled_from((1000, 100, 0.001)))
def test_the_unit_of_measures_changes_no_finding(rows: Rows, factor: float) -> None:
    """Amounts in thousands, in cents or in single ones give the same findings."""

    def scaled(name: str, cell: object) -> object:
        return round(cell * factor, 5) if isinstance(cell, float) else cell

    assert found_in(_each_cell(rows, scaled)) == found_in(rows)


@few
@given(business_tables())
def test_names_change_no_finding(rows: Rows) -> None:
    """Columns and groups by other names of the same kind give the same findings."""
    renamed = _each_cell(rows, lambda name, cell: f"ñ {cell}" if name in DIMENSIONS else cell)
    names = MEASURES | DIMENSIONS
    renamed[0] = [names.get(str(name), name) for name in renamed[0]]
    back = {new: old for old, new in names.items()}
    found = [
        (operation, *(back.get(name, name) for name in names))
        for operation, *names in found_in(renamed)
    ]
    assert sorted(found) == found_in(rows)


CELLS = st.one_of(
    st.sampled_from(
        ["", "NA", "0", "-1", "1e9", "3.14", "1,5", "$12", "12 %", "2024-01-31", "31/01/2024", "2023",
         "=1+1", "'; DROP TABLE data; --", '"', "a\nb", "{{f1}}", "<b>x</b>", "日本",
         "x" * 200, "Total"]
    ),
    st.integers(-(10**6), 10**6).map(str),
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(str),
    st.text(max_size=8),
)  # fmt: skip
NAMES = st.one_of(
    st.sampled_from(["sales", "date", "year", "price_usd", "region", "id", 'a"b', "{{f1}}", "1", ""]),
    st.text(max_size=10),
)


@st.composite
def any_tables(draw: st.DrawFn) -> Rows:
    """Anything that a CSV can hold: columns of one kind of cell each, or of all kinds mixed."""
    width, length = draw(st.integers(2, 4)), draw(st.integers(1, 12))
    columns = []
    for _ in range(width):
        some = draw(st.lists(CELLS, min_size=1, max_size=4))
        columns.append(draw(st.lists(st.sampled_from(some), min_size=length, max_size=length)))
    header = draw(st.lists(NAMES, min_size=width, max_size=width))
    return [list(header), *(list(row) for row in zip(*columns, strict=True))]


@more
@given(st.one_of(any_tables(), business_tables()))
def test_every_table_gives_a_sound_deck_or_a_clear_answer(rows: Rows) -> None:
    """Whatever is in the cells, all checks pass and all facts hold, or it is said what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        try:
            run = run_table(path, as_csv(rows).encode("utf-8", "replace"))
        except UnreadableData:
            return
        assert [check for check in run.deck.quality if not check.passed] == []
        with open_table(path) as table:
            for fact in run.findings.facts:
                assert plain(table.one(fact.sql)[0]) == fact.value
