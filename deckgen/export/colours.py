"""Colours: how far they stand apart, and what is made of them."""

from deckgen.export.themes.theme import Palette

STRENGTHS = (1.0, 0.5, 0.25)  # of a colour on paper, from strong to pale


def of_role(role: str, colours: Palette) -> str:
    """Returns the colour of a palette by its name; of its ramp by place, as in `ramp2`."""
    if role.startswith("ramp"):
        return colours.ramp[int(role[4:])]
    found: str = getattr(colours, role)
    return found


def readable_on(fill: str, colours: Palette) -> str:
    """Returns the role of the text that stands out more from a colour."""
    return max(("ink", "paper"), key=lambda text: contrast(of_role(text, colours), fill))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two RRGGBB colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def paler(colour: str, paper: str, share: float = 0.25) -> str:
    """`share` of `colour` on `paper`: the fill of what is not complete."""
    channels = ((int(colour[at : at + 2], 16), int(paper[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(share * front + (1 - share) * back):02X}" for front, back in channels)


def series_colour(number: int, colours: Palette) -> str:
    """The first series is what the slide is about; the others are its context."""
    return (colours.accent, colours.muted, colours.rest, colours.contrast)[number % 4]


def from_bad_to_good(count: int, colours: Palette) -> list[str]:
    """Returns the colours of at most seven answers: strong at the ends, grey in the middle."""
    shares = STRENGTHS[: count // 2]
    bad = [paler(colours.contrast, colours.paper, share) for share in shares]
    good = [paler(colours.accent, colours.paper, share) for share in reversed(shares)]
    return [*bad, *[colours.line] * (count % 2), *good]
