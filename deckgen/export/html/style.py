"""Colours of a page: variables by their role, so that drawings are dark where the page is."""

from collections.abc import Iterator

from deckgen.export.colours import SHADES, of_role, pale
from deckgen.export.themes.theme import Palette, Theme

_ROLES = ("ink", "muted", "rest", "line", "accent", "soft", "contrast", "paper", "wash")


def colours(palette: Palette) -> Iterator[tuple[str, str]]:
    """Yields each colour of a palette with its name."""
    for role in _ROLES:
        yield role, getattr(palette, role)
    yield "title", palette.title
    for number, shade in enumerate(palette.ramp):
        yield f"ramp{number}", shade
    for role, shares in SHADES.items():
        for share in shares:
            yield f"pale-{role}-{share}", of_role(pale(role, share), palette)


def mapped_colours(theme: Theme) -> dict[str, str]:
    """Returns the name of each colour that drawings wear; of two that are equal, the first's."""
    found: dict[str, str] = {}
    for name, colour in colours(theme.light):
        found.setdefault(colour, name)
    return found
