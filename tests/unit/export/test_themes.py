import pytest

from deckgen.export.themes import DEFAULT, Palette, contrast


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21:1, and #767676 on white is the grey that just passes at 4.54:1."""
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", [DEFAULT.light, DEFAULT.dark], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "muted", "accent", "loss"])
@pytest.mark.parametrize("behind", ["paper", "wash"])
def test_text_can_be_read(colours: Palette, text: str, behind: str) -> None:
    """Every colour that text wears has 4.5:1 on everything that text stands on."""
    assert contrast(getattr(colours, text), getattr(colours, behind)) >= 4.5


@pytest.mark.parametrize("colours", [DEFAULT.light, DEFAULT.dark], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["accent", "muted", "rest", "loss"])
def test_marks_can_be_seen(colours: Palette, mark: str) -> None:
    """Every colour that bars and lines wear has 3:1 on the paper."""
    assert contrast(getattr(colours, mark), colours.paper) >= 3
