"""The rank statistics, which SQL computes, beside SciPy's own over the same values."""

import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from scipy.stats import kruskal, spearmanr

from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.insights.correlation import p_value, spearman
from deckgen.orchestrator.analyst.insights.shared import sampling
from deckgen.orchestrator.analyst.sql.limits import Guard
from deckgen.orchestrator.analyst.stats.kruskal_wallis import compare
from tests.unit.orchestrator.analyst.engine import run_table

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


def test_the_rank_correlation_is_that_of_scipy(table: DataTable) -> None:
    """Coefficient and p-value of pairs with ties are SciPy's."""
    rho = table.one(spearman("SELECT v AS x, w AS y FROM data"))[0]
    expected = spearmanr(table.all("SELECT v, w FROM data"))
    assert rho == pytest.approx(expected.statistic, rel=1e-12)
    assert p_value(rho, ROWS + 1) == pytest.approx(expected.pvalue, rel=1e-9)
    assert p_value(1.0, 10) == 0.0


def test_a_long_table_is_ranked_by_a_sample_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a table with more rows than are ranked the findings are the same, and their method tells."""
    rng = random.Random(1)
    rows: list[tuple[object, ...]] = [("group", "price_usd", "temperature")]
    for _ in range(2000):
        group, x = rng.choice("ab"), rng.gauss(0, 1)
        rows.append((group, round(20 + x + (group == "b"), 3), round(5 + x + rng.gauss(0, 0.5), 3)))
    whole = run_table(tmp_path / "t.csv", rows)
    monkeypatch.setattr(sampling, "LONG", 1500)
    monkeypatch.setattr(sampling, "SAMPLE", 1000)
    part = run_table(tmp_path / "t.csv", rows)
    for kind in (InsightKind.GROUP_DIFFERENCE, InsightKind.CORRELATION):
        assert part.insights(kind)[0].subject == whole.insights(kind)[0].subject
        assert "sample" in part.insights(kind)[0].method
        assert "sample" not in whole.insights(kind)[0].method
    tested = [fact.statistics.n for fact in part.findings.facts if fact.statistics]
    assert tested
    assert all(950 <= n <= 1050 for n in tested)
    recomputed = [check for check in part.deck.quality if check.name.endswith("_recomputed")]
    assert len(recomputed) == 2
    assert all(check.passed for check in recomputed)
