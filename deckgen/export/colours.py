"""Colours: how far they stand apart, and what is made of them."""

from deckgen.export.themes.theme import Palette

HALF, QUARTER = 50, 25  # per cent of a colour on paper
_STRENGTHS = (100, HALF, QUARTER)  # of answers
MOST_ANSWERS = 2 * len(_STRENGTHS) + 1
# The shades that marks wear beside the colours themselves: a page has each of them for the dark too.
SHADES = {
    "accent": (HALF, QUARTER),
    "contrast": (HALF, QUARTER),
    "ink": (HALF, QUARTER),
    "muted": (HALF, QUARTER),
    "rest": (HALF, QUARTER),
    "line": (HALF,),
    "ramp1": (HALF,),
    "ramp2": (HALF,),
}


def pale(role: str, share: int = QUARTER) -> str:
    """Returns the role of so much of a colour on paper: the fill of what is not complete."""
    return f"{role}-{share}"


def of_role(role: str, colours: Palette) -> str:
    """Returns the colour of a palette by its name: of its ramp by place, as in `ramp2`, of a shade by
    its share in per cent, as in `accent-25`."""
    name, _, share = role.partition("-")
    found: str = colours.ramp[int(name[4:])] if name.startswith("ramp") else getattr(colours, name)
    return _mixed(found, colours.paper, int(share) / 100) if share else found


def _mixed(colour: str, paper: str, share: float) -> str:
    channels = ((int(colour[at : at + 2], 16), int(paper[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(share * front + (1 - share) * back):02X}" for front, back in channels)


def readable_on(role: str, colours: Palette) -> str:
    """Returns the role of the text that stands out more from a colour."""
    ground = of_role(role, colours)
    return max(("ink", "paper"), key=lambda text: contrast(of_role(text, colours), ground))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two RRGGBB colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = map(linear, channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channels(colour: str) -> tuple[float, float, float]:
    """Returns red, green and blue, from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def linear(channel: float) -> float:
    """Returns how much light a channel of a screen gives."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def of_series(number: int) -> str:
    """Returns the colour of a series: the first is what the slide is about, the others context."""
    return ("accent", "muted", "rest", "contrast")[number % 4]


def from_bad_to_good(count: int) -> list[str]:
    """Returns the roles of at most seven answers: strong at the ends, grey in the middle."""
    shares = _STRENGTHS[: count // 2]
    bad = [pale("contrast", share) for share in shares]
    good = [pale("accent", share) for share in reversed(shares)]
    return [*bad, *["line"] * (count % 2), *good]
