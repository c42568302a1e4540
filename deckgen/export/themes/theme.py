"""A theme: colours, sizes of type, and the grid on which things stand."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import Typeface, typeface

Colour = Annotated[str, StringConstraints(pattern=r"^[0-9A-F]{6}$")]
# Points, descending.
Sizes = Annotated[tuple[Annotated[int, Field(ge=4, le=400)], ...], Field(min_length=1, max_length=40)]
Points = Annotated[float, Field(ge=-10_000, le=10_000, allow_inf_nan=False)]
FontName = Annotated[str, StringConstraints(pattern=r"^\w[\w .+-]{0,63}$")]
Slot = Literal[
    "tx1", "bg1", "tx2", "bg2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6"
]
Role = Literal[
    "paper", "wash", "ink", "muted", "rest", "line", "accent", "soft", "contrast", "ramp", "title"
]
STANDARD = "clear"
NARROW, NARROW_WIDTH = "-4x3", 720.0  # behind a theme's name, and how wide its slides are then
# What is as wide as a theme's font, where that one is missing.
_EQUALS = {"Arial": "Liberation Sans", "Calibri": "Carlito"}


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Scheme(_Data):
    """The colours of a template by the slots of PowerPoint, and of which of them each role is a
    shade."""

    slots: tuple[tuple[Slot, Colour], ...]
    roles: tuple[tuple[Role, Slot], ...]
    title: Colour  # of headlines on what they stand on, which may be a band of another colour


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
    headline: Colour | None = None  # of headlines, where it is not that of other text
    scheme: Scheme | None = None  # a template's; without it each role has a slot of its own

    @property
    def title(self) -> str:
        """The colour of headlines on paper."""
        return self.headline or self.ink


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
    """Where things stand on a slide of twelve columns, in points.

    A slide of any size is laid out 540 points tall; `scale` says how many points one of them is there.
    """

    width: Points = 960
    height: Points = 540
    margin: Points = 40
    right: Points | None = None  # the margin there, if it is another one
    top: Points = 30  # of the headline
    body: Points | None = None  # where the body begins, if it does not follow the headline
    bottom: Points = 498  # of the body
    footer: Points = 508  # its top
    gutter: Points = 20
    columns: Annotated[int, Field(ge=1, le=24)] = 12
    scale: Annotated[float, Field(gt=0.05, lt=20)] = 1.0

    @property
    def end(self) -> float:
        """Where the right margin begins."""
        return self.width - (self.margin if self.right is None else self.right)

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.end - self.margin

    def span(self, columns: float) -> float:
        """Returns how wide so many columns are, with the gutters between them."""
        one = (self.inner - (self.columns - 1) * self.gutter) / self.columns
        return columns * one + (columns - 1) * self.gutter


class Place(_Data):
    """Where a text of a template stands, and how in its place."""

    left: Points
    top: Points
    width: Annotated[float, Field(gt=0, le=10_000)]
    height: Annotated[float, Field(gt=0, le=10_000)]
    align: Literal["left", "center", "right"] = "left"
    anchor: Literal["top", "middle", "bottom"] = "top"

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.width, self.height)


class Places(_Data):
    """Where a template has the texts that each slide has; of the cover its title and what follows.

    `layouts` are the numbers of those of its master that the cover and all other slides start from.
    """

    title: Place
    source: Place
    number: Place
    cover: Place
    subtitle: Place
    layouts: tuple[Annotated[int, Field(ge=0, le=999)], Annotated[int, Field(ge=0, le=999)]] = (0, 0)


ThemeName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9@-]{0,60}$")]


class Theme(_Data):
    """`font` draws its text. Its letters are taken to be as wide as those of `measured`, `stretch`
    times.

    `cover` are the colours of a cover that stands on another ground than the other slides.
    """

    name: ThemeName
    font: FontName
    sizes: TypeScale
    light: Palette
    dark: Palette
    grid: Grid = Grid()
    heading: FontName | None = None  # draws headlines, if it is another one
    measured: FontName | None = None
    stretch: Annotated[float, Field(ge=0.5, le=2)] = 1.0
    bold: bool = True  # headlines
    places: Places | None = None
    cover: Palette | None = None

    @property
    def families(self) -> str:
        """The fonts that may draw the theme's text, as style sheets list them."""
        return _families(self.font, self.measured)

    @property
    def heading_families(self) -> str:
        """The same for headlines."""
        return _families(self.heading or self.font, self.measured)

    @property
    def face(self) -> Typeface:
        return typeface(self.measured or self.font, self.stretch)


def _families(font: str, measured: str | None) -> str:
    alike = measured or font
    listed = dict.fromkeys(f'"{each}"' for each in (font, alike, _EQUALS.get(alike, alike)))
    return f"{', '.join(listed)}, Helvetica, sans-serif"


@cache
def names() -> tuple[str, ...]:
    """Returns what the themes are called, in the order of their names, each in 16:9 and in 4:3."""
    return tuple(sorted(name + size for name in wide_names() for size in ("", NARROW)))


@cache
def wide_names() -> tuple[str, ...]:
    """Returns what the themes are called in 16:9."""
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
    file = files("deckgen.export.themes") / f"{name.removesuffix(NARROW)}.toml"
    made = Theme.model_validate({"name": name, **tomllib.loads(file.read_text())})
    if not name.endswith(NARROW):
        return made
    return made.model_copy(update={"grid": made.grid.model_copy(update={"width": NARROW_WIDTH})})


def worn(name: str | None) -> Theme:
    """Returns the theme of this name, or the standard one: what was asked for may be gone since."""
    return theme(name if name in names() else STANDARD)
