"""Colours of a page: variables by their role, so that drawings are dark where the page is."""

from collections.abc import Iterator

from deckgen.export.colours import paler
from deckgen.export.themes.theme import Palette, Theme

_ROLES = ("ink", "muted", "rest", "line", "accent", "soft", "contrast", "paper", "wash")
# Marks of what is not complete are a quarter of a colour; answers on a scale are stronger by steps.
_QUARTER, _STEPS = (1 / 4,), (1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4)
_PALE = {"accent": _STEPS, "contrast": _STEPS, "muted": _QUARTER, "rest": _QUARTER}


def colours(palette: Palette) -> Iterator[tuple[str, str]]:
    """Yields each colour of a palette with its name."""
    for role in _ROLES:
        yield role, getattr(palette, role)
    for number, shade in enumerate(palette.ramp):
        yield f"ramp{number}", shade
    for role, shares in _PALE.items():
        for share in shares:
            shade = paler(getattr(palette, role), palette.paper, share)
            yield f"pale-{role}-{round(100 * share)}", shade


def mapped_colours(theme: Theme) -> dict[str, str]:
    """Returns the name of each colour that drawings wear; of two that are equal, the first's."""
    found: dict[str, str] = {}
    for name, colour in colours(theme.light):
        found.setdefault(colour, name)
    return found
