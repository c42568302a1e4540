"""What is written along the axes, as layers of text marks in the places that were measured for them."""

from collections import defaultdict
from typing import Any

from deckgen.domain.decks import ChartKind
from deckgen.export.charts.frame import LABEL_GAP, Frame
from deckgen.export.charts.view import View
from deckgen.export.html.layers import layer
from deckgen.export.layout.number_formats import tick_labels
from deckgen.export.layout.text_metrics import LINE_SPACING, wrap

Spec = dict[str, Any]
SIZE = 13  # of text, in CSS pixels
_AWAY = 7  # CSS pixels between axis and text
_LINE = SIZE * LINE_SPACING


def axis_texts(view: View, room: Frame) -> list[Spec]:
    if view.kind is ChartKind.SCATTER:
        return [*_values(view, room), *_across(view, room), *_titles(view, room)]
    return [*_categories(view, room), *(_values(view, room) if room.axis else [])]


def _text(rows: list[Spec], mark: Spec, **places: Spec) -> Spec:
    texts = {"field": "text", "type": "nominal", "scale": None}
    return layer(rows, {"type": "text", "lineHeight": _LINE, **mark}, text=texts, **places)


def _values(view: View, room: Frame) -> list[Spec]:
    ticks = room.scale.ticks
    labels = zip(ticks, tick_labels(ticks, view.unit, view.formatter), strict=True)
    rows = [{"value": tick, "text": label} for tick, label in labels]
    return [_text(rows, {"align": "right", "baseline": "middle"}, x={"value": -_AWAY})]


def _across(view: View, room: Frame) -> list[Spec]:
    ticks = room.across.ticks
    labels = zip(ticks, tick_labels(ticks, view.chart.category_unit, view.formatter), strict=True)
    rows = [{"x": tick, "text": label} for tick, label in labels]
    return [_text(rows, {"align": "center", "baseline": "top"}, y={"value": room.plot_height + _AWAY})]


def _titles(view: View, room: Frame) -> list[Spec]:
    below = room.plot_height + _AWAY + _LINE
    return [
        _text(
            [{"text": view.category_label}],
            {"align": "center", "baseline": "top"},
            x={"value": room.plot_width / 2},
            y={"value": below},
        ),
        _text(
            [{"text": view.labels[0]}],
            {"align": "center", "baseline": "top", "angle": -90},
            x={"value": 2 - room.left},
            y={"value": room.plot_height / 2},
        ),
    ]


def _categories(view: View, room: Frame) -> list[Spec]:
    """One layer for each number of lines, since lines are centred as a whole beside a bar."""
    beside = view.kind is ChartKind.BAR
    slot = room.left - LABEL_GAP + 0.1 if beside else room.slot - 4
    by_lines: dict[int, list[Spec]] = defaultdict(list)
    for index in range(0, len(room.categories), room.tick_every):
        label = room.categories[index]
        lines = wrap(label, SIZE, slot) if room.tick_every == 1 else [label]
        by_lines[len(lines)].append({"index": index, "text": lines})
    if not beside:
        mark = {"align": "center", "baseline": "top"}
        under = {"value": room.plot_height + _AWAY}
        return [_text(rows, mark, y=under) for rows in by_lines.values()]
    return [
        _text(
            rows,
            {"align": "right", "baseline": "middle", "dy": (1 - lines) / 2 * _LINE},
            x={"value": -_AWAY},
        )
        for lines, rows in by_lines.items()
    ]
