from collections.abc import Iterator

import duckdb
import pytest

from deckgen.orchestrator.analyst.sql import query_cache
from deckgen.orchestrator.analyst.sql.query_cache import QueryCache, sub_queries

TOTALS = 'SELECT "region" AS g, sum(sales) AS v FROM data WHERE ("region" <> \')\') GROUP BY ALL'


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute("CREATE TABLE data (region VARCHAR, sales INTEGER)")
        con.execute("INSERT INTO data VALUES ('north', 5), ('south', 2), ('north', 1), (')', 9)")
        yield con


def change(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("DELETE FROM data")


def test_the_same_query_is_executed_once(con: duckdb.DuckDBPyConnection) -> None:
    """A query that was answered is answered again without a look at the table."""
    memory = QueryCache(con.cursor())
    first = memory.all("SELECT sum(sales) FROM data")
    change(con)
    assert memory.all("SELECT sum(sales) FROM data") == first == [(17,)]


def test_groups_are_computed_once_for_all_queries(con: duckdb.DuckDBPyConnection) -> None:
    """Queries that start from the same groups look at the table once, and the first answers hold."""
    memory = QueryCache(con.cursor())
    assert memory.all(f"SELECT max(v) FROM ({TOTALS})") == [(6,)]
    change(con)
    assert memory.all(f"SELECT g, v FROM ({TOTALS}) ORDER BY v") == [("south", 2), ("north", 6)]
    assert memory.all(TOTALS) != []
    assert memory.all("SELECT count(*) FROM data") == [(0,)]


def test_an_answer_that_is_changed_by_its_reader_is_kept_as_it_was(
    con: duckdb.DuckDBPyConnection,
) -> None:
    """Whoever gets the rows may do with the list what they like."""
    memory = QueryCache(con.cursor())
    memory.all(TOTALS).clear()
    memory.all(TOTALS).clear()
    assert len(memory.all(TOTALS)) == 2


@pytest.mark.parametrize(
    "bounds",
    [{"MAX_ROWS": 1, "MAX_GROUPS": 1}, {"MAX_BYTES": 0, "MAX_GROUPS_IN_ALL": 1}],
)
def test_what_is_kept_is_bounded(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, bounds: dict[str, int]
) -> None:
    """Beyond the bounds of rows and bytes the table is looked at each time."""
    for name, most in bounds.items():
        monkeypatch.setattr(query_cache, name, most)
    memory = QueryCache(con.cursor())
    for _ in range(2):
        assert sorted(memory.all(TOTALS)) == [("north", 6), ("south", 2)]
    change(con)
    assert memory.all(TOTALS) == []


def test_only_the_first_rows_are_read_where_few_are_wanted(con: duckdb.DuckDBPyConnection) -> None:
    """An answer that was read in part is not taken for the whole later, nor a whole one for a part."""
    memory = QueryCache(con.cursor())
    assert len(memory.all("SELECT sales FROM data", limit=2)) == 2
    assert len(memory.all("SELECT sales FROM data")) == 4
    assert len(memory.all("SELECT sales FROM data", limit=2)) == 2


def test_groups_that_lean_on_the_query_around_them_stay_in_it(con: duckdb.DuckDBPyConnection) -> None:
    """A sub-query that makes no sense on its own is left where it is."""
    inner = "SELECT sum(sales) FROM data WHERE region = t.r GROUP BY ALL"
    query = f"SELECT ({inner}) FROM (VALUES ('north'), ('south')) t(r) ORDER BY 1"
    assert QueryCache(con.cursor()).all(query) == [(2,), (6,)]


MEAN = "SELECT avg(sales) FROM data WHERE region = 'north'"


@pytest.mark.parametrize("query", [f"SELECT ({MEAN}) - 1", f"SELECT 1 - ({MEAN}) / ({MEAN})"])
def test_a_number_that_is_known_is_not_computed_again_within_a_query(
    con: duckdb.DuckDBPyConnection, query: str
) -> None:
    """A value made of one that was asked for alone rests on that, and comes out the same."""
    expected = con.sql(query).fetchall()
    memory = QueryCache(con.cursor())
    memory.all(MEAN)
    change(con)
    assert memory.all(query) == expected


@pytest.mark.parametrize(
    ("known", "query"),
    [
        (MEAN, f"SELECT count(*) FROM ({MEAN})"),
        (MEAN, f"SELECT EXISTS ({MEAN})"),
        (MEAN, f"SELECT '({MEAN.replace(chr(39), chr(34))})'"),
        ("SELECT max(sales) FROM data", "SELECT (SELECT max(sales) FROM data) / 4"),
        ("SELECT sales / 2 FROM data", "SELECT count(*) - (SELECT max(sales) FROM data) FROM data"),
    ],
)
def test_a_sub_query_that_is_no_number_stays_in_the_query(
    con: duckdb.DuckDBPyConnection, known: str, query: str
) -> None:
    """What is a table, a text, or of a type that may change the value is left to DuckDB."""
    expected = con.sql(query).fetchall()
    memory = QueryCache(con.cursor())
    memory.all(known)
    assert memory.all(query) == expected


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (TOTALS, [TOTALS]),
        (f"SELECT v / (SELECT sum(v) FROM ({TOTALS})) FROM ({TOTALS}) ORDER BY v", [TOTALS, TOTALS]),
        (f"SELECT g, count(*) FROM ({TOTALS}) GROUP BY g", [TOTALS]),
        ("SELECT x FROM (SELECT sales AS x FROM data)", []),
        ("SELECT count(*) FROM data WHERE region = 'a GROUP BY b'", []),
        ("SELECT ' FROM data ' FROM (VALUES (1)) GROUP BY ALL", []),
        ("SELECT '(', ')''(' AS \"((\" FROM data", []),
        (f"SELECT 1)) ({TOTALS})", []),
    ],
)
def test_groups_of_the_table_are_found_in_a_query(query: str, parts: list[str]) -> None:
    """Sub-queries that group the table are found; what names and cells say is no part of a query."""
    places = [each.place for each in sub_queries(query) if each.groups_data]
    assert [query[start:end] for start, end in places] == parts
