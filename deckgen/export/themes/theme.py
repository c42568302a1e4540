"""A theme: colours, sizes of type, and the grid on which things stand."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from deckgen.export.layout.typefaces import Typeface, typeface

Colour = Annotated[str, StringConstraints(pattern=r"^[0-9A-F]{6}$")]
Sizes = tuple[int, ...]  # points, descending
STANDARD = "clear"
# What is as wide as a theme's font, where that one is missing.
_EQUALS = {"Arial": "Liberation Sans", "Calibri": "Carlito"}


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Palette(_Data):
    """Colours as RRGGBB. Text holds 4.5:1 on `paper` and on `wash`, marks hold 3:1 on `paper`.

    `accent` and `contrast` are also good and bad: blue and orange are told apart by everybody.
    """

    paper: Colour
    wash: Colour  # behind panels and cards
    ink: Colour
    muted: Colour  # secondary text
    rest: Colour  # marks that are context
    line: Colour  # hairlines and gridlines: decoration only
    accent: Colour  # what matters
    soft: Colour  # the accent as a ground for text
    contrast: Colour  # what stands against it: losses, misses
    ramp: tuple[Colour, Colour, Colour, Colour, Colour]  # from little to much


class TypeScale(_Data):
    """The sizes in which each kind of text may be set, in points, the wanted one first."""

    cover: Sizes
    headline: Sizes
    lead_in: Sizes
    takeaway: Sizes
    body: Sizes
    figure: Sizes
    label: Sizes  # under figures, over columns
    table: Sizes
    chart: Sizes
    source: Sizes


class Grid(_Data):
    """Where things stand on a slide of twelve columns, in points."""

    width: float = 960
    height: float = 540
    margin: float = 40
    top: float = 30  # of the headline
    bottom: float = 498  # of the body
    footer: float = 508  # its top
    gutter: float = 20
    columns: int = 12

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    def span(self, columns: float) -> float:
        """Returns how wide so many columns are, with the gutters between them."""
        one = (self.inner - (self.columns - 1) * self.gutter) / self.columns
        return columns * one + (columns - 1) * self.gutter


class Theme(_Data):
    name: str
    font: str
    sizes: TypeScale
    light: Palette
    dark: Palette
    grid: Grid = Grid()

    @property
    def families(self) -> str:
        """The fonts that may draw the theme's text, as style sheets list them."""
        equal = _EQUALS.get(self.font, self.font)
        return f'"{self.font}", "{equal}", Helvetica, sans-serif'

    @property
    def face(self) -> Typeface:
        return typeface(self.font)


@cache
def names() -> tuple[str, ...]:
    """Returns what the themes are called, in the order of their names."""
    folder = files("deckgen.export.themes")
    return tuple(
        sorted(
            each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml")
        )
    )


@cache
def theme(name: str = STANDARD) -> Theme:
    """Returns the theme of this name; KeyError if there is none."""
    if name not in names():
        raise KeyError(name)
    document = tomllib.loads((files("deckgen.export.themes") / f"{name}.toml").read_text())
    return Theme.model_validate({"name": name, **document})


def worn(name: str | None) -> Theme:
    """Returns the theme of this name, or the standard one: what was asked for may be gone since."""
    return theme(name if name in names() else STANDARD)
