"""The palettes that are made of a template's colours, whichever these are."""

import random

import pytest

from deckgen.export.colours import contrast, of_role, readable_on
from deckgen.export.pptx.colours import filled
from deckgen.export.pptx.templates.fonts import measured
from deckgen.export.pptx.templates.palettes import Colours, in_the_dark
from deckgen.export.pptx.templates.shades import apart
from deckgen.export.themes.theme import Palette, Slot
from tests.template_parts import FOREST, NAVY, NIGHT, PASTEL

SLOTS: tuple[Slot, ...] = (
    *("tx1", "bg1", "tx2", "bg2", "accent1"),
    *("accent2", "accent3", "accent4", "accent5", "accent6"),
)
GROUNDS = {"light": ("000000", "FFFFFF"), "dark": ("FFFFFF", "101820"), "any": ("", "")}


def colours(seed: int, ground: str) -> Colours:
    """Random ones, on white, on black, or on any ground."""
    chance = random.Random(seed)
    slots = {slot: f"{chance.randrange(1 << 24):06X}" for slot in SLOTS}
    ink, paper = GROUNDS[ground]
    if ink:
        slots |= {"tx1": ink, "bg1": paper}
    return Colours(slots, slots["bg1"])


def assert_read(palette: Palette, like: Palette) -> None:
    for text in ("ink", "muted", "accent", "contrast"):
        for ground in (palette.paper, palette.wash):
            assert contrast(getattr(palette, text), ground) >= 4.5, text
    for mark in ("accent", "muted", "rest", "contrast"):
        assert contrast(getattr(palette, mark), palette.paper) >= 3, mark
    for fill in ("accent", "contrast", "muted", "rest", "soft", "line", "ramp1", "ramp3"):
        text = of_role(readable_on(fill, like), palette)
        assert contrast(text, of_role(fill, palette)) >= 4.5, fill
    assert contrast(palette.accent, palette.soft) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
def test_whatever_the_colours_text_is_read(ground: str) -> None:
    """As in the built-in themes: on paper and panels, on marks, in the dark as well."""
    for seed in range(40):
        light = colours(seed, ground).palette()
        assert_read(light, light)
        assert_read(in_the_dark(light), light)


@pytest.mark.parametrize("ground", GROUNDS)
def test_each_role_is_a_shade_of_a_colour_of_the_template(ground: str) -> None:
    """A reference, so that another master recolours it."""
    roles = ("paper", "wash", "ink", "muted", "rest", "line", "accent", "soft", "contrast", "title")
    for seed in range(10):
        palette = colours(seed, ground).palette()
        for role in (*roles, "ramp0", "ramp4", "accent-50", "ink-25"):
            assert "schemeClr" in filled(role, palette)


@pytest.mark.parametrize("house", [NAVY, FOREST, NIGHT, PASTEL])
def test_bad_is_told_from_good_by_everybody(house: tuple[str, ...]) -> None:
    """Also by who sees no red or green."""
    slots = dict(zip(SLOTS, house, strict=True))
    palette = Colours(slots, slots["bg1"]).palette()
    assert apart(palette.accent, palette.contrast) >= 0.07


def test_red_and_green_are_not_told_apart() -> None:
    """Negative control: of the same lightness they are one colour to one in twenty men."""
    assert apart("2E7D32", "C62828") < 0.07 < apart("0B4F9E", "B8500A")


@pytest.mark.parametrize(
    ("fonts", "expected", "remarks"),
    [
        (["Arial", "Calibri"], ("Arial", 1.0), 0),
        (["Calibri", "Calibri Light"], ("Calibri", 1.1), 1),
        (["Roboto", "Calibri"], ("Arial", 1.1), 1),
        (["Acme Grotesk", "Arial"], ("Arial", 1.2), 1),
    ],
)
def test_what_is_not_measured_has_room(
    fonts: list[str], expected: tuple[str, float], remarks: int
) -> None:
    """The wider of two fonts counts, and each whose widths are not known is said."""
    said: list[str] = []
    assert measured(fonts, said) == expected
    assert len(said) == remarks
