import datetime
import random
from pathlib import Path

import duckdb
import pytest

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Role
from deckgen.domain.errors import UnreadableData
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.facts.fact_book import plain
from deckgen.orchestrator.analyst.ingestion.table import DataTable, open_table
from deckgen.orchestrator.analyst.proof.checks.proof import same
from deckgen.orchestrator.analyst.sql import limits

KEY = "'a' AS key"


def write(path: Path, columns: str, rows: int = 2) -> Path:
    """A Parquet file of a query's columns over `n`, the number of the row."""
    duckdb.execute(f"COPY (SELECT {columns} FROM range({rows}) AS t(n)) TO '{path}' (FORMAT parquet)")
    return path


def described(table: DataTable) -> dict[str, str]:
    return {column.name: column.type for column in table.columns}


@pytest.mark.parametrize(
    ("column", "kind", "value"),
    [
        ("7::TINYINT", "BIGINT", 7),
        ("7::UINTEGER", "BIGINT", 7),
        ("7::UBIGINT", "BIGINT", 7),
        ("7::DOUBLE", "BIGINT", 7),
        ("1e18::DOUBLE", "DOUBLE", 1e18),
        ("1.25::DECIMAL(9, 2)", "DOUBLE", 1.25),
        ("0.1::FLOAT", "DOUBLE", 0.1),
        ("'inf'::DOUBLE", "DOUBLE", None),
        ("true", "VARCHAR", "true"),
        ("'x' || chr(0) || ' '", "VARCHAR", "x"),
        ("'N/A'", "VARCHAR", None),
        ("'b'::ENUM('a', 'b')", "VARCHAR", "b"),
        ("DATE '2024-01-31'", "DATE", datetime.date(2024, 1, 31)),
        ("'infinity'::DATE", "DATE", None),
        ("'2024-01-31'", "DATE", datetime.date(2024, 1, 31)),
        ("TIME '13:05:00'", "TIME", datetime.time(13, 5)),
        ("TIMESTAMP_NS '2024-01-31 13:05:00'", "TIMESTAMP", "2024-01-31 13:05"),
        ("'2024-01-31T13:05:00'", "TIMESTAMP", "2024-01-31 13:05"),
        ("make_timestamptz(1706706300000000)", "TIMESTAMP", "2024-01-31 13:05"),
    ],
)
def test_types_become_those_that_are_known(
    tmp_path: Path, column: str, kind: str, value: object
) -> None:
    """Every type that holds numbers, texts, dates or times is read; what is no value is missing."""
    due = datetime.datetime.fromisoformat(str(value)) if kind == "TIMESTAMP" else value
    with open_table(write(tmp_path / "t.parquet", f"{KEY}, {column} AS v")) as table:
        assert described(table)["v"] == kind
        assert table.all("SELECT v FROM data") == [(due,), (due,)]


def test_what_is_no_value_is_left_out_and_said(tmp_path: Path) -> None:
    """Lists, structures and bytes are left out with a warning."""
    columns = "n, n * 2 AS m, [n] AS list, {'a': n} AS struct, 'x'::BLOB AS bytes"
    with open_table(write(tmp_path / "t.parquet", columns)) as table:
        assert described(table) == {"n": "BIGINT", "m": "BIGINT"}
        assert [warning.split("”")[0] for warning in table.warnings] == ["“list", "“struct", "“bytes"]


def test_what_is_in_disguise_is_seen_as_in_a_csv(tmp_path: Path) -> None:
    """Data frames write days as midnights, and whole numbers as decimals; others count seconds."""
    columns = "TIMESTAMP '2024-01-31' AS day, 1704067200 + n AS created_at, n::DOUBLE AS n"
    with open_table(write(tmp_path / "t.parquet", columns)) as table:
        assert described(table) == {"day": "DATE", "created_at": "TIMESTAMP", "n": "BIGINT"}
        assert table.warnings == ["“created_at”: seconds since 1970 were read as moments, in UTC"]


def test_a_column_for_each_period_is_turned_as_in_a_csv(tmp_path: Path) -> None:
    """A row for each period, with one column of values."""
    columns = '\'shop \' || n AS shop, n AS "2021", n + 1 AS "2022", n + 2 AS "2023"'
    with open_table(write(tmp_path / "t.parquet", columns)) as table:
        assert (list(described(table)), table.rows) == (["shop", "year", "value"], 6)


def test_what_was_read_as_missing_is_said(tmp_path: Path) -> None:
    """A word for no value may be meant as a value."""
    columns = "n, CASE n WHEN 1 THEN 'None' ELSE 'x' END AS v"
    with open_table(write(tmp_path / "t.parquet", columns)) as table:
        assert table.warnings == ["“v”: cells such as “None” were read as missing"]


def test_hostile_names_are_only_names(tmp_path: Path) -> None:
    """SQL, control characters and blanks in the names of columns do nothing but name them."""
    columns = """n AS "x""; DROP TABLE data; --", n AS "a\x01b", n AS " ", n AS "rowid" """
    with open_table(write(tmp_path / "t.parquet", columns)) as table:
        assert list(described(table)) == ['x"; DROP TABLE data; --', "a b", "column 3", "rowid"]
        assert table.all("SELECT * FROM data") == [(0, 0, 0, 0), (1, 1, 1, 1)]


def test_it_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    """The kind is told by the content, and a name says nothing: no pattern, no partition."""
    folder = tmp_path / "year=2024"
    folder.mkdir()
    path = write(folder / "t.csv", f"{KEY}, n").rename(folder / "*[1].csv")
    with open_table(path) as table:
        assert list(described(table)) == ["key", "n"]


def test_findings_about_it_are_proved(tmp_path: Path) -> None:
    """Roles and findings are those of any table, and every fact is proved by its query."""
    columns = (
        "DATE '2021-01-01' + n::INTEGER AS day, n % 3 = 0 AS returned, (n * 37 % 100 + n) AS sales"
    )
    content = write(tmp_path / "x.parquet", columns, rows=200).read_bytes()
    path, brief = tmp_path / "t.parquet", Brief(business_context="How did sales develop?")
    path.write_bytes(content)
    source = analyst.profile(path, DatasetInfo(name="t", sha256="0", bytes=len(content)), brief)
    assert [column.role for column in source.columns] == [Role.TIME, Role.DIMENSION, Role.MEASURE]
    found = analyst.find(path, source, brief)
    assert found.answers[0].headline
    with open_table(path) as table:
        for fact in found.facts:
            assert same(plain(table.prove(fact.sql)[0][0]), fact.value)


@pytest.mark.parametrize(
    ("columns", "rows", "code"),
    [
        (f"{KEY}, n", 0, "no_rows"),
        ("n, [n] AS list", 2, "one_column"),
        (", ".join(f"n AS c{number}" for number in range(2001)), 1, "too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, columns: str, rows: int, code: str) -> None:
    """No rows, nothing to compare and too many columns each have a code."""
    with pytest.raises(UnreadableData) as refused, open_table(write(tmp_path / "t", columns, rows)):
        pass
    assert refused.value.code == code


def test_one_value_a_billion_times_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few KB can say so many rows: what does not fit is refused by what the footer says."""
    monkeypatch.setattr(limits, "MEMORY_BYTES", 10_000)
    with pytest.raises(UnreadableData) as refused, open_table(write(tmp_path / "t", "n, n AS m", 2000)):
        pass
    assert refused.value.code == "out_of_memory"


def test_damaged_files_are_refused_without_harm(tmp_path: Path) -> None:
    """Whatever bytes of the footer are changed, the file is read or refused, and nothing else."""
    whole = write(tmp_path / "t", f"{KEY}, n, n / 3 AS third", rows=50).read_bytes()
    footer = int.from_bytes(whole[-8:-4], "little")
    chance = random.Random(1)
    refused = []
    for _ in range(20):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[-9 - chance.randrange(footer)] = chance.randrange(256)
        (tmp_path / "t").write_bytes(damaged)
        try:
            with open_table(tmp_path / "t") as table:
                table.all("SELECT * FROM data")
        except UnreadableData as error:
            refused.append(error.code)
    assert len(refused) > 5
    assert set(refused) <= {"broken_parquet", "out_of_memory"}
