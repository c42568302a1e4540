import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deckgen.domain.blocks import Bullets
from deckgen.domain.briefs import Brief
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Layout
from deckgen.domain.documents import canonical_json
from deckgen.domain.facts import render, unbound_numerals
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.proof.checks import deck_texts
from tests.unit.orchestrator.analyst.engine import Run, as_csv, days, run_table

pytestmark = pytest.mark.slow
HEADER = ["date", "region", "product", "sales", "price"]


def orders() -> list[list[Any]]:
    """A year of sales with a leader, a pattern in the week, and a price that depends on the product."""
    return [
        HEADER,
        *(
            [day, "north" if n % 3 else "south", "abcd"[n % 4], 10 + day.weekday() * 3, 5 + n % 4]
            for n, day in enumerate(days(2024))
        ),
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The deck of the orders, which tests only read."""
    return run_table(tmp_path_factory.mktemp("orders") / "t.csv", orders())


def assert_sound(result: Run) -> None:
    assert [check.name for check in result.deck.quality if not check.passed] == []
    assert [text for _, text in deck_texts(result.deck) if unbound_numerals(text)] == []


def test_a_deck_has_its_slides_and_passes_its_checks(made: Run) -> None:
    """Title, summary, three to eight content slides, and the appendix; every check holds."""
    assert_sound(made)
    layouts = [slide.layout for slide in made.deck.slides]
    assert layouts[:2] == [Layout.TITLE, Layout.SUMMARY]
    assert layouts[-1] is Layout.APPENDIX
    assert 3 <= sum(layout in (Layout.CHART, Layout.KPI) for layout in layouts) <= 8
    assert all(slide.notes for slide in made.deck.slides)


def test_a_deck_keeps_only_the_facts_that_it_says(made: Run) -> None:
    """Each fact of the deck is referred to somewhere."""
    deck = made.deck
    said = " ".join(text for _, text in deck_texts(deck))
    assert deck.facts
    assert all(f"{{{{{fact.id}}}}}" in said for fact in deck.facts)


def test_a_wrong_number_does_not_pass(made: Run) -> None:
    """A fact, a bar of a chart and a numeral in text that are not the data's are each named."""
    facts = made.findings.facts
    number = next(
        fact for fact in facts if fact.id in {f.id for f in made.deck.facts} and fact.unit.is_numeric
    )
    wrong = made.findings.model_copy(
        update={"facts": [f.model_copy(update={"value": 12345}) if f is number else f for f in facts]}
    )
    slides = list(made.draft.slides)
    place = next(n for n, slide in enumerate(slides) if any(isinstance(b, Chart) for b in slide.blocks))
    blocks = []
    for block in slides[place].blocks:
        if isinstance(block, Chart):
            first = block.series[0]
            series = first.model_copy(update={"values": [1, *first.values[1:]]})
            block = block.model_copy(update={"series": [series]})  # noqa: PLW2901
        blocks.append(block)
    slides[place] = slides[place].model_copy(update={"blocks": [*blocks, Bullets(items=["Up by 99%"])]})
    draft = made.draft.model_copy(update={"slides": slides})
    deck = analyst.assemble(made.brief, made.source, wrong, draft, made.path)
    failed = {check.name: check.problems for check in deck.quality if not check.passed}
    assert {problem.split(":")[0] for problem in failed["facts_recomputed"]} == {number.id}
    assert failed["charts_recomputed"][0].startswith(slides[place].id)
    assert "99%" in failed["numerals_bound"][0]


def test_the_same_input_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    """Nothing depends on the order of a set or on a clock."""
    path = tmp_path / "t.csv"
    here = canonical_json(run_table(path, orders(), "How did sales develop?").deck.to_json())
    code = (
        "import sys; from pathlib import Path\n"
        "from deckgen.domain.documents import canonical_json\n"
        "from tests.unit.orchestrator.analyst.engine import run_table\n"
        "path = Path(sys.argv[1])\n"
        "deck = run_table(path, path.read_bytes(), 'How did sales develop?').deck\n"
        "sys.stdout.buffer.write(canonical_json(deck.to_json()))\n"
    )
    there = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "random", "PYTHONPATH": str(Path.cwd())},
    )
    assert there.stdout == here


def test_a_deck_without_data_has_no_digit() -> None:
    """Out of a brief alone come structure and questions, and not one number."""
    brief = Brief(business_context="Should we open a second shop?")
    draft = analyst.draft(brief, None, None)
    deck = analyst.assemble(brief, None, None, draft, None)
    values = deck.reference_values()
    said = [render(text, values) for _, text in deck_texts(deck)]
    assert not any(character.isdigit() for text in said for character in text)
    assert all(check.passed for check in deck.quality), deck.quality
    assert len(deck.slides) >= 4


YEAR = list(enumerate(days(2024)))
ALIASES = ["p", "g", "d", "k", "n", "v", "period", "value", "place", "share", "x", "y"]
ODD: dict[str, list[list[Any]]] = {
    "one value everywhere": [["a", "b"], *[["x", 1]] * 10],
    "nothing but gaps": [["a", "b"], ["NA", ""], ["null", "-"]],
    "one row": [["date", "sales", "region"], ["2024-01-01", 5, "n"]],
    "two rows": [["date", "sales", "region"], ["2024-01-01", 5, "n"], ["2024-01-02", 7, "s"]],
    "text only": [["name", "city"], *[["ab"[n % 2], "xyz"[n % 3]] for n in range(60)]],
    "one measure": [["key", "value"], *[[f"k{n}", n * n] for n in range(50)]],
    "huge numbers": [["date", "revenue"], *[[day, f"{n + 1}e290"] for n, day in YEAR]],
    "negative": [["date", "profit", "g"], *[[day, 5 - n % 12, "ab"[n % 2]] for n, day in YEAR]],
    "all zero": [["date", "sales", "g"], *[[day, 0, "ab"[n % 2]] for n, day in YEAR]],
    "other scripts": [["日付", "売上高", "地域"], *[[day, n % 7, "東西"[n % 2]] for n, day in YEAR]],
    "hostile": [
        ['date"; DROP TABLE data; --', "sales'); --", "select"],
        *[[day, n % 7, ("a';--", '"b', "{{c0}}")[n % 3]] for n, day in YEAR],
    ],
    "many columns": [
        ["date", *range(300)],
        *[[day, *(n + i for i in range(300))] for n, day in YEAR[:60]],
    ],
    "long names": [
        ["date", "a very long name " * 9, "g"],
        *[[day, n % 9, f"{'ab'[n % 2]} long value " * 9] for n, day in YEAR],
    ],
    "names that queries use": [
        ALIASES,
        *[
            [day, *(chr(97 + n % i) for i in (2, 3, 4)), *(n * i % 17 for i in range(8))]
            for n, day in YEAR
        ],
    ],
}


@pytest.mark.parametrize("table", ODD.values(), ids=ODD.keys())
def test_odd_tables_give_sound_decks(tmp_path: Path, table: list[list[Any]]) -> None:
    """No table that can be read breaks the engine, and what it says of it passes its checks."""
    assert_sound(run_table(tmp_path / "t.csv", as_csv(table)))


def test_a_wide_table_of_many_units_gives_a_sound_deck(tmp_path: Path) -> None:
    """Many measures with one row a period, of which no three can be added to one another."""
    codes = ["USD", "EUR", "GBP", "CHF"]
    names = [f"{kind}_{code}" for code in codes for kind in ("sales", "revenue")]
    rows = [[f"2020-{month:02}-01", *range(month, month + len(names))] for month in range(1, 13)]
    assert_sound(run_table(tmp_path / "wide.csv", [["month", *names], *rows]))
