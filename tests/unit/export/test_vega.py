import re

import pytest

from deckgen.domain.decks import ChartKind
from deckgen.domain.formatting.display import Unit, ValueFormat
from deckgen.export.charts.view import view_of
from deckgen.export.html.vega import svg
from deckgen.export.text import Words
from deckgen.export.themes import DEFAULT
from tests.deck_parts import CITIES, chart
from tests.decks import sample_deck

WORDS = Words(sample_deck())


@pytest.mark.parametrize("kind", ChartKind)
def test_drawings_hold_shapes_and_text_only(kind: ChartKind) -> None:
    """Several drawings share a page: none has an identifier, a style, a script or a reference."""
    across = [1, 2, 3, 4, 5] if kind is ChartKind.SCATTER else CITIES
    drawn = svg(view_of(chart(kind, [*across], [5.0, 4, 3, 2, 1]), WORDS), DEFAULT, 600, 300)
    assert set(re.findall(r"<(\w+)", drawn)) <= {"svg", "g", "path", "line", "rect", "text", "tspan"}
    assert not re.search(r"\s(id|class|style|href|on\w+)=", drawn)


def test_control_characters_of_a_unit_do_not_reach_the_renderer() -> None:
    """The renderer ends the process at a character that XML can't hold, so that none may get there."""
    unit = Unit(format=ValueFormat.NUMBER, symbol="k\x01g")
    drawn = svg(
        view_of(chart(ChartKind.LINE, [*CITIES], [5.0, 4, 3, 2, 1], unit=unit), WORDS),
        DEFAULT,
        600,
        300,
    )
    assert "kg" in drawn
    assert "\x01" not in drawn


@pytest.mark.parametrize("label", ["if", "datum.value", "'];alert(1);['", "signal"])
def test_labels_are_not_read_as_expressions(label: str) -> None:
    """A label that is code to Vega is drawn as the text that it is, on axes and in legends."""
    bars = chart(ChartKind.BAR, [label, "other"], [2.0, 1.0], [1.0, 2.0])
    named = bars.model_copy(
        update={"series": [each.model_copy(update={"label": label}) for each in bars.series]}
    )
    assert svg(view_of(named, WORDS), DEFAULT, 600, 300).count(f">{label}<") == 3
