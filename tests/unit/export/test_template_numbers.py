"""Numbers of a template that no program writes: they say nothing, and break nothing."""

import re
from functools import cache

import pytest

from deckgen.domain.errors import InvalidRequest
from deckgen.export.pptx.document import render_pptx
from deckgen.export.pptx.templates.parts import whole
from deckgen.export.pptx.templates.reading import read
from deckgen.export.themes.theme import Palette
from tests.hostile_presentations import parts_of, with_parts
from tests.hostile_templates import shaded, sound
from tests.native_slides import DECK

READ = ("ppt/slideMasters/slideMaster", "ppt/slideLayouts/slideLayout", "ppt/theme/theme")
ATTRIBUTES = ("x", "y", "cx", "cy", "lIns", "tIns", "rIns", "bIns", "sz", "val", "idx")
# No float holds the third, and Python reads none as long as the fourth.
NUMBERS = {
    "far": "9999999999",
    "far before": "-9999999999",
    "no float": "9" * 400,
    "no int": "9" * 5_000,
    "two signs": "--5",
}


def with_number(content: bytes, attribute: str, number: str) -> bytes:
    """The file with a number in place of each that an attribute has."""
    pattern, said = rf'\b{attribute}="-?\d+"'.encode(), f'{attribute}="{number}"'.encode()
    parts = {name: part for name, part in parts_of(content).items() if name.startswith(READ)}
    changed = {name: re.sub(pattern, said, part) for name, part in parts.items()}
    assert changed != parts
    return with_parts(content, changed)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_a_number_that_says_nothing_is_passed_over(attribute: str, number: str) -> None:
    """Whether of places, insets, sizes, colours or styles: the rest of the template is worn."""
    found = read(with_number(shaded(), attribute, NUMBERS[number]), "acme")
    assert found.theme.light == _light() or attribute in ("val", "idx")


@cache
def _light() -> Palette:
    return read(shaded(), "acme").theme.light


def test_what_stands_on_no_slide_holds_no_text() -> None:
    """A placeholder that is far out is none, and a deck is drawn without it."""
    found = read(with_number(sound(), "x", NUMBERS["far"]), "acme")
    assert found.theme.places is not None
    assert 0 <= found.theme.places.title.left < 960
    deck = DECK.model_copy(update={"slides": DECK.slides[:2]})
    assert render_pptx(deck, found.theme, base=found.base)


@pytest.mark.parametrize("number", NUMBERS.values())
def test_slides_of_no_size_are_refused(number: str) -> None:
    """In words, as those of a size that nothing can be arranged on."""
    main = "ppt/presentation.xml"
    part = re.sub(rb'(<p:sldSz[^>]*?cx=")\d+', rb"\g<1>" + number.encode(), parts_of(sound())[main])
    with pytest.raises(InvalidRequest, match="does not say how large its slides are"):
        read(with_parts(sound(), {main: part}), "acme")


@pytest.mark.parametrize(
    ("text", "number"),
    [("12700", 12700), ("-45", -45), ("9" * 10, 9_999_999_999), ("9" * 11, None), ("", None)]
    + [(text, None) for text in ("1.5", "+1", "1e3", "--5", "٣", "12pt")],
)
def test_a_whole_number_has_at_most_ten_digits(text: str, number: int | None) -> None:
    """What Python also reads as one, in other digits or longer, is none."""
    assert whole(text) == number
