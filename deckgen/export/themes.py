"""How a deck looks, in every export. Content knows nothing of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours as RRGGBB. Text holds 4.5:1 on `paper` and on `wash`, marks hold 3:1 on `paper`."""

    paper: str
    wash: str  # behind cards and callouts
    ink: str
    muted: str  # secondary text, totals of a waterfall
    accent: str  # what matters
    loss: str  # decreases in a waterfall
    rest: str  # marks that are context
    line: str  # hairlines and gridlines: decoration only


@dataclass(frozen=True)
class Grid:
    """Where things stand on a slide, in inches."""

    width: float = 13.333
    height: float = 7.5
    margin: float = 0.6
    title_top: float = 0.4
    title_height: float = 0.9
    body_top: float = 1.6
    body_bottom: float = 6.7
    footer_top: float = 6.93
    footer_height: float = 0.3
    gap: float = 0.3

    @property
    def content_width(self) -> float:
        return self.width - 2 * self.margin

    @property
    def body_height(self) -> float:
        return self.body_bottom - self.body_top


@dataclass(frozen=True)
class Theme:
    """Sizes are in points. Arial is on every Office; Liberation Sans has the same widths elsewhere."""

    font: str
    light: Palette
    dark: Palette
    grid: Grid = Grid()
    title_sizes: tuple[int, ...] = (26, 24, 22, 20)
    cover_sizes: tuple[int, ...] = (40, 36, 32, 28, 24)
    body_sizes: tuple[int, ...] = (24, 20, 18, 16, 14, 12)
    kpi_sizes: tuple[int, ...] = (40, 36, 32, 28, 24, 20, 18)
    small: int = 12  # the floor: charts, tables, source line


DEFAULT = Theme(
    font="Arial",
    light=Palette(
        paper="FFFFFF",
        wash="F3F6F9",
        ink="1B2733",
        muted="56626E",
        accent="0B5CAD",
        loss="B5471B",
        rest="7F8C9A",
        line="DDE3E9",
    ),
    dark=Palette(
        paper="151B22",
        wash="1F2832",
        ink="EEF2F6",
        muted="A9B5C1",
        accent="6CB2F5",
        loss="F0936A",
        rest="7C8A99",
        line="35414D",
    ),
)


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
    return (colours.accent, colours.muted, colours.rest, colours.loss)[number % 4]
