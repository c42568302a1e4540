"""Scenes: what stands where on a slide."""

import pytest

from deckgen.domain.blocks import Bullets, Kpi, Kpis
from deckgen.domain.decks import Layout, Slide
from deckgen.domain.facts import Span
from deckgen.export.scene.elements import Paragraph, TextBox, paragraphs
from deckgen.export.scene.setting import Setter
from deckgen.export.slides.compose import scene_of, scenes
from deckgen.export.slides.inspection import overflows
from deckgen.export.text import Words
from deckgen.export.themes.theme import names, theme
from tests.decks import sample_deck
from tests.sample_slides import content

WORDS = Words(sample_deck())


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("slide", content(), ids=lambda slide: slide.title[:30])
def test_everything_stands_on_the_slide_and_apart(slide: Slide, name: str) -> None:
    """Every text, chart and table stands on the slide, in a size to be read, over no other."""
    worn = theme(name)
    scene = scene_of(slide, WORDS, worn)
    problems = [each for each in overflows(scene, worn.grid) if "find no room" not in each]
    assert problems == []
    assert all(paragraph.size >= 10 for _, paragraph in paragraphs(scene.elements))


def test_equal_decks_give_equal_scenes() -> None:
    """A scene is made of deck and theme alone, and is the same each time."""
    first, second = (list(scenes(sample_deck(), theme(), WORDS)) for _ in range(2))
    assert first == second
    assert [scene.slide for scene in first] == [slide.id for slide in sample_deck().slides]


def test_cards_and_text_share_what_room_is_left() -> None:
    """Text that nearly fills a slide is not pushed over its foot by cards that grow."""
    grid = theme().grid
    for words in range(20, 200, 5):
        items = ["".join(["word "] * words).strip()] * 3
        cards = Kpis(items=[Kpi(label="Total", value="{{f1}}"), Kpi(label="Share", value="{{f2}}")])
        slide = Slide(id="s", layout=Layout.KPI, title="Title", blocks=[cards, Bullets(items=items)])
        scene = scene_of(slide, WORDS, theme())
        body = [each for each in scene.elements if isinstance(each, TextBox)]
        body = [each for each in body if each.box.top < grid.footer]
        assert max(each.box.bottom for each in body) <= grid.bottom + 0.01
        assert [each for each in overflows(scene, grid) if "find no room" not in each] == []


def test_what_finds_no_room_is_kept() -> None:
    """Sentences that are not shown stand in the scene's list, for the notes, and are counted."""
    slide = next(each for each in content() if each.title.startswith("Too many words"))
    scene = scene_of(slide, WORDS, theme())
    shown = [text for text in map(WORDS.line, _items(slide)) if text not in scene.left_out]
    said = " ".join(paragraph.text for _, paragraph in paragraphs(scene.elements))
    assert scene.left_out
    assert all(text in said for text in shown)
    assert f"{len(scene.left_out)} more points are in the notes" in said


@pytest.mark.parametrize("theme_name", names())
@pytest.mark.parametrize(("letters", "is_cut"), [(250, False), (400, True)])
def test_a_source_is_shown_whole_or_kept(theme_name: str, letters: int, is_cut: bool) -> None:
    """A file's long name takes two lines of the foot; what is longer still stands in the notes."""
    source = "Source: " + "Sales of the last quarter " * (letters // 26)
    slide = content()[5].model_copy(update={"source_line": source})
    scene = scene_of(slide, WORDS, theme(theme_name))
    shown = [paragraph.text for slot, paragraph in paragraphs(scene.elements) if slot == "source"]
    assert (source.strip() in shown) == (not is_cut)
    assert (source.strip() in scene.further) == is_cut
    assert [each for each in overflows(scene, theme(theme_name).grid) if "source" in each] == []


def test_no_line_needs_all_of_its_room() -> None:
    """Programs set letters a little wider than their fonts say: a line that just fits would break."""
    texts = [
        element
        for slide in content()
        for element in scene_of(slide, WORDS, theme()).elements
        if isinstance(element, TextBox)
    ]
    for each in texts:
        wide = [wide for paragraph in each.paragraphs for wide in _widths(paragraph)]
        assert max(wide) <= 0.99 * each.box.width, each


def _widths(paragraph: Paragraph) -> list[float]:
    texts = ["".join(span.text for span in line).rstrip() for line in paragraph.lines]
    return [theme().face.width(text, paragraph.size, bold=paragraph.bold) for text in texts]


def test_a_title_slide_has_no_foot_to_miss() -> None:
    """Where an archetype has no foot, its source is not told to be left out."""
    scene = scene_of(content()[0], WORDS, theme())
    assert scene.archetype == "title"
    assert content()[0].source_line
    assert scene.left_out == ()


def _items(slide: Slide) -> list[str]:
    return [item for block in slide.blocks if isinstance(block, Bullets) for item in block.items]


def test_lines_keep_references_and_spaces() -> None:
    """A text on several lines is the text again when they are joined, a reference in one piece."""
    setter = Setter(WORDS, theme().face)
    text = "Revenue reached {{f1}} and  {{c1}} kept\ngrowing steadily"
    lines = setter.lines(text, 12, 100)
    assert len(lines) > 2
    assert "".join(span.text for line in lines for span in line) == WORDS.line(text)
    assert Span("$1.3M", "f1") in [span for line in lines for span in line]


def test_a_number_is_cut_whole_or_not_at_all() -> None:
    """Where a line is cut, no number loses its last digits, and no space stands before the dots."""
    setter = Setter(WORDS, theme().face)
    for limit in range(60, 160, 5):
        (line,) = setter.paragraph("The sum is {{f3}} and more", 12, limit, most=1).lines
        assert all(span.text == "49,574" for span in line if span.reference)
        assert not "".join(span.text for span in line).endswith(" …")
