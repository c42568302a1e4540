"""What is drawn over a chart in shapes, anew where its data have moved: arrows, bands, whole charts.

Such shapes stand in one group. It stays where people have put it, as large as they made it.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from deckgen.export.pptx.reading.slides import said
from deckgen.export.pptx.rewriting.handles import A, P

_LEAVES = (f"{P}sp", f"{P}cxnSp", f"{P}pic", f"{P}graphicFrame")
_OWN = (f"{P}nvGrpSpPr", f"{P}grpSpPr")
_NEAR = 25_400  # two points: programs round places
_SAME_SIZE = 0.02


@dataclass(frozen=True)
class _Area:
    left: float
    top: float
    width: float
    height: float


def is_other(old: Any, new: Any) -> bool:
    """True if two groups that were drawn are not alike, whatever their shapes are called."""
    return _plain(old) != _plain(new)


def is_as_drawn(group: Any, old: Any) -> bool:
    """True if a group in a file has the shapes and the texts with which it was drawn."""
    alike = [sum(1 for _ in each.iter(*_LEAVES)) for each in (group, old)]
    return alike[0] == alike[1] and sorted(_texts(group)) == sorted(_texts(old))


def redraw(group: Any, old: Any, new: Any, root: Any) -> None:
    """Give a group the shapes of a new one, where they stand beside those of the old one."""
    before, now = _area(old), _area(group)
    wide, tall = _ratio(now.width, before.width), _ratio(now.height, before.height)
    left, top = now.left - before.left * wide, now.top - before.top * tall
    if max(abs(now.left - before.left), abs(now.top - before.top)) < _NEAR and wide == tall == 1:
        left = top = 0.0
    for each in [one for one in group if one.tag not in _OWN]:
        group.remove(each)
    taken = [int(each.get("id", "0")) for each in root.iter(f"{P}cNvPr")]
    numbers = count(max(taken, default=0) + 1)
    for each in _copies(new):
        group.append(each)
        for own in each.iter(f"{P}cNvPr"):
            own.set("id", str(next(numbers)))
    frame, its = (each.find(f"{P}grpSpPr/{A}xfrm") for each in (group, new))
    for tag in ("chOff", "chExt"):
        _set(frame.find(f"{A}{tag}"), its.find(f"{A}{tag}"))
    off, ext = its.find(f"{A}off"), its.find(f"{A}ext")
    frame.find(f"{A}off").set("x", str(round(int(off.get("x")) * wide + left)))
    frame.find(f"{A}off").set("y", str(round(int(off.get("y")) * tall + top)))
    frame.find(f"{A}ext").set("cx", str(round(int(ext.get("cx")) * wide)))
    frame.find(f"{A}ext").set("cy", str(round(int(ext.get("cy")) * tall)))


def _copies(group: Any) -> Iterator[Any]:
    yield from (deepcopy(each) for each in group if each.tag not in _OWN)


def _set(own: Any, its: Any) -> None:
    for name, value in its.attrib.items():
        own.set(name, value)


def _ratio(now: float, before: float) -> float:
    ratio = now / before if before and now else 1.0
    return 1.0 if abs(ratio - 1) < _SAME_SIZE else ratio


def _area(group: Any) -> _Area:
    """Returns the part of the slide that the shapes of a group take."""
    frame = group.find(f"{P}grpSpPr/{A}xfrm")
    off, ext, inner_off, inner_ext = (
        _pair(frame.find(f"{A}{tag}")) for tag in ("off", "ext", "chOff", "chExt")
    )
    wide, tall = (mine / its if its else 1.0 for mine, its in zip(ext, inner_ext, strict=True))
    boxes = [_box(each) for each in group.iter(*_LEAVES)]
    found = [box for box in boxes if box]
    left, top = min(box[0] for box in found), min(box[1] for box in found)
    right, bottom = max(box[0] + box[2] for box in found), max(box[1] + box[3] for box in found)
    return _Area(
        off[0] + (left - inner_off[0]) * wide,
        off[1] + (top - inner_off[1]) * tall,
        (right - left) * wide,
        (bottom - top) * tall,
    )


def _box(shape: Any) -> tuple[int, int, int, int] | None:
    frame = next(shape.iter(f"{A}xfrm", f"{P}xfrm"), None)
    if frame is None:
        return None
    return _pair(frame.find(f"{A}off")) + _pair(frame.find(f"{A}ext"))


def _pair(element: Any) -> tuple[int, int]:
    first, second = ("x", "y") if element.get("x") is not None else ("cx", "cy")
    return int(element.get(first)), int(element.get(second))


def _texts(group: Any) -> list[str]:
    return [text for each in group.iter(f"{A}p") if (text := said(each))]


def _plain(group: Any) -> bytes:
    copy = deepcopy(group)
    for own in copy.iter(f"{P}cNvPr"):
        own.attrib.clear()
    return bytes(etree.tostring(copy, method="c14n"))
