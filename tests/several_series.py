"""Charts of several series, and whether their words keep apart, for the tests of kinds."""

from itertools import combinations
from typing import Any

from deckgen.domain.charts import Chart, ChartKind, Series, SeriesRole
from deckgen.domain.formatting.display import Value
from deckgen.export.charts import inked
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.kinds import over
from deckgen.export.charts.view import View
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element, TextBox
from tests.deck_parts import DOLLARS, MONTH, YEAR, chart
from tests.drawn_charts import THEME, laid_out, written

WIDE, TALL = 560, 330  # as charts are laid out in tests
GROUPS: list[Value] = ["DACH", "UK & Ireland", "France", "Nordics", "Iberia"]


def series(
    label: str, values: list[float | int | None], role: SeriesRole = SeriesRole.ACTUAL
) -> Series:
    return Series(label=label, unit=DOLLARS, values=values, role=role)


def of(kind: ChartKind, categories: list[Value], *each: Series, **more: Any) -> Chart:
    made = chart(kind, categories, [1.0] * len(categories))
    return made.model_copy(update={"series": list(each), **more})


def seen(shown: Chart) -> tuple[View, Frame]:
    return laid_out(shown)[:2]


def elements(shown: Chart) -> list[Element]:
    return laid_out(shown)[2]


def texts(shown: Chart) -> list[str]:
    return written(elements(shown))


def assert_apart(shown: Chart) -> None:
    """No text lies on another, on a label of a mark, or outside of the chart."""
    view, room = seen(shown)
    boxes = [each.box for each in over(view, room, THEME) if isinstance(each, TextBox)]
    boxes += inked.labels(view, room)
    assert not [pair for pair in combinations(boxes, 2) if touch(*pair)]
    for box in boxes:
        assert min(box.left, box.top, WIDE - box.right, TALL - box.bottom) > -1, box


def touch(one: Box, other: Box) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0.5 and high > 0.5


PRODUCTS = ["Platform", "Analytics", "Services", "Support", "Hardware", "Training", "Licences"]
YEARS: list[Value] = ["2021-01-01", "2022-01-01", "2023-01-01"]
SEVEN = [
    series(name, [(7 - n) * 4e5, (7 - n) * 4.5e5, (7 - n) * 5e5 - (6e5 if n == 2 else 0)])
    for n, name in enumerate(PRODUCTS)
]


def over_time(kind: ChartKind, categories: list[Value], *each: Series, **more: Any) -> Chart:
    unit = YEAR if len(categories) < 6 else MONTH
    return of(kind, categories, *each, category_unit=unit, **more)
