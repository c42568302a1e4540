"""Archetypes and themes: each is one file, and each slide gets the archetype that suits it."""

import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from deckgen.domain.blocks import Block, Bullets, Callout, Kpi, Kpis
from deckgen.domain.charts import ChartKind
from deckgen.domain.decks import Layout
from deckgen.export.scene.elements import Scene, TextBox, paragraphs
from deckgen.export.slides import archetypes as package
from deckgen.export.slides.archetypes import archetypes
from deckgen.export.slides.compose import scene_of, scenes
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


def test_what_a_composition_cuts_is_left_out_by_name() -> None:
    """No archetype has to tell: what no element shows whole is kept for the notes."""
    label = "a label that is much longer than any card has room for, however small it is set " * 3
    found = scene(Kpis(items=[Kpi(label=label, value="{{f1}}")] * 3), POINTS)
    assert found.left_out == (WORDS.line(label),) * 3


def test_no_archetype_is_worn_a_third_time() -> None:
    """After two slides of an archetype the next one that suits is taken."""
    blocks = [chart(ChartKind.BAR, [*CITIES], [5.0, 4, 3, 2, 1]), POINTS]
    assert scene(*blocks, before=("exhibit",)).archetype == "exhibit"
    assert scene(*blocks, before=("exhibit", "exhibit")).archetype != "exhibit"


def test_every_archetype_says_what_it_holds() -> None:
    """Its slots have names and capacities, and one archetype takes whatever comes."""
    assert all(
        each.slots and all(most > 0 for most in each.slots.values()) for each in archetypes().values()
    )
    assert archetypes()["plain"].suits(None)  # type: ignore[arg-type]  # it does not look


def test_docs_list_every_archetype() -> None:
    """docs/slides.md says of each what it is taken for."""
    page = (Path(__file__).parents[3] / "docs" / "slides.md").read_text()
    assert [name for name in archetypes() if f"| `{name}` |" not in page] == []


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
    themes.names.cache_clear()
    themes.theme.cache_clear()
    assert themes.names() == ("dusk",)
    assert themes.theme("dusk").light.accent == "5B2A86"
    themes.names.cache_clear()
    themes.theme.cache_clear()
