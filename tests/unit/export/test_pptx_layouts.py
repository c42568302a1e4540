"""PowerPoint: layouts of the archetypes, and the placeholders that hold what slides say."""

from collections import defaultdict
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from deckgen.export.charts.kinds import kind_of
from deckgen.export.pptx.placeholders import placeholders
from deckgen.export.scene.elements import ChartBox, TableBox, TextBox
from deckgen.export.slides.compose import scenes
from deckgen.export.themes.theme import names, theme
from tests.native_slides import DECK, SCENES, WORDS, looks_of, opened, placed, sample_file

pytestmark = pytest.mark.slow


def holder_of(shape: Any) -> Any:
    """The place in the layout that has the number of a slide's placeholder."""
    number = shape.placeholder_format.idx
    return next(
        each for each in shape.part.slide_layout.placeholders if each.placeholder_format.idx == number
    )


def test_all_text_stands_in_placeholders(slides: list[Any]) -> None:
    """Each text of a slide is in a placeholder, so that the outline has all of it; so is each table,
    and each chart that is one and not several."""
    for scene, native in zip(SCENES, slides, strict=True):
        texts = [shape for shape in native.shapes if shape.has_text_frame and shape.text_frame.text]
        assert all(shape.is_placeholder for shape in texts), scene.slide
        held = [shape for shape in native.placeholders if not shape.has_text_frame]
        whole = [
            isinstance(each, TableBox)
            or (isinstance(each, ChartBox) and kind_of(each.chart).is_one_chart)
            for each in scene.elements
        ]
        assert len(held) == sum(whole), scene.slide


@pytest.mark.parametrize("name", names())
def test_reset_slide_changes_nothing(name: str) -> None:
    """What a slide's placeholder says of place and looks is nothing, or what its layout says; but that
    there is no room above a first paragraph, where PowerPoint leaves none."""
    for native in Presentation(BytesIO(sample_file(name))).slides:
        for shape in native.placeholders:
            place = holder_of(shape)
            sides = [(each.left, each.top, each.width, each.height) for each in (shape, place)]
            assert sides[0] == sides[1]
            assert shape.placeholder_format.type == place.placeholder_format.type
            if shape.has_text_frame:
                assert len(shape._element.spPr) == 0
                written = shape._element.txBody.xml
                for looks in (' sz="', ' b="', "solidFill", "algn=", "lnSpc", "anchor=", "Ins="):
                    assert looks not in written, (shape.name, looks)
                first, *others = shape.text_frame.paragraphs
                assert first.space_before in (None, 0)
                assert {each.space_before for each in others} <= {None}


def test_a_slot_has_its_looks_from_a_level_of_its_own(slides: list[Any]) -> None:
    """A figure and what it is differ by their levels, and a placeholder has no more than nine."""
    for scene, native in zip(SCENES, slides, strict=True):
        for element, shape in placed(scene, native):
            if isinstance(element, TextBox):
                looks = [looks_of(shape, each) for each in shape.text_frame.paragraphs]
                assert None not in looks
                for (one, other), (first, second) in zip(
                    pairwise(element.paragraphs), pairwise(looks), strict=True
                ):
                    assert (one.size, one.colour) == (other.size, other.colour) or first is not second


def test_each_archetype_has_a_layout(saved: bytes) -> None:
    """Layouts are named for the archetypes of their slides; none stays without a slide."""
    presentation = Presentation(BytesIO(saved))
    for scene, native in zip(SCENES, presentation.slides, strict=True):
        name = scene.archetype.replace("_", " ").capitalize()
        assert native.slide_layout.name.rstrip(" 0123456789") == name
    named = [each.name for each in presentation.slide_layouts]
    assert len(set(named)) == len(named)
    assert all(each.used_by_slides for each in presentation.slide_layouts)


def test_what_all_slides_of_a_layout_have_stands_in_it(slides: list[Any]) -> None:
    """The line over the foot and the edge of the cover are the layout's, so that they go with it."""
    foot = Pt(theme().grid.footer)
    for scene, native in zip(SCENES, slides, strict=True):
        common = [each for each in native.slide_layout.shapes if not each.is_placeholder]
        assert len(common) == (2 if scene.archetype == "title" else 1)
        assert all(each.top < foot or each.is_placeholder for each in native.shapes)


def test_slides_that_are_arranged_alike_share_a_layout() -> None:
    """The same slide twice needs one layout."""
    twice = DECK.model_copy(update={"slides": [DECK.slides[1], DECK.slides[1]]})
    presentation = opened(twice)
    assert len(presentation.slide_layouts) == 1
    assert len(presentation.slides) == 2


def test_a_slot_has_one_number_in_all_layouts() -> None:
    """Another layout takes over the texts of a slide: by the number and the type of their places."""
    numbers = defaultdict(set)
    for scene in scenes(DECK, theme(), WORDS):
        first: set[str] = set()
        held = placeholders(scene)
        assert len({each.number for each in held.values()}) == len(held)
        for place, holder in held.items():
            element = scene.elements[place]
            slot = element.slot if isinstance(element, TextBox) else holder.kind
            if slot not in first:
                numbers[slot, scene.archetype == "title"].add((holder.kind, holder.number))
                first.add(slot)
    assert {slot: found for slot, found in numbers.items() if len(found) > 1} == {}
