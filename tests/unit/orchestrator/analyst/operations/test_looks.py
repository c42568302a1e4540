"""What is computed in one look at the table is what single looks give."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.formatting.display import COUNT, Unit, ValueFormat
from deckgen.domain.plans import By, Cell, Group, Mean, Measured
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.held import Held
from deckgen.orchestrator.analyst.execution.scopes import Scope
from tests.unit.orchestrator.analyst.operations.asking import opened

SHOP, SIZE = Group(column="shop", by=By.VALUE), Group(column="size", by=By.VALUE)
NUMBER = Unit(format=ValueFormat.NUMBER)


def mean_of(column: str) -> Measured:
    return Measured(
        measure=Mean(of=Cell(column=column)),
        label=column,
        noun=column,
        unit=NUMBER,
        columns=[column],
        adds_up=False,
        over_time=False,
    )


@pytest.fixture
def execute(tmp_path: Path) -> Iterator[Executor]:
    """Sales of three shops, in every week of a year and a half; some rows have no shop or no size."""
    chance = random.Random(5)
    rows = [
        (
            date(2023, 1, 2) + timedelta(days=day // 2),
            chance.choice(["north", "south", "it's", ""]),
            chance.choice(["S", "M", ""]),
            round(chance.uniform(1, 9), 2),
            round(chance.uniform(10, 99), 1),
        )
        for day in range(1_000)
    ]
    with opened(tmp_path, "day,shop,size,sales,weight", rows, Brief()) as (_, execute):
        yield execute


def test_the_courses_of_groups_are_those_of_each(execute: Executor) -> None:
    """One query for all groups gives each the periods and values that a query of its own gives it."""
    names, sales = ["south", "it's", "north"], mean_of("sales")
    courses = execute.courses(sales, "week", SHOP, names, Scope())
    own = [execute.course(sales, "week", Scope().of_group(SHOP, name)) for name in names]
    assert [[span for span, _ in course] for course in courses] == [
        [span for span, _ in course] for course in own
    ]
    assert [value for course in courses for _, value in course] == pytest.approx(
        [value for course in own for _, value in course]
    )
    assert execute.courses(sales, "week", SHOP, [], Scope()) == []


@pytest.mark.parametrize("first", [SIZE, mean_of("weight")])
@pytest.mark.parametrize("other", [SHOP, mean_of("weight")])
def test_what_is_tested_beside_a_factor_is_what_is_told_of_it(
    execute: Executor, first: Group | Measured, other: Group | Measured
) -> None:
    """The means taken beside the rows leave in each row what the facts' own query leaves in it."""
    held = Held(execute, mean_of("sales"), first, other, Scope())
    tested = execute.table.all(f"SELECT g, v FROM ({held.first_rows})")
    told = execute.table.all(f"SELECT g, v FROM ({held.rows}) ORDER BY n")
    assert len(tested) == len(told) > 400
    for some, all_of_them in zip(tested, told, strict=True):
        assert some[0] == (
            all_of_them[0] if isinstance(other, Group) else pytest.approx(all_of_them[0])
        )
        assert some[1] == pytest.approx(all_of_them[1])


def test_rows_are_counted_of_the_facts_that_are_told(execute: Executor) -> None:
    """A fact says on how many rows it rests once it is told; what was only looked at costs no count."""
    book = execute.book
    told = book.value("South", "count(*)", COUNT, "shop = 'south'")
    looked_at = book.value("North", "count(*)", COUNT, "shop = 'north'")
    book.count_rows([told.id])
    rows = {fact.id: fact.rows for fact in book.facts}
    assert rows == {told.id: told.value, looked_at.id: 0}
