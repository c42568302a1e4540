"""What a kind of chart is: a row in deckgen/export/charts/kinds, from which all drawings follow."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from deckgen.domain.charts import Annotation, Chart, ChartKind
from deckgen.export.charts.ends import End
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.scales import Scale, nice
from deckgen.export.scene.elements import Element
from deckgen.export.themes.theme import Theme

Layer = dict[str, Any]


def _from_zero(view: View) -> Scale:
    return nice(view.reached, zero=True)


def _has_all(chart: Chart) -> str:
    return ""


def _as_it_is(chart: Chart, other: str) -> Chart:
    return chart


def _no_ends(view: View) -> list[End]:
    return []


def _nothing(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    return ()


AnnotationKind = Literal["difference", "line", "band", "callout", "event"]
_UPRIGHT: tuple[AnnotationKind, ...] = ("difference", "line", "band", "callout", "event")
_SIDEWAYS: tuple[AnnotationKind, ...] = ("difference", "line", "callout")


@dataclass(frozen=True)
class Part:
    """A chart within a chart: where it stands, what it shows, and its own frame."""

    box: Box
    view: View
    room: Frame


def _whole(view: View, room: Frame) -> list[Part]:
    return [Part(Box(0, 0, room.width, room.height), view, room)]


@dataclass(frozen=True)
class Kind:
    """How charts of a kind are laid out and drawn.

    `frame` gives axes, labels and legend their room in a bare frame whose text has so many points.
    `marks` are the layers of Vega-Lite, over the axes `index` or `x` and `value`. `native` names the
    module of charts/native that makes the part of PowerPoint. `shapes` are what stands over both:
    lines, arrows and words, in points from the chart's corner. `ends` are names to the right of the
    plot, each at the height of a value. `parts` are the charts that it consists of; most are one.
    `lacks` says in a sentence what a chart misses, which is drawn as one of the kind `fallback` then.
    `derived` works out what is drawn from the values of the deck; its second argument is what parts are
    called that are drawn as one.

    A kind without a native part has no marks either: its shapes are all of it, in every format.

    `points_at` are the annotations that have a place in it, if these are not those that most have; what
    a chart can not point at is said above it. Shapes alone draw theirs themselves.
    """

    frame: Callable[[Frame, View, float], Frame]
    marks: Callable[[View, Frame, Theme], list[Layer]] | None = None
    native: str = ""
    shapes: Callable[[View, Frame, Theme], Iterable[Element]] = _nothing
    ends: Callable[[View], list[End]] = _no_ends
    parts: Callable[[View, Frame], list[Part]] = _whole
    scale: Callable[[View], Scale] = _from_zero
    lacks: Callable[[Chart], str] = _has_all
    fallback: ChartKind = ChartKind.COLUMN
    derived: Callable[[Chart, str], Chart] = _as_it_is
    points_at: tuple[AnnotationKind, ...] | None = None
    is_sideways: bool = False  # whether categories stand under one another
    is_based: bool = True  # whether marks stand on the line of the categories
    has_points: bool = False  # whether marks stand at the middle of a category, not over its width
    is_bridge: bool = False  # whether first and last value are totals, and the others changes
    is_stacked: bool = False  # whether series stand on one another, with their values inside
    tells_each: bool = False  # whether a slide that is about no series in particular is about all
    is_measured: bool = False  # whether categories are numbers along an axis
    partial: Literal["dashed", "lighter", "told"] = "told"  # how what is not complete is drawn, or not

    def __post_init__(self) -> None:
        if bool(self.marks) != bool(self.native):
            raise TypeError("A kind of chart has both marks and a native part, or shapes alone.")

    def can_draw(self, each: Annotation) -> bool:
        """Whether an annotation has a place in charts of this kind."""
        usual = () if self.is_shapes else _SIDEWAYS if self.is_sideways else _UPRIGHT
        kinds = usual if self.points_at is None else self.points_at
        return each.kind in kinds and (self.is_measured or not each.across)

    @property
    def is_shapes(self) -> bool:
        """Whether shapes are all that there is of it."""
        return not self.native

    @property
    def is_one_chart(self) -> bool:
        """Whether PowerPoint draws it as one chart: shapes are none, small multiples are several."""
        return bool(self.native) and self.parts is _whole
