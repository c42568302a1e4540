"""Tables that were made, or have happened, to freeze or crash whoever reads them: small generators.

Each ends in a deck or in a sentence with a code. The kinds: cells and headers that a pattern might look
at again and again, shapes that no table has, names that mean something to SQL, numbers and dates at the
edge of their types, periods that nearly are some.
"""

import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb
from xlsxwriter import Workbook  # type: ignore[import-untyped]

Make = Callable[[], bytes]
LONG = 20_000  # characters of a cell that is meant to be looked at for long
HUGE = 1_000_000
WIDE = ("columns-2000",)  # takes long to read: DuckDB renames a column after the other

# What a pattern for numbers, dates or periods may repeat, and what lets it fail at the end.
_RUNS = {
    "spaces": " ", "no-break-spaces": "\u00a0", "tabs": "\t", "quotes": '""', "apostrophes": "'",
    "digits": "7", "dots": ".", "commas": ",", "brackets": "(", "square-brackets": "[", "minuses": "-",
    "pluses": "+", "letters": "a", "capitals": "A", "percents": "%", "currencies": "€", "slashes": "/",
    "colons": ":", "digits-and-dots": "1.", "digits-and-spaces": "1 ", "digits-and-commas": "1,",
    "exponents": "1e", "codes": "EUR", "number-words": "hundert", "quarters": "Q1 ", "years": "2024 ",
    "years-and-dots": "2024.", "months": "Mai ", "stars": "*", "underscores": "_", "braces": "{",
    "wide-letters": "ﷺ", "joiners": "a\u200d", "combining": "a\u0301",
}  # fmt: skip
_SQL_NAMES = (
    "c0", "c1", "C2", "c10", "data", "reading", "rowid", "select", "from", "group", "order", "value",
    "period", "place", "cell", "n", "d", "g", "x", "y", "v0", "extra", "named", "texts", "written",
    "sampled", "suspected", "long", "lines", "kept0", "count", "sum", "date", "month", "all", "alike",
    "before", "main", "uploaded", "temp", "null", "true", "row", "key",
)  # fmt: skip
_ODD_NAMES = (
    "", " ", '"', '""', "'", "';DROP TABLE data;--", 'a"b', "a.b", "*", "%", "{{f1}}", "{{c1}}", "{}",
    "\u202eltr", "\u200f", "😀", "👩‍👩‍👧‍👦", "e\u0301", "é", "ﷺ", "__proto__", "=1+1", "$", "?", "\\",
    "\\n", "/*", "--", "İ", "ß", "SS", "ſ", "K", "null", "nan",
)  # fmt: skip
_PERIODS = (
    "FY Total", "FY9999", "FY0000", "FY 99", "Q5 2024", "Q0 2024", "Q1 0000", "Q1 9999", "0000-W05",
    "9999-W60", "2024-W00", "2024-W60", "KW 60/2024", "0000-01-01", "9999-12-31", "10000-01-01",
    "99999", "2024-13", "2024-00-10", "2024-02-30", "30.02.2024", "31/04/24", "24:00", "25:61",
    "H3 2024", "13. Monat", "Smarch 2024", "1. Quartal 0000", "5. Quartal 2024", "Jan 0000", "Jan 9999",
)  # fmt: skip
_NUMBERS = (
    "1e308", "1e309", "1e999", "-1e999", "1e-400", "NaN", "inf", "-Infinity", "9" * 400,
    "0." + "0" * 400, "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1" * 39,
    "1e5000", "0x1F", "1_000", "٣٤٥", "１２", "²", "½", "--5", "+-5", "5-", "(5", "5)", "1,2,3",
    "1.2.3", "1e", "e1", "%", "-%", "€", "1e308%", "1e308M", "1.7976931348623157e308", "5e-324",
)  # fmt: skip
_SPANS = {
    "year-1-and-9999": ("0001-01-01", "9999-12-31"), "last-days": ("9999-12-30", "9999-12-31"),
    "first-days": ("0001-01-01", "0001-01-02"), "years-1000-and-2999": ("1000-01-01", "2999-12-31"),
    "last-months": ("9999-11-01", "9999-12-01"), "last-quarters": ("9999-07-01", "9999-10-01"),
    "last-years": ("9998-01-01", "9999-01-01"), "last-weeks": ("9999-12-20", "9999-12-27"),
}  # fmt: skip


def hostile_tables() -> Iterator[tuple[str, bytes]]:
    """Every one by its name, made when its turn comes."""
    for name, make in makers().items():
        yield name, make()


def makers() -> dict[str, Make]:
    """What makes each of them, by its name."""
    return _runs() | _shapes() | _names() | _periodic_names() | _values() | _parquets() | _workbooks()


def _runs() -> dict[str, Make]:
    """Cells, names and titles that are slow to look at: long ones, and many that are short enough."""
    return {f"runs-of-{name}": _run(text) for name, text in _RUNS.items()}


def _run(text: str) -> Make:
    def of(length: int) -> str:
        return '"' + text * (length // len(text)) + '!"'

    cells = [of(LONG), *[of(1_400)] * 20, *[of(900)] * 20, *[of(55)] * 200]
    rows = (f"{n},{cell},{of(30)}" for n, cell in enumerate(cells))
    return _lines(of(900), of(5_000), f"a,{of(5_000)},{of(900)}", *rows, f"{of(900)},,")


def _shapes() -> dict[str, Make]:
    """What is hardly a table."""
    rows = [f"{n},{n % 7}" for n in range(30)]
    return {
        "one-column": _lines(*["x" * LONG] * 3),
        "one-line": lambda: b"a,b," + b"x" * HUGE,
        "one-line-of-separators": lambda: b"," * HUGE,
        "one-line-of-cells": lambda: b"7," * (HUGE // 2),
        "one-line-of-quotes": lambda: b"a,b\n1," + b'"' * (HUGE + 1),
        "huge-line-later": _lines("a,b", *rows, f"1,{'x' * HUGE}"),
        "empty-lines": lambda: b"a,b\n1,2\n3,4\n" + b"\n" * HUGE,
        "empty-lines-first": lambda: b"\n" * HUGE + b"a,b\n1,2\n3,4\n",
        "carriage-returns": lambda: b"a,b\r1,2\r3,4\r" + b"\r" * HUGE,
        "blank-cells": _lines("a,b,c", *[" , , "] * 50_000),
        "open-quote": _lines("a,b", *rows, '5,"never closed', *rows * 200),
        "open-quote-in-header": _lines('a,"b', *rows),
        "nested-quotes": _lines("a,b", *(f"{n}," + '"' * (2 * n + 2) for n in range(300))),
        "doubled-quotes": _lines("a,b", *["1," + '"' * LONG] * 4),
        "nul": lambda: b"a,b\n1,2\n\x00,3\n",
        "nul-later": lambda: b"a,b\n" + b"1,2\n" * 30_000 + b"\x00,3\n",
        "controls": _lines("a,b", *(f"\x07{n},\x1b[31m{n}" for n in range(90))),
        "mixed-encodings": lambda: "a,b\ngrün,1\n".encode() + "grün,2\n".encode("cp1252") * 20,
        "utf-16-cut": lambda: "a,b\n1,2\n".encode("utf-16")[:-1],
        "utf-16-surrogates": lambda: b"\xff\xfe" + "a,b\n".encode("utf-16-le") + b"\x00\xd8" * 50,
        "utf-8-mark-alone": lambda: b"\xef\xbb\xbf",
        "separator-lines": lambda: b"sep=" * 9_000 + b"\na,b\n1,2\n",
        "ragged": _lines(*(",".join("x" * (n % 60 + 1)) for n in range(900))),
        "triangle": _lines(*(",".join(str(i) for i in range(n + 1)) for n in range(120))),
        "footnotes": _lines("a,b", *rows, *(f"{'*' * n} note," for n in range(1, 900))),
        "totals": _lines("a,b,c", *(f"Total {n},{'x' if n % 2 else 'sum'},{n}" for n in range(9_000))),
        "headers-again": _lines("a,b", *["a,b", "1,2"] * 5_000),
        "one-row": _lines("a,b", "1,2"),
        "no-row": _lines("a,b"),
        "all-missing": _lines("a,b", *["n/a,-"] * 50),
        "all-alike": _lines("date,group,v", *["2024-01-01,a,1"] * 50),
    }


def _names() -> dict[str, Make]:
    """Names of columns: of SQL, of nothing, far too many, far too long."""
    every, cells = (*_SQL_NAMES, *_ODD_NAMES), ("2024-01-0{}", "north {}", "{}", "{}.5") * 3
    found: dict[str, Make] = {}
    for start in range(0, len(every), 9):
        names = every[start : start + 9]
        rows = (",".join(c.format(n % 5 + 1) for c in cells[: len(names)]) for n in range(60))
        found[f"names-from-{start}"] = _lines(",".join(map(_quoted, names)), *rows)
    return found | {
        "names-shifted": _named([f"c{n}" for n in (1, 2, 3, 0)]),
        "names-swapped": _named(["c1", "c0"]),
        "name-of-the-next": _named(["c1", "value"]),
        "names-of-all-columns": _named([f"c{(n + 1) % 90}" for n in range(90)]),
        "names-alike": _named(["a"] * 400),
        "names-alike-but-for-case": _named(["aB", "Ab", "AB", "ab", "ab 2", "AB 2"]),
        "names-empty": _named([""] * 90),
        "name-of-10000": _named(["x" * 10_000, "y"]),
        "name-of-words": _named(["in M " * 2_000, "y"]),
        "names-of-1000": _named([f"{n} " + "ab 1 " * 199 for n in range(90)]),
        "columns-2000": _named([f"column {n}" for n in range(2_000)]),
        "columns-2001": _named([f"column {n}" for n in range(2_001)]),
    }


def _periodic_names() -> dict[str, Make]:
    """Tables with a column for each period, or for what nearly is one."""
    apart = [f"m{n} {1500 + n // 2 * 2 + i}" for n in range(90) for i in (0, 1)]
    return {
        "columns-of-years": _named(["item", *(f"{1500 + n}" for n in range(300))]),
        "columns-of-days": _named(
            ["item", *(f"2024-{n // 28 + 1:02}-{n % 28 + 1:02}" for n in range(99))]
        ),
        "columns-of-periods-apart": _named(apart),
        "columns-of-nearly-periods": _named(["item", *_PERIODS]),
        "columns-of-quarters-and-fy": _quarters("FY", [(400, 440, 480, 520), (50, 55, 60, 65)]),
        "columns-of-quarters-and-year": _quarters("Year", [(1, 2, 3, 4), (9, 9, 9, 9)]),
        "columns-of-quarters-and-jahr": _quarters("Jahr", [(10**6, 2, 3, 4), (9, 9, 9, -(10**7))]),
        "columns-of-quarters-and-sum": _quarters("FY", [(500, 500, 500, 500), (400, 500, 500, 600)]),
    }


def _values() -> dict[str, Make]:
    """Numbers, dates and periods at the edge of what they may be."""
    kinds = {
        "numbers": [str(n * n) for n in range(900)],
        "dates": [f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(900)],
        "quarters": [f"Q{n % 4 + 1} {2001 + n % 20}" for n in range(900)],
        "weeks": [f"{2001 + n % 20}-W{n % 50 + 1:02}" for n in range(900)],
        "months": [f"{2001 + n % 20}-{n % 12 + 1:02}" for n in range(900)],
        "moments": [f"2024-01-{n % 28 + 1:02} 10:{n % 60:02}:00" for n in range(900)],
        "nothing": ["n/a"] * 30,
    }
    return (
        {f"periods-among-{kind}": _column(_PERIODS, cells) for kind, cells in kinds.items()}
        | {f"numbers-among-{kind}": _column(_NUMBERS, cells) for kind, cells in kinds.items()}
        | {
            f"dates-{name}": _lines(
                "day,region,sales", *(f"{ends[n % 2]},{'ab'[n // 3 % 2]},{n}" for n in range(40))
            )
            for name, ends in _SPANS.items()
        }
        | {
            "numbers-alone": _many(_NUMBERS),
            "periods-alone": _many(_PERIODS),
            "digits-5000": _many(["9" * 5_000, "1." + "3" * 5_000, "1," * 2_500]),
            "years-1500-and-2200": _lines(
                "year,a", *(f"{1500 + 700 * (n % 2)},{n}" for n in range(40))
            ),
            "years-far-apart": _lines("year,a", *(f"{year},{year}" for year in range(1500, 2200, 100))),
            "years-1000-to-2999": _lines(
                "year,month,a", *(f"{y},12,{y}" for y in range(1000, 2999, 50))
            ),
            "months-of-no-year": _lines(
                "year,month,a", *(f"{2020 + n % 3},{n},{n}" for n in range(20))
            ),
            "leap-days": _lines("day,a", *(f"2024-02-{29 - n % 2},{n}" for n in range(40))),
            "huge-numbers": _lines(
                "k,v", *(f"{'abc'[n % 3]},{'-' * (n % 2)}1.7e308" for n in range(60))
            ),
            "huge-by-date": _lines(
                "day,v", *(f"2024-01-{n % 28 + 1:02},{'-' * (n % 2)}1e308" for n in range(90))
            ),
            "tiny-numbers": _lines("k,v", *(f"{'abc'[n % 3]},5e-324" for n in range(60))),
            "ids-of-20-digits": _lines("id,v", *(f"{10**19 + n},{n}" for n in range(50))),
        }
    )


def _parquets() -> dict[str, Make]:
    """Types and names that only Parquet has."""
    names = [name for name in (*_SQL_NAMES, *_ODD_NAMES) if name]
    odd = ", ".join(f"n AS {_quoted(name)}" for name in names)
    return {
        "parquet-swapped-names": _parquet('n AS c1, n AS "c0", 3 * n AS "value"'),
        "parquet-odd-names": _parquet(odd),
        "parquet-long-names": _parquet(f'n AS "{"x" * 10_000}", n AS "{"in M " * 2_000}"'),
        "parquet-decimals": _parquet(
            "n::DECIMAL(38, 0) * 10::DECIMAL(38, 0) AS a, (n / 3)::DECIMAL(38, 37) AS b"
        ),
        "parquet-wide-numbers": _parquet(
            "(n + 170141183460469231731687303715884105000)::HUGEINT AS a, n::UBIGINT AS b"
        ),
        "parquet-no-numbers": _parquet("'nan'::DOUBLE AS a, 'inf'::FLOAT AS b"),
        "parquet-nested": _parquet("[n] AS a, {'x': n} AS b, map([n], [n]) AS c, n AS d"),
        "parquet-odd-types": _parquet(
            "INTERVAL 1 DAY AS a, n::BIT AS b, uuid() AS c, encode(n::VARCHAR) AS d, '[1]'::JSON AS e"
        ),
        "parquet-dates": _parquet(
            "DATE '0001-01-01' + n::INT AS a, TIMESTAMP '9999-12-31 23:59:59' AS b, "
            "'infinity'::DATE AS c, 'k' AS k"
        ),
        "parquet-before-christ": _parquet(
            "DATE '-4000-01-01' AS a, TIMESTAMPTZ '0001-01-01 00:00:00+14' AS b, n AS c"
        ),
        "parquet-far-dates": _parquet("DATE '0001-01-01' + (n * 3652058 / 50)::INT AS a, n AS b", 51),
        "parquet-one-row": _parquet("n AS a, n AS b", 1),
        "parquet-no-row": _parquet("n AS a, n AS b", 0),
        "parquet-nothing": _parquet("NULL::INT AS a, NULL::VARCHAR AS b, NULL::DATE AS c"),
        "parquet-long-cells": _parquet(
            f"repeat(' ', {LONG}) || n AS a, repeat('1', {LONG}) AS b, n AS c"
        ),
        "parquet-cut": lambda: _parquet("n AS a, n AS b")()[:-20] + b"\x10\x00\x00\x00PAR1",
    }


def _workbooks() -> dict[str, Make]:
    """The like in cells of a workbook."""
    return {
        "workbook-long-cells": _workbook([["a", "b"], *([n, " " * 30_000 + "!"] for n in range(20))]),
        "workbook-swapped-names": _workbook([["c1", "c0"], *([n, n * n] for n in range(20))]),
        "workbook-odd-names": _workbook([[*_SQL_NAMES, *_ODD_NAMES], *([n] * 70 for n in range(20))]),
        "workbook-numbers": _workbook([["a", "b"], *([n, said] for n, said in enumerate(_NUMBERS))]),
        "workbook-huge-numbers": _workbook(
            [["a", "b"], *([n, (-1.0) ** n * 1.7e308] for n in range(30))]
        ),
        "workbook-periods": _workbook([["a", "b"], *([n, said] for n, said in enumerate(_PERIODS))]),
        "workbook-far-cells": _workbook([["a", "b"], [1, 2], *([[]] * 40_000), [3, 4]]),
        "workbook-format": _workbook([["a", "b"], [1, 2], [3, 4]], form="[$[" * 5_000),
    }


def _lines(*lines: str) -> Make:
    return lambda: "".join(f"{line}\n" for line in lines).encode()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _named(names: list[str]) -> Make:
    """A table of numbers with these columns."""
    rows = (",".join(str((n + 1) * (i % 7 + 1)) for i in range(len(names))) for n in range(12))
    return _lines(",".join(map(_quoted, names)), *rows)


def _column(odd: Sequence[str], cells: list[str]) -> Make:
    """A table whose second column holds `cells`, and odd ones among them."""
    rows = [*cells[:5], *odd, *cells[5:]]
    told = (f"{'abc'[n % 3]},{_quoted(cell)},{n * n % 17}" for n, cell in enumerate(rows))
    return _lines("group,it,value", *told)


def _many(cells: Sequence[str]) -> Make:
    """A table with a column for each of these, which holds nothing else."""
    names, row = (f"it {n}" for n in range(len(cells))), ",".join(map(_quoted, cells))
    return _lines(f"item,{','.join(names)}", *(f"{n},{row}" for n in range(30)))


def _quarters(total: str, lines: list[tuple[int, int, int, int]]) -> Make:
    rows = (f"line {n},{','.join(map(str, line))},{sum(line)}" for n, line in enumerate(lines))
    return _lines(f"item,Q1,Q2,Q3,Q4,{total}", *rows)


def _parquet(columns: str, rows: int = 30) -> Make:
    """A file of a query's columns over `n`, the number of the row."""

    def make() -> bytes:
        with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
            path = Path(folder) / "t.parquet"
            con.execute(
                f"COPY (SELECT {columns} FROM range({rows}) AS t(n)) TO '{path}' (FORMAT parquet)"
            )
            return path.read_bytes()

    return make


def _workbook(rows: Sequence[Sequence[object]], form: str = "") -> Make:
    def make() -> bytes:
        file = io.BytesIO()
        with Workbook(file, {"strings_to_formulas": False}) as book:
            sheet, style = book.add_worksheet(), book.add_format({"num_format": form} if form else {})
            for number, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    sheet.write(number, column, cell, style)
        return file.getvalue()

    return make
