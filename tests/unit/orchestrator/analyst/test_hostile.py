"""What becomes of files that were made to do harm."""

import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest

from deckgen.domain.errors import UnreadableData
from deckgen.domain.uploads.sniff import check_quickly
from deckgen.export.html.page import render_html
from deckgen.export.html.viewer import SCRIPT
from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.theme import theme
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from tests.unit.orchestrator.analyst.engine import Run, run_table

pytestmark = pytest.mark.slow
FORMULA = "=cmd|' /C calc'!A0"
CELLS = [
    FORMULA,
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    '=HYPERLINK("http://x.example","y")',
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "{{f1}}",
    "{{C1}}",
    "photo\u202egnp.exe",
    "'; DROP TABLE data; --",
    "bell\x07",
]
NAMES = ["date", "data", "{{f1}}", "<script>", FORMULA, "sales\u202etxt", "__proto__", "rowid"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A deck about a table whose names and cells are all meant to do something."""
    rows: list[list[object]] = [list(NAMES)]
    for n in range(240):
        cells = [CELLS[n * step % len(CELLS)] for step in (1, 5, 7)]
        day = datetime.date(2023, 1, 1) + datetime.timedelta(days=3 * n)
        amount = 50 + n + (400 if cells[0] == FORMULA else 0)
        rows.append([day, cells[0], 3 * n % 17, cells[1], cells[2], amount, "ab"[n % 2], n * n % 101])
    path = tmp_path_factory.mktemp("hostile") / "=cmd.csv"
    return run_table(path, rows, "{{f1}} <script>alert(1)</script>")


def test_the_deck_about_it_is_sound(run: Run) -> None:
    """Names and cells are data: references, SQL and markup in them are not taken for any."""
    assert [column.name for column in run.source.columns] == NAMES
    assert run.source.rows == 240
    assert run.told
    assert [check.name for check in run.deck.quality if not check.passed] == []
    charts = [each.chart for each in run.findings.told if each.chart]
    shown = " ".join(str(chart.categories) for chart in charts)
    assert "cmd|" in shown  # or what follows would prove nothing


def test_the_page_holds_it_as_text(run: Run) -> None:
    """The page has no script or image of the data's, and nothing that turns its text round."""
    html = render_html(run.deck, theme()).replace(f"<script>{SCRIPT}</script>", "")
    assert not re.search(r"<(script|img)\b", html, re.IGNORECASE)
    assert "&lt;script&gt;" in html
    assert "\u202e" not in html
    assert "\x07" not in html


OWN_FORMULA = re.compile(rb"(?:IF|MIN|MAX|[BC]\d+|\d+|[(),+-]|&lt;|&gt;|=)*")  # of bridges


def test_the_workbooks_in_the_presentation_hold_no_formula_of_the_data(run: Run) -> None:
    """What begins with =, @, + or - is a string in every chart's workbook, and nothing links out."""
    books = 0
    with zipfile.ZipFile(io.BytesIO(render_pptx(run.deck, theme()))) as presentation:
        for name in presentation.namelist():
            content = presentation.read(name)
            assert "\u202e".encode() not in content
            if not name.endswith(".xlsx"):
                continue
            books += 1
            with zipfile.ZipFile(io.BytesIO(content)) as workbook:
                parts = workbook.namelist()
                sheets = [workbook.read(part) for part in parts if "worksheets/sheet" in part]
                assert not any(b"<hyperlink" in sheet for sheet in sheets)
                formulas = [each for sheet in sheets for each in re.findall(rb"<f>(.*?)</f>", sheet)]
                assert [each for each in formulas if not OWN_FORMULA.fullmatch(each)] == []
                assert sum(sheet.count(b"<f") for sheet in sheets) == len(formulas)
                assert not [part for part in parts if "externalLink" in part or "_rels/sheet" in part]
    assert books


LINES = b"a,b\n" + b"1,2\n" * 20_000  # more than is looked at before a file is accepted


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b",".join([b"c"] * 1_000_000) + b"\n" + b",".join([b"1"] * 1_000_000), "too_many_columns"),
        (LINES + b"1," + b"x" * 10_000_000 + b"\n", "not_a_table"),
        (LINES + b'1,"' + b"x,y\n" * 2_000_000, "not_a_table"),
        (LINES + b"1," + b'"' * 9_000_001 + b"\n", "not_a_table"),
        (LINES + b"1,\x00\n", "binary_data"),
    ],
    ids=["a million columns", "a huge field", "a quote that never ends", "nothing but quotes", "NUL"],
)
def test_hostile_text_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    """Each ends in an answer with a code."""
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(UnreadableData) as refused, open_table(tmp_path / "t.csv"):
        pass
    assert refused.value.code == code
    assert refused.value.message


def test_a_line_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    """By its number, and without a word of what stands in it."""
    (tmp_path / "t.csv").write_bytes(LINES + b'1,"' + b"secret," * 1_000_000)
    with pytest.raises(UnreadableData, match=r"^Line 20,002 of the CSV") as refused:
        open_table(tmp_path / "t.csv").__enter__()
    assert "secret" not in refused.value.message


def test_a_million_columns_are_refused_before_they_are_accepted() -> None:
    """The first bytes are enough to see that."""
    with pytest.raises(UnreadableData) as refused:
        check_quickly(b",".join([b"c"] * 1_000_000))
    assert refused.value.code == "too_many_columns"


def test_doubled_quotes_are_read(tmp_path: Path) -> None:
    """A cell of a thousand quotes is a cell."""
    (tmp_path / "t.csv").write_bytes(b"a,b\n" + (b'1,"' + b'""' * 1000 + b'"\n') * 50)
    with open_table(tmp_path / "t.csv") as table:
        assert table.all("SELECT DISTINCT b FROM data") == [('"' * 1000,)]


def test_a_long_table_of_distinct_cells_is_read(tmp_path: Path) -> None:
    """Three hundred thousand rows in which no cell occurs twice need no more than the memory limit."""
    rows = (f"{n:x}-{n * 7919 % 300_007:x},t{n}" for n in range(300_000))
    (tmp_path / "t.csv").write_text("id,note\n" + "\n".join(rows) + "\n")
    with open_table(tmp_path / "t.csv") as table:
        assert table.one("SELECT count(DISTINCT id), count(DISTINCT note) FROM data") == (
            300_000,
            300_000,
        )


def test_a_cell_that_is_too_long_is_text_and_keeps_its_value(tmp_path: Path) -> None:
    """No pattern runs on it: among words it stays as it is, among numbers it is none."""
    long = "1" + " " * 5_000 + "2"
    rows = "".join(f"{n},w{n},2024-01-{n % 28 + 1:02}\n" for n in range(60))
    (tmp_path / "t.csv").write_text(f"a,b,c\n{rows}{'7' * 5_000},{long},{long}\n")
    with open_table(tmp_path / "t.csv") as table:
        assert [column.type for column in table.columns] == ["BIGINT", "VARCHAR", "DATE"]
        last = table.all("SELECT a, b, c FROM data WHERE length(b) > 100")
        assert last == [(None, long, None)]
        assert any("no number counts as missing (line 62)" in warning for warning in table.warnings)


def test_a_name_that_is_too_long_is_kept_and_says_nothing() -> None:
    """A unit or a period in it is not looked for; a person sees its beginning."""
    name = read_name("price (EUR) " * 1_000)
    assert (name.words, name.symbol) == ((), "")
    assert len(name.label) < 50


@pytest.mark.parametrize("names", ["c1,value", "c1,c0", "c2,c0,c1", "C1,x", "x,c0", "c1,c2,c3"])
def test_columns_may_be_called_what_they_are_called_on_the_way(tmp_path: Path, names: str) -> None:
    """Whatever the order of c0, c1 and so on, each column keeps its cells."""
    cells = ",".join(str(10 * n + 5) for n in range(names.count(",") + 1))
    (tmp_path / "t.csv").write_text(f"{names}\n" + f"{cells}\n" * 3)
    with open_table(tmp_path / "t.csv") as table:
        assert ",".join(column.name for column in table.columns) == names
        assert table.one("SELECT * FROM data") == tuple(map(int, cells.split(",")))
