"""A native chart with new data: caches and workbook are those of a chart that was just drawn.

How it looks stays: colours, lines, fonts and places of the chart in the file. Only what hangs on the
data follows them: labels of points, formats of numbers, and how far the axes reach.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.charts import number
from deckgen.export.pptx.rewriting.handles import C, R
from deckgen.export.pptx.rewriting.package import Package
from deckgen.export.pptx.rewriting.workbooks import Cells, renewed

_DATA = ("tx", "cat", "xVal", "val", "yVal")
_KINDS = {f"{C}{name}" for name in ("xVal", "val", "yVal")}
_C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# What stands behind labels and single points in a series.
_BEHIND_POINTS = ("dLbls", "trendline", "errBars", "cat", "xVal", "val", "yVal", "smooth", "extLst")
_BEHIND_LABELS = _BEHIND_POINTS[1:]
_SCALE = ("max", "min")


@dataclass(frozen=True)
class Follower:
    """A series in the file: which of the fresh ones it follows, by number, and what people changed in
    it by hand: its `title`, and `values` and `names` by the number of the new point.
    """

    of: int
    values: Mapping[int, float | None] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    title: str = ""


def renew(
    package: Package,
    part: str,
    fresh: Archive,
    fresh_part: str,
    followers: Mapping[int, Follower] | None,
) -> bool:
    """Give a chart the data of a fresh one; `followers` are by the numbers of its own series, and None
    if the fresh one has other series than it was made with.

    Returns whether it was drawn anew as a whole.
    """
    root, new = package.root(part), fresh.xml(fresh_part)
    own, its = list(root.iter(f"{C}ser")), list(new.iter(f"{C}ser"))
    workbook, source = _workbook(package.archive, part, root), _workbook(fresh, fresh_part, new)
    pairs = [(own[place], its[each.of], each) for place, each in (followers or {}).items()]
    is_anew = followers is None or not all(_has_alike(one, other) for one, other, _ in pairs)
    cells: Cells = {}
    if is_anew:
        _draw_anew(root, new, has_workbook=bool(workbook))
    else:
        for series, other, follower in pairs:
            cells |= _series(series, other, follower, has_workbook=bool(workbook))
        _axes(root, new)
    package.keep(part)
    if workbook and source:
        content = package.archive.read(workbook)
        package.write(workbook, renewed(content, fresh.read(source), cells))
    return is_anew


def _has_alike(own: Any, its: Any) -> bool:
    """True if two series have data of the same kinds: those of a scatter are others."""
    mine, other = ({each.tag for each in series} & _KINDS for series in (own, its))
    return mine == other


def _workbook(archive: Archive, part: str, root: Any) -> str:
    known = archive.relations(part)
    for link in root.iter(f"{C}externalData"):
        relation = known.get(link.get(f"{R}id", ""))
        if relation and not relation.is_external:
            return relation.target
    return ""


def _series(own: Any, its: Any, follower: Follower, *, has_workbook: bool) -> Cells:
    """Write the data of a series; returns the cells of what people changed."""
    cells: Cells = {}
    for tag in _DATA:
        old, new = own.find(f"{C}{tag}"), its.find(f"{C}{tag}")
        if old is None or new is None:
            continue
        copy = deepcopy(new)
        cells |= _keep(copy, _kept(tag, follower))
        if not has_workbook:
            _name_as_before(copy, old)
        own.replace(old, copy)
    if own.getparent().tag == its.getparent().tag:  # a line's labels have other places than a bar's
        _points(own, its)
    for old, new in zip(
        own.iter(f"{_C15}dlblRangeCache"), its.iter(f"{_C15}dlblRangeCache"), strict=False
    ):
        old[:] = [deepcopy(each) for each in new]
    return cells


def _kept(tag: str, follower: Follower) -> Mapping[int, float | str | None]:
    """Returns by the number of the point what people changed in a part of a series."""
    if tag == "tx":
        return {0: follower.title} if follower.title else {}
    return follower.values if tag in ("val", "yVal") else follower.names


def _keep(data: Any, kept: Mapping[int, float | str | None]) -> Cells:
    """Write what people changed into points; returns their cells, in the column that is drawn."""
    formula = data.findtext(f".//{C}f", default="")
    first = formula.partition("!")[2].partition(":")[0].replace("$", "")
    column = first.rstrip("0123456789")
    start = int(first[len(column) :] or 0)
    is_text = next(data.iter(f"{C}numCache"), None) is None
    cells: Cells = {}
    for point in data.iter(f"{C}pt"):
        place = int(point.get("idx"))
        value = kept.get(place) if is_text else number(str(kept.get(place)))
        if value is not None:
            point.find(f"{C}v").text = str(value)
            cells[f"{column}{start + place}"] = value
    return cells


def _name_as_before(new: Any, old: Any) -> None:
    """Have data say that they stand where they stood: there is no workbook whose cells they name."""
    for mine, its in zip(new.iter(f"{C}f"), old.iter(f"{C}f"), strict=False):
        mine.text = its.text


def _points(own: Any, its: Any) -> None:
    """Have the same points marked and labelled as in the fresh series."""
    for tag, behind in (("dPt", _BEHIND_POINTS), ("dLbl", _BEHIND_LABELS)):
        old, new = _by_number(own, tag), _by_number(its, tag)
        if len(old) == len(new):
            for each, other in zip(old.values(), new.values(), strict=True):
                _follow(each, other)
        elif tag == "dPt":
            _exchange(own, its, "dPt", behind)
        else:
            _exchange(own, its, "dLbls", behind)


def _by_number(series: Any, tag: str) -> dict[str, Any]:
    return {each.find(f"{C}idx").get("val"): each for each in series.iter(f"{C}{tag}")}


def _follow(old: Any, new: Any) -> None:
    """Have a point or its label stand for the fresh one, with its text and its format."""
    old.find(f"{C}idx").set("val", new.find(f"{C}idx").get("val"))
    mine, other = old.find(f"{C}numFmt"), new.find(f"{C}numFmt")
    if mine is not None and other is not None:
        mine.set("formatCode", other.get("formatCode"))
    texts, said = list(old.iter(f"{_A}t")), "".join(each.text or "" for each in new.iter(f"{_A}t"))
    for place, text in enumerate(texts):
        text.text = said if place == 0 else ""


def _exchange(own: Any, its: Any, tag: str, behind: tuple[str, ...]) -> None:
    for old in own.findall(f"{C}{tag}"):
        own.remove(old)
    following = next((each for each in own if each.tag in {f"{C}{name}" for name in behind}), None)
    for each in its.findall(f"{C}{tag}"):
        own.append(deepcopy(each)) if following is None else following.addprevious(deepcopy(each))


def _axes(root: Any, new: Any) -> None:
    for tag in ("valAx", "catAx", "dateAx"):
        for old, other in zip(root.iter(f"{C}{tag}"), new.iter(f"{C}{tag}"), strict=False):
            _scale(old, other)


def _scale(axis: Any, new: Any) -> None:
    scaling, other = axis.find(f"{C}scaling"), new.find(f"{C}scaling")
    for name in _SCALE:
        for old in scaling.findall(f"{C}{name}"):
            scaling.remove(old)
    scaling.extend(deepcopy(each) for name in _SCALE for each in other.findall(f"{C}{name}"))
    for name in ("majorUnit", "tickLblSkip", "tickMarkSkip"):
        old, its = axis.find(f"{C}{name}"), new.find(f"{C}{name}")
        if old is not None and its is not None:
            old.set("val", its.get("val"))
    mine, its = axis.find(f"{C}numFmt"), new.find(f"{C}numFmt")
    if mine is not None and its is not None:
        mine.set("formatCode", its.get("formatCode"))


def _draw_anew(root: Any, new: Any, *, has_workbook: bool) -> None:
    old, fresh = root.find(f"{C}chart"), deepcopy(new.find(f"{C}chart"))
    root.replace(old, fresh)
    if not has_workbook:
        for each in root.iter(f"{C}f"):
            each.text = "no workbook"
