import re

import pytest

from deckgen.export.colours import contrast, of_role, readable_on
from deckgen.export.themes.theme import STANDARD, Palette, names, theme

PALETTES = {f"{name}-{lit}": getattr(theme(name), lit) for name in names() for lit in ("light", "dark")}
every_palette = pytest.mark.parametrize("colours", PALETTES.values(), ids=PALETTES)


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21:1, and #767676 on white is the grey that just passes at 4.54:1."""
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_themes_are_found_by_name() -> None:
    """There are several, the standard one among them, and another name is refused."""
    assert STANDARD in names()
    assert len(names()) >= 3
    assert all(theme(name).name == name for name in names())
    with pytest.raises(KeyError, match="baroque"):
        theme("baroque")


@every_palette
@pytest.mark.parametrize("text", ["ink", "muted", "accent", "contrast"])
@pytest.mark.parametrize("behind", ["paper", "wash"])
def test_text_can_be_read(colours: Palette, text: str, behind: str) -> None:
    """Every colour that text wears has 4.5:1 on everything that text stands on."""
    assert contrast(getattr(colours, text), getattr(colours, behind)) >= 4.5


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize(
    "fill", ["accent", "contrast", "muted", "rest", "soft", "line", "ramp1", "ramp3"]
)
def test_labels_on_marks_can_be_read_in_the_dark_too(name: str, fill: str) -> None:
    """A page maps colours by their role, so that what is read on a colour is read on its dark one."""
    worn = theme(name)
    text = readable_on(fill, worn.light)
    for colours in (worn.light, worn.dark):
        assert contrast(of_role(text, colours), of_role(fill, colours)) >= 4.5


@every_palette
def test_a_number_can_be_read_on_its_disc(colours: Palette) -> None:
    """The accent is read on its own soft ground."""
    assert contrast(colours.accent, colours.soft) >= 4.5


@every_palette
@pytest.mark.parametrize("mark", ["accent", "muted", "rest", "contrast"])
def test_marks_can_be_seen(colours: Palette, mark: str) -> None:
    """Every colour that bars and lines wear has 3:1 on the paper."""
    assert contrast(getattr(colours, mark), colours.paper) >= 3


@every_palette
def test_good_and_bad_are_told_apart_without_red_and_green(colours: Palette) -> None:
    """One has more blue and the other more red, which every kind of colour blindness leaves."""
    good, bad = (
        [int(each, 16) for each in re.findall("..", colour)]
        for colour in (colours.accent, colours.contrast)
    )
    assert good[2] > good[0]
    assert bad[0] > bad[2]


@pytest.mark.parametrize("name", names())
def test_sizes_can_be_read_and_descend(name: str) -> None:
    """No text is set in less than 10 points, no headline in less than 20, the wanted size first."""
    for kind, sizes in theme(name).sizes:
        assert list(sizes) == sorted(sizes, reverse=True), kind
        assert min(sizes) >= (20 if kind in ("headline", "cover") else 10)
