"""What is written along the axes, as layers of text marks in the places that were measured for them."""

from collections import defaultdict

from deckgen.export.charts.frame import LABEL_GAP, Frame
from deckgen.export.charts.marks.layers import Spec, layer
from deckgen.export.charts.view import View
from deckgen.export.layout.typefaces import LINE_SPACING

_AWAY = 7  # points between axis and text


def axis_texts(view: View, room: Frame, size: float, *, is_measured: bool) -> list[Spec]:
    """Returns the layers of text: `is_measured` says that categories are numbers along an axis.

    What stands at logarithmic axes are shapes: no format of numbers writes them as they are said.
    """
    if not room.is_written:
        return []
    values = _values(view, room) if room.axis and not room.scale.is_log else []
    if is_measured:
        across = [*_across(view, room), _title(view, room, size)]
        return values if room.across.is_log else [*values, *across]
    return [*_categories(view, room, size), *values]


def _text(rows: list[Spec], mark: Spec, **places: Spec) -> Spec:
    texts = {"field": "text", "type": "nominal", "scale": None}
    return layer(rows, {"type": "text", **mark}, text=texts, **places)


def _values(view: View, room: Frame) -> list[Spec]:
    ticks = room.scale.ticks
    labels = zip(ticks, view.ticks(room.scale, view.unit), strict=True)
    rows = [{"value": tick, "text": label} for tick, label in labels]
    if room.is_sideways:
        below = {"value": room.plot_height + _AWAY}
        return [_text(rows, {"align": "center", "baseline": "top"}, y=below)]
    return [_text(rows, {"align": "right", "baseline": "middle"}, x={"value": -_AWAY})]


def _across(view: View, room: Frame) -> list[Spec]:
    ticks = room.across.ticks
    labels = zip(ticks, view.ticks(room.across, view.chart.category_unit), strict=True)
    rows = [{"x": tick, "text": label} for tick, label in labels]
    return [_text(rows, {"align": "center", "baseline": "top"}, y={"value": room.plot_height + _AWAY})]


def _title(view: View, room: Frame, size: float) -> Spec:
    return _text(
        [{"text": view.category_label}],
        {"align": "center", "baseline": "top"},
        x={"value": room.plot_width / 2},
        y={"value": room.plot_height + _AWAY + size * LINE_SPACING},
    )


def _categories(view: View, room: Frame, size: float) -> list[Spec]:
    """One layer for each number of lines, since lines are centred as a whole beside a bar; and one
    for the names of what the slide is about, which are bold."""
    slot = room.left - LABEL_GAP + 0.1 if room.is_sideways else room.slot - 4
    alike: dict[tuple[int, bool], list[Spec]] = defaultdict(list)
    for index in range(0, len(room.categories), room.tick_every):
        label, bold = room.categories[index], view.stressed(index)
        lines = view.face.wrap(label, size, slot, bold=bold) if room.tick_every == 1 else [label]
        alike[len(lines), bold].append({"index": index, "text": lines})
    return [_names(rows, room, size, lines=lines, bold=bold) for (lines, bold), rows in alike.items()]


def _names(rows: list[Spec], room: Frame, size: float, *, lines: int, bold: bool) -> Spec:
    mark: Spec = {"fontWeight": "bold" if bold else "normal"}
    if not room.is_sideways:
        mark |= {"align": "center", "baseline": "top"}
        return _text(rows, mark, y={"value": room.plot_height + _AWAY})
    mark |= {"align": "right", "baseline": "middle", "dy": (1 - lines) / 2 * size * LINE_SPACING}
    return _text(rows, mark, x={"value": -_AWAY})
