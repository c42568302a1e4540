"""The rank statistics, which SQL computes, beside SciPy's own over the same values."""

import random
from collections.abc import Iterator

import duckdb
import pytest
from scipy.stats import kruskal

from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.sql.limits import Guard
from deckgen.orchestrator.analyst.stats.kruskal_wallis import compare

ROWS = 400


@pytest.fixture
def table() -> Iterator[DataTable]:
    """Groups a, b, c and values (g, v) with many ties, and w, which goes along with v."""
    rng = random.Random(3)
    with duckdb.connect(config={"threads": 1}) as con, Guard(con) as guard:
        con.execute("CREATE TABLE data (g VARCHAR, v DOUBLE, w DOUBLE)")
        for _ in range(ROWS):
            g, v = rng.choice("aabc"), rng.randrange(20)
            con.execute("INSERT INTO data VALUES (?, ?, ?)", [g, v + (g == "b"), v + rng.gauss(0, 9)])
        con.execute("INSERT INTO data VALUES ('rare', 99, 99)")
        yield DataTable(con, guard, [], ROWS + 1, [])


def test_the_test_of_groups_is_that_of_scipy(table: DataTable) -> None:
    """Statistic and p-value of groups with ties are SciPy's; a group with too few rows is left out."""
    compared = compare(table, "SELECT g, v FROM data", 2)
    groups = [[row[0] for row in table.all(f"SELECT v FROM data WHERE g = '{g}'")] for g in "abc"]
    expected = kruskal(*groups)
    assert compared is not None
    assert (compared.groups, compared.test.n) == (3, ROWS)
    assert compared.test.statistic == pytest.approx(expected.statistic, rel=1e-12)
    assert compared.test.p_value == pytest.approx(expected.pvalue, rel=1e-12)


@pytest.mark.parametrize(
    "values",
    ["SELECT g, 1 AS v FROM data", "SELECT 'a' AS g, v FROM data", "SELECT g, v FROM data LIMIT 0"],
)
def test_nothing_is_compared_where_nothing_can_differ(table: DataTable, values: str) -> None:
    """Values that are all the same, a single group and no rows at all give no test."""
    assert compare(table, values, 2) is None
