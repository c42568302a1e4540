"""Archetypes and themes: each is one file, and each slide gets the archetype that suits it."""

import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from deckgen.domain.blocks import (
    Block,
    Bullets,
    Callout,
    Kpi,
    Kpis,
    Message,
    Messages,
    Table,
    TableColumn,
)
from deckgen.domain.charts import ChartKind
from deckgen.domain.decks import Layout
from deckgen.domain.formatting.display import TEXT, Value
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Scene, TextBox, paragraphs
from deckgen.export.scene.setting import Setter
from deckgen.export.slides import archetypes as package
from deckgen.export.slides.archetypes import archetypes
from deckgen.export.slides.compose import scene_of, scenes
from deckgen.export.slides.content import PARTS, Content
from deckgen.export.slides.inspection import overflows
from deckgen.export.slides.missing import shortened
from deckgen.export.svg.drawing import slide as drawn
from deckgen.export.text import Words
from deckgen.export.themes import theme as themes
from tests.deck_parts import CITIES, chart, slide
from tests.decks import sample_deck
from tests.recipes import recipe

WORDS = Words(sample_deck())
POINTS: Block = Bullets(items=["It rose: by {{f2}}", "It fell: by {{f2}}"])
(TOY,) = recipe("An archetype")


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The recipe of docs/extending.md: one new file beside the others, and nothing else."""
    (tmp_path / "quotation.py").write_text(TOY)
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    archetypes.cache_clear()
    yield
    archetypes.cache_clear()
    sys.modules.pop(f"{package.__name__}.quotation", None)


def scene(*blocks: Block, before: tuple[str, ...] = (), layout: Layout = Layout.CHART) -> Scene:
    made = slide(layout, "Revenue rose by {{f2}}", *blocks)
    return scene_of(made, WORDS, themes.theme(), before=before)


def test_a_new_archetype_is_one_file(toy: None) -> None:
    """A slide that suits it is composed by it, and every format draws what it places."""
    found = scene(Callout(text="All that we see is {{f1}}"))
    assert found.archetype == "quotation"
    quoted = [each for each in found.elements if isinstance(each, TextBox) and each.slot == "quotation"]
    assert quoted
    assert "All that we see is" in drawn(found, WORDS, themes.theme())


def test_a_file_without_its_row_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that forgot its row stops the process that loads it, in a sentence that names it."""
    (tmp_path / "nothing.py").write_text("")
    monkeypatch.setattr(package, "__path__", [str(tmp_path)])
    archetypes.cache_clear()
    with pytest.raises(TypeError, match=r"archetypes\.nothing has no ARCHETYPE"):
        archetypes()
    archetypes.cache_clear()


@pytest.mark.parametrize(
    ("blocks", "name"),
    [
        ([chart(ChartKind.BAR, [*CITIES], [5.0, 4, 3, 2, 1]), POINTS], "exhibit"),
        ([chart(ChartKind.WATERFALL, [*CITIES], [5.0, 1, -1, 2, 7]), POINTS], "bridge"),
        ([chart(ChartKind.LINE, [*CITIES], [5.0, 4, 3, 2, 1]), POINTS], "courses"),
        ([chart(ChartKind.PARETO, [*CITIES], [5.0, 4, 3, 2, 1]), POINTS], "exhibit"),
        ([Kpis(items=[Kpi(label="Revenue", value="{{f1}}")]), POINTS], "big_number"),
        ([Kpis(items=[Kpi(label="Revenue", value="{{f1}}")] * 3), POINTS], "figures"),
        ([POINTS], "listing"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_a_slide_argues_chooses_its_archetype(blocks: list[Block], name: str) -> None:
    """The kind in which its chart is drawn, and what stands beside it."""
    assert scene(*blocks).archetype == name


@pytest.mark.parametrize(("count", "lefts"), [(8, 1), (13, 2), (26, 2)])
def test_an_agenda_names_each_question_with_its_slide(count: int, lefts: int) -> None:
    """One below the other, in two columns where they are many; the number leads to the slide."""
    rows: list[list[Value]] = [[f"Why is it {place}?", "s1"] for place in range(count)]
    columns = [TableColumn(label=label, unit=TEXT) for label in ("Question", "Slide")]
    found = scene(Table(title="", columns=columns, rows=rows), layout=Layout.AGENDA)
    assert found.archetype == "agenda"
    asked = [each for each in found.elements if isinstance(each, TextBox) and each.slot == "question"]
    assert [each.paragraphs[0].text for each in asked] == [row[0] for row in rows]
    assert len({each.box.left for each in asked}) == lefts
    numbers = [each for each in found.elements if isinstance(each, TextBox) and each.slot == "slide"]
    assert {each.paragraphs[0].lines[0][0].reference for each in numbers} == {"s1"}
    assert [*overflows(found, themes.theme().grid)] == []


@pytest.mark.parametrize("row", [["Why?", "s99"], ["Why?", None], [None, "s1"]])
def test_a_damaged_agenda_is_drawn(row: list[Value]) -> None:
    """A row without a slide, or with one that the deck has not, is shown as it is."""
    columns = [TableColumn(label=label, unit=TEXT) for label in ("Question", "Slide")]
    found = scene(Table(title="", columns=columns, rows=[["How?", "s1"], row]), layout=Layout.AGENDA)
    assert "How?" in shown(found)


def shown(found: Scene) -> str:
    return " ".join(each.text for _, each in paragraphs(found.elements))


@pytest.mark.parametrize("kind", ChartKind)
def test_a_figure_stands_beside_every_kind_of_chart(kind: ChartKind) -> None:
    """Whatever composition a chart has, the slide's figure and its sentences are on it."""
    across = [1, 2, 3, 4, 5] if kind is ChartKind.SCATTER else CITIES
    figure = Kpis(items=[Kpi(label="Net revenue", value="{{f1}}", change="{{f2}}")])
    found = scene(figure, chart(kind, [*across], [5.0, 4, 3, 2, 1]), POINTS)
    said = shown(found)
    assert [text for text in ("Net revenue", "It rose", "It fell") if text not in said] == []
    assert found.left_out == ()


LONG = "a label that is much longer than any card has room for, however small it is set " * 3


def test_a_name_that_is_shortened_is_kept_for_the_notes() -> None:
    """No archetype has to tell: a long name is shown as far as it goes, and is whole in the notes."""
    found = scene(Kpis(items=[Kpi(label=LONG, value="{{f1}}")] * 3), POINTS)
    assert found.shortened == found.further == (WORDS.line(LONG),) * 3
    assert [*overflows(found, themes.theme().grid)] == []


def test_a_name_that_is_dropped_is_missing() -> None:
    """Of two equal names that no element shows, one is not excused by the other."""
    setter = Setter(WORDS, themes.theme().face)
    cut = TextBox("figure", Box(0, 0, 90, 20), (setter.paragraph(LONG, 13, 90, most=1),))
    assert shortened([LONG, LONG], [cut], setter) == [LONG]


def test_a_sentence_that_is_cut_is_missing() -> None:
    """An ellipsis is no excuse for what a reader is told in whole sentences."""
    found = scene(Messages(items=[Message(figure="{{f1}}", label="Revenue", text=LONG * 3)] * 6))
    assert WORDS.line(LONG * 3) in found.left_out
    assert [*overflows(found, themes.theme().grid)] != []


@pytest.mark.parametrize("last", ["It kept growing", "It kept growing " * 60], ids=["short", "equal"])
def test_a_text_is_not_shown_by_another_that_holds_it(last: str) -> None:
    """A sentence that found no room is left out, though what is shown says the same words."""
    items = [("It kept growing " * 60).strip()] * 8
    found = scene(Bullets(items=[*items, last]))
    assert f"{len(found.left_out)} more points are in the notes" in shown(found)
    assert found.left_out[-1] == last.strip()


def test_no_archetype_is_worn_a_third_time() -> None:
    """After two slides of an archetype the next one that suits is taken."""
    blocks = [chart(ChartKind.BAR, [*CITIES], [5.0, 4, 3, 2, 1]), POINTS]
    assert scene(*blocks, before=("exhibit",)).archetype == "exhibit"
    assert scene(*blocks, before=("exhibit", "exhibit")).archetype != "exhibit"


def test_an_archetype_takes_no_more_than_its_slots_hold() -> None:
    """Slots are parts of a slide, and one more than a slot has room for goes elsewhere."""
    assert all({*each.slots} <= {*PARTS} for each in archetypes().values())
    bar = chart(ChartKind.BAR, [*CITIES], [5.0, 4, 3, 2, 1])
    for blocks in ([POINTS, bar], [POINTS, bar, bar], [Bullets(items=["One more"] * 7)]):
        content = Content(slide(Layout.CHART, "Revenue rose", *blocks), 1)
        name = scene(*blocks).archetype
        assert all(count <= archetypes()[name].slots[part] for part, count in held(content))
    assert scene(POINTS, bar, bar).archetype == "plain"
    assert scene(Bullets(items=["One more"] * 7)).archetype == "plain"


def held(content: Content) -> list[tuple[str, int]]:
    return [(part, count) for part, count in content.counts.items() if count]


@pytest.mark.parametrize("name", themes.names())
def test_text_is_set_in_the_theme_s_sizes(name: str) -> None:
    """Large type is large everywhere: no composition sets a text smaller than the theme's smallest."""
    sizes = themes.theme(name).sizes
    least = min(min(each) for kind, each in sizes if kind != "source")
    for found in scenes(sample_deck(), themes.theme(name), WORDS):
        said = [
            each
            for each in paragraphs(found.elements)
            if each[0] not in ("source", "number", "cut", "lead-in")
        ]
        assert [(found.archetype, slot, each.size) for slot, each in said if each.size < least] == []


def test_docs_list_every_archetype() -> None:
    """docs/slides.md says of each what it is taken for."""
    page = (Path(__file__).parents[3] / "docs" / "slides.md").read_text()
    assert [name for name in archetypes() if f"| `{name}` |" not in page] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", themes.names())
def test_a_deck_is_laid_out_in_every_theme(name: str) -> None:
    """A theme changes sizes and colours, and never what is said."""
    worn = themes.theme(name)
    found = list(scenes(sample_deck(), worn, Words(sample_deck())))
    assert len(found) == len(sample_deck().slides)
    assert all(f"#{worn.light.paper}" in drawn(each, WORDS, worn) for each in found)


def test_a_new_theme_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of colours and sizes beside the others is a theme, by its name."""
    standard = (resources.files("deckgen.export.themes") / "clear.toml").read_text()
    (tmp_path / "dusk.toml").write_text(standard.replace('"0B4F9E"', '"5B2A86"'))
    monkeypatch.setattr(themes, "files", lambda package: tmp_path)
    kept = (themes.wide_names, themes.names, themes.theme)
    for each in kept:
        each.cache_clear()
    assert themes.names() == ("dusk", "dusk-4x3")
    assert themes.theme("dusk").light.accent == "5B2A86"
    for each in kept:
        each.cache_clear()
