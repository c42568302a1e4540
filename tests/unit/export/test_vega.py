import re
from xml.etree import ElementTree as Tree

import pytest

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.formatting.display import Unit, ValueFormat
from deckgen.export.charts.viewing import view_of
from deckgen.export.svg import drawing
from deckgen.export.text import Words
from deckgen.export.themes.theme import theme
from tests.chart_samples import one_of_each
from tests.deck_parts import CITIES, chart
from tests.decks import sample_deck

WORDS = Words(sample_deck())
SHAPES = {"svg", "g", "path", "line", "rect", "text", "tspan", "circle", "polygon", "polyline"}


def svg(shown: Chart) -> str:
    view = view_of(shown, WORDS, theme().face)
    return Tree.tostring(drawing.chart(view, theme(), 600, 300, 13), encoding="unicode")


@pytest.mark.parametrize("kind", ChartKind)
def test_drawings_hold_shapes_and_text_only(kind: ChartKind) -> None:
    """Several drawings share a page: none has an identifier, a style, a script or a reference."""
    drawn = svg(one_of_each()[kind])
    assert set(re.findall(r"<(\w+)", drawn)) <= SHAPES
    assert not re.search(r"\s(id|class|style|href|on\w+)=", drawn)


def test_control_characters_of_a_unit_do_not_reach_the_renderer() -> None:
    """The renderer ends the process at a character that XML can't hold, so that none may get there."""
    unit = Unit(format=ValueFormat.NUMBER, symbol="k\x01g")
    drawn = svg(chart(ChartKind.LINE, [*CITIES], [5.0, 4, 3, 2, 1], unit=unit))
    assert "kg" in drawn
    assert "\x01" not in drawn


@pytest.mark.parametrize("label", ["if", "datum.value", "'];alert(1);['", "signal"])
def test_labels_are_not_read_as_expressions(label: str) -> None:
    """A label that is code to Vega is drawn as the text that it is, on axes and in legends."""
    bars = chart(ChartKind.BAR, [label, "other"], [2.0, 1.0], [1.0, 2.0])
    named = bars.model_copy(
        update={"series": [each.model_copy(update={"label": label}) for each in bars.series]}
    )
    assert svg(named).count(f">{label}<") == 3
