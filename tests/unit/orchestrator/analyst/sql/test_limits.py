import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from deckgen.domain.errors import UnreadableData
from deckgen.orchestrator.analyst.ingestion import table
from deckgen.orchestrator.analyst.ingestion.table import DataTable, open_table
from deckgen.orchestrator.analyst.sql import allowlist, limits, query_text, query_tree
from deckgen.orchestrator.analyst.sql.allowlist import QueryRefused
from tests.unit.orchestrator.analyst.engine import run_table

ENDLESS = (
    "SELECT count(*) FROM data a, data b, data c, data d, data e WHERE a.n + b.n + c.n + d.n < e.n"
)


CONTENT = "n,name\n" + "".join(f"{n},row {n}\n" for n in range(1000))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataTable]:
    """A table of a thousand rows, open."""
    path = tmp_path_factory.mktemp("limits") / "t.csv"
    path.write_text(CONTENT)
    with open_table(path) as table:
        yield table


@pytest.fixture
def hurried(tmp_path: Path) -> Iterator[DataTable]:
    """The same table, with little time for a query."""
    path = tmp_path / "t.csv"
    path.write_text(CONTENT)
    with limits.within(query=0.3, table=60), open_table(path) as table:
        yield table


@pytest.mark.parametrize("run", [DataTable.all, DataTable.one, DataTable.prove])
def test_a_query_that_takes_too_long_is_interrupted(hurried: DataTable, run: object) -> None:
    """It becomes an answer that says what to do, and the table stays usable."""
    assert callable(run)
    with pytest.raises(UnreadableData) as refused:
        run(hurried, ENDLESS)
    assert refused.value.code == "query_timeout"
    assert "QUERY_TIMEOUT_SECONDS" in refused.value.message
    assert hurried.one("SELECT count(*) FROM data") == (1000,)


def test_all_queries_together_have_a_limit(tmp_path: Path) -> None:
    """Many short queries end as well."""
    path = tmp_path / "t.csv"
    path.write_text("read,nowhere else\n1,2\n")  # else it might be kept already
    with limits.within(query=60, table=0), pytest.raises(UnreadableData) as refused, open_table(path):
        pass
    assert refused.value.code == "query_timeout"


def test_a_query_that_needs_too_much_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Running out of memory is an answer too, for any query; nothing is written to disk instead."""
    monkeypatch.setitem(limits.CONFIG, "memory_limit", "50MB")
    (tmp_path / "t.csv").write_text(CONTENT)
    with open_table(tmp_path / "t.csv") as table, pytest.raises(UnreadableData) as refused:
        table.all("SELECT list(a.name || b.name || c.n) FROM data a, data b, data c")
    assert refused.value.code == "out_of_memory"


FORBIDDEN = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_json('/etc/passwd')",
    "SELECT * FROM read_parquet('/etc/passwd')",
    "SELECT * FROM read_duckdb('/etc/passwd')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('/etc/passwd')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM '/etc/passwd.csv'",
    "SELECT (SELECT content FROM read_text('/etc/passwd'))",
    "SELECT getenv('HOME')",
    "SELECT current_setting('temp_directory')",
    "SELECT @@memory_limit",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM duckdb_tables()",
    "SELECT * FROM duckdb_extensions()",
    "SELECT * FROM which_secret('s3://x', 's3')",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM memory.main.data",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('data')",
    "SELECT * FROM json_execute_serialized_sql('{}')",
    "SELECT * FROM (SHOW TABLES)",
    "SELECT * FROM data TABLESAMPLE 10%",
    "SELECT write_log('x')",
    "SELECT sleep_ms(1)",
    "SELECT random()",
    "SELECT now()",
    "SELECT nextval('x')",
    "SELECT repeat('x', 1000000000)",
    "SELECT lpad('x', 1000000000, 'y')",
    "SELECT printf('%1000000000d', 1)",
    "SELECT name || name FROM data",
    "SELECT string_agg(name) FROM data",
    "SELECT [n + 1 FOR n IN [1, 2]]",
    "SELECT max(n) FROM range(1000000000000) AS t(n)",
    "SELECT unnest([1, 2])",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT * FROM t",
    "SELECT COLUMNS(x -> true) FROM data",
    "DESCRIBE data",
    "SUMMARIZE data",
    "EXPLAIN SELECT 1",
    "SET memory_limit = '9GB'",
    "PRAGMA database_list",
    "CALL enable_logging()",
    "COPY data TO '/tmp/x.csv'",
    "EXPORT DATABASE '/tmp/x'",
    "ATTACH '/tmp/x.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CREATE TABLE x AS SELECT 1",
    "INSERT INTO data VALUES (1, 'x')",
    "UPDATE data SET n = 0",
    "DELETE FROM data",
    "WITH gone AS (DELETE FROM data RETURNING *) SELECT * FROM gone",
    "DROP TABLE data",
    "PREPARE p AS SELECT 1",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE data",
    "SELECT ?",
    "",
    "no SQL",
    "SELECT " + "(" * 3_000 + "1" + ")" * 3_000,
    "SELECT " + "NOT " * 3_000 + "true",
    "SELECT " + "1 + " * 60_000 + "1",
    # Names mean what stands there, in every place.
    "WITH data AS (SELECT 1 AS n) SELECT n FROM data",
    "WITH reading AS (SELECT contents FROM reading) SELECT contents FROM reading",
    "SELECT n FROM (WITH part AS (SELECT n FROM data) SELECT n FROM part), part",
    "WITH later AS (SELECT n FROM part), part AS (SELECT n FROM data) SELECT n FROM later",
    "SELECT contents FROM about.reading",
    "SELECT COLUMNS('.*') FROM data",
    "SELECT #1 FROM data",
    "SELECT n FROM data WHERE name = E'\\'' /* OR n > $$ 1 $$ */",
    "SELECT n FROM data -- all of them",
    # What reads nothing proves nothing.
    "SELECT 'North', 5",
    "SELECT * FROM (VALUES (1))",
    # What is short and becomes huge, or takes forever.
    "SELECT max(n, 999) FROM data",
    "SELECT count(*) FROM data WHERE name LIKE '%a_%a_%a_%c'",
    "SELECT max(strftime(DATE '2024-01-01', '" + "%A " * 20 + "')) FROM data",
    "SELECT CAST(NULL AS INTEGER[100000]) FROM data",
    "SELECT n FROM data WHERE n IN (" + ", ".join(["1"] * 2_000) + ")",
    "SELECT count(*) FROM data GROUP BY CUBE (n, name)",
    "SELECT avg(n) OVER (ORDER BY n ROWS BETWEEN 900 PRECEDING AND CURRENT ROW) FROM data",
    "SELECT " + "CASE WHEN n > 1 THEN " * 90 + "1" + " END" * 90 + " FROM data",
    "SELECT n AS a0, " + ", ".join(f"a{i} + a{i} AS a{i + 1}" for i in range(40)) + " FROM data",
    "SELECT count(*) FROM " + ", ".join(f"data AS a{i}" for i in range(60)),
    "SELECT *, * FROM (" * 10 + "SELECT * FROM data" + ")" * 10,
    "WITH c0 AS (SELECT n FROM data), "
    + ", ".join(f"c{i + 1} AS (SELECT n FROM c{i} UNION ALL SELECT n FROM c{i})" for i in range(20))
    + " SELECT count(*) FROM c20",
]


@pytest.mark.parametrize("query", FORBIDDEN, ids=lambda query: query[:60])
def test_a_query_of_a_deck_can_do_nothing_but_compute(opened: DataTable, query: str) -> None:
    """Files, settings, the catalogue, endless or random results, other statements: all are refused."""
    with pytest.raises(QueryRefused) as refused:
        opened.prove(query)
    assert refused.value.code == "query_refused"
    assert opened.one("SELECT count(*) FROM data") == (1000,)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT sum(n) FROM data WHERE name = 'a''; DROP TABLE data; --'",
        "SELECT name, avg(n) AS m FROM data GROUP BY ALL ORDER BY m DESC LIMIT 3",
        "WITH part AS (SELECT n FROM data WHERE n BETWEEN 1 AND 9) SELECT median(n) FROM part",
        "SELECT g, count(*) FROM (SELECT n % 2 AS g FROM data UNION ALL SELECT 7) GROUP BY g",
        "SELECT n, lag(n) OVER (ORDER BY n) FROM data QUALIFY row_number() OVER (ORDER BY n) < 5",
        "SELECT count(*) FILTER (n > 5), CASE WHEN max(n) IN (1, 2) THEN 1 END FROM data",
        "SELECT CAST(date_trunc('month', DATE '2024-01-31' + INTERVAL 1 DAY) AS VARCHAR) FROM data",
        "WITH a AS (SELECT n FROM data), b AS (FROM a) SELECT sum(b.n) FROM b JOIN a USING (n)",
        "SELECT strftime(DATE '2024-01-31', '%B %Y') FROM data",
        "SELECT 5",
    ],
)
def test_what_facts_are_made_of_is_let_through(opened: DataTable, query: str) -> None:
    """Aggregates, windows, subqueries, dates."""
    assert opened.prove(query)


def test_the_bounds_leave_our_own_queries_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forecast has the longest of them, with seven joins: it is made and proved with bounds that are
    half as high, and two thirds of the joins.
    """
    for module in (query_text, query_tree):
        for name in (one for one in vars(module) if one.startswith("MAX_")):
            monkeypatch.setattr(module, name, getattr(module, name) // 2)
    monkeypatch.setattr(query_tree, "MAX_JOINS", query_tree.MAX_JOINS * 4 // 3)
    names = [f"industry {chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(60)]
    chance = random.Random(1)
    bases = [chance.uniform(50, 500) for _ in names]
    rows = [
        [f"{2015 + n // 12}-{n % 12 + 1:02}-01"]
        + [
            round(base * (1 + n * 0.01 * (k % 5 - 2)) + chance.gauss(0, 3), 2)
            for k, base in enumerate(bases)
        ]
        for n in range(60)
    ]
    brief = "What will industry aa be next month?"
    run = run_table(tmp_path / "wide.csv", [["month", *names], *rows], brief)
    assert max(len(fact.sql) for fact in run.deck.facts) > 1_000  # or this would prove little
    assert [check for check in run.deck.quality if not check.passed] == []
    assert [check for check in run.deck.quality if not check.passed] == []


def test_a_query_is_run_as_duckdb_reads_it(opened: DataTable) -> None:
    """What looks like a sub-query within a text is none, and is not computed ahead."""
    grouped = "(SELECT name, count(*) AS m FROM data GROUP BY name)"
    assert opened.prove(f"SELECT max(m) FROM {grouped} WHERE name <> '{grouped}'") == [(1,)]
    assert opened.prove(f"SELECT max(m) FROM {grouped} WHERE name <> '-- /* $$'") == [(1,)]


def test_a_query_of_a_deck_gives_no_endless_rows(
    opened: DataTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More rows than any chart has are refused; what does not fit the data stays DuckDB's error."""
    monkeypatch.setattr(table, "MAX_PROVED_ROWS", 999)
    with pytest.raises(QueryRefused):
        opened.prove("SELECT n FROM data")
    with pytest.raises(duckdb.Error):
        opened.prove("SELECT nothing FROM data")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd.csv'",
        "SELECT * FROM glob('/*')",
        "COPY data TO '/tmp/deckgen-never.csv'",
        "ATTACH '/tmp/deckgen-never.db'",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SELECT * FROM FORBIDDEN",
    ],
)
def test_the_connection_itself_is_locked(opened: DataTable, query: str) -> None:
    """Even a query that nobody checked reads no file, loads nothing, sees no variable of Python's."""
    with pytest.raises(duckdb.Error):
        opened.all(query)


def test_the_list_of_functions_names_functions() -> None:
    """What is let through exists: a name with an error in it would let nothing through."""
    known = {
        name for (name,) in duckdb.execute("SELECT function_name FROM duckdb_functions()").fetchall()
    }
    assert allowlist.FUNCTIONS - known - {"count_star", "nullif"} == set()
