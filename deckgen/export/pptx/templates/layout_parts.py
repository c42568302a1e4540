"""Layouts of a template as they are shown: their placeholders, what decorates them, what is behind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deckgen.export.layout.boxes import Box
from deckgen.export.pptx.templates.parts import A, P, Part, whole
from deckgen.export.pptx.templates.tints import Tints

EMU = 12_700  # in a point
_TITLES = ("title", "ctrTitle")
# Which of a master's placeholders those of a layout take after.
_AFTER = {"ctrTitle": "title", "title": "title", "dt": "dt", "ftr": "ftr", "sldNum": "sldNum"}
_INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}
MAX_SHAPES = 5_000
_FAR = 3_000.0  # points of the stage: what is further out, or larger, is seen on no slide
Transform = tuple[float, float, float, float]  # factors across and down, and what is added


@dataclass(frozen=True)
class Holder:
    """A placeholder: `chain` are the shapes that say its looks, its own first."""

    kind: str
    box: Box
    chain: tuple[Any, ...]

    @property
    def is_title(self) -> bool:
        return self.kind in _TITLES

    @property
    def is_body(self) -> bool:
        return self.kind in ("body", "obj")

    def frame(self, name: str) -> str | None:
        """Returns a property of its text's frame."""
        for shape in self.chain:
            body = shape.find(f"{P}txBody/{A}bodyPr")
            if body is not None and body.get(name) is not None:
                return str(body.get(name))
        return None

    def levels(self) -> Iterator[Any]:
        """Yields what says how its first level looks, the nearest first."""
        for shape in self.chain:
            found = shape.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr")
            if found is not None:
                yield found


@dataclass(frozen=True)
class Decoration:
    """A shape that is no placeholder; `fill` is its colour, None where what is behind is seen."""

    box: Box
    fill: str | None


class Shown:
    """A layout of a master; lengths are points of a stage that is 540 of them tall."""

    def __init__(self, part: Part, master: Part, stage: float) -> None:
        self.part, self.master, self._stage = part, master, stage
        self.name = " ".join(_name(part).split())[:80]
        self.kind = part.root.get("type", "")

    @cached_property
    def tints(self) -> Tints:
        own = self.part.root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        mapping = own if own is not None else self.master.root.find(f"{P}clrMap")
        (theme, *_) = self.master.related("theme")
        return Tints(theme, {} if mapping is None else dict(mapping.attrib))

    @property
    def paper(self) -> str:
        """What is behind all."""
        found = self.tints.behind(self.part) or self.tints.behind(self.master)
        return found or self.tints.slots["bg1"]

    @cached_property
    def holders(self) -> list[Holder]:
        """Its placeholders that stand somewhere and are not set upright."""
        return [each for shape in _shapes(self.part) if (each := self._holder(shape))]

    @cached_property
    def of_master(self) -> list[Holder]:
        return [each for shape in _shapes(self.master) if (each := self._holder(shape))]

    @cached_property
    def decorations(self) -> list[Decoration]:
        """What is drawn besides, from behind."""
        shows_masters = self.part.root.get("showMasterSp", "1") not in ("0", "false")
        parts = [self.master, self.part] if shows_masters else [self.part]
        unit = 1 / EMU * self._stage
        drawn = [
            each
            for part in parts
            for tree in part.root.iterfind(f"{P}cSld/{P}spTree")
            for each in self._drawn(tree, part.relations, (unit, unit, 0.0, 0.0))
        ]
        return drawn + [
            Decoration(each.box, fill)
            for each in self.holders
            if each.is_title and (fill := self._panel(each))
        ]

    def _panel(self, holder: Holder) -> str | None:
        """Returns the colour with which the place of a text is filled."""
        found = (each.find(f"{P}spPr") for each in holder.chain)
        fills = (self.tints.fill(each, self.part.relations) for each in found if each is not None)
        return next((each for each in fills if each), None)

    def one(self, *kinds: str) -> Holder | None:
        """Returns the largest placeholder of the kinds."""
        found = [each for each in self.holders if each.kind in kinds]
        return max(found, key=lambda each: each.box.width * each.box.height, default=None)

    def level(self, holder: Holder) -> list[Any]:
        """Returns what says how the first level of a placeholder looks, the nearest first."""
        name = "titleStyle" if holder.is_title else "bodyStyle" if holder.is_body else "otherStyle"
        last = self.master.root.find(f"{P}txStyles/{P}{name}/{A}lvl1pPr")
        return [*holder.levels(), *([last] if last is not None else [])]

    def _holder(self, shape: Any) -> Holder | None:
        named = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if named is None:
            return None
        kind = named.get("type", "obj")
        above = self._above.get(_AFTER.get(kind, "body"))
        chain = (shape,) if above is None or above is shape else (shape, above)
        frame = next(
            (each for one in chain if (each := one.find(f"{P}spPr/{A}xfrm")) is not None), None
        )
        box = None if frame is None else _box(frame, self._unit)
        holder = Holder(kind, box, chain) if box and _can_be_seen(box) else None
        is_upright = holder and (holder.frame("vert") or "horz") != "horz"
        return None if is_upright else holder

    @cached_property
    def _above(self) -> dict[str, Any]:
        """The first placeholder of each type that the master has."""
        found: dict[str, Any] = {}
        for shape in _shapes(self.master):
            named = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
            if named is not None:
                found.setdefault(named.get("type", "body"), shape)
        return found

    @property
    def _unit(self) -> Transform:
        return (self._stage / EMU, self._stage / EMU, 0.0, 0.0)

    def _drawn(self, tree: Any, relations: Mapping[str, Part], unit: Transform) -> Iterator[Decoration]:
        for shape in tree:
            kind = shape.tag.rpartition("}")[2]
            properties = shape.find(f"{P}spPr")
            if kind == "grpSp":
                inner = _within(shape, unit)
                if inner:
                    yield from self._drawn(shape, relations, inner)
            elif kind in ("sp", "pic", "cxnSp") and shape.find(f"*/{P}nvPr/{P}ph") is None:
                frame = None if properties is None else properties.find(f"{A}xfrm")
                box = None if frame is None else _box(frame, unit)
                if box:
                    holder = shape if kind == "pic" else properties
                    yield Decoration(box, self._fill(shape, holder, relations))
            elif kind == "graphicFrame":
                frame = shape.find(f"{P}xfrm")
                if frame is not None and (box := _box(frame, unit)):
                    yield Decoration(box, None)

    def _fill(self, shape: Any, holder: Any, relations: Mapping[str, Part]) -> str | None:
        if holder.find(f"{A}noFill") is not None:
            return None
        found = self.tints.fill(holder, relations)
        styled = shape.find(f"{P}style/{A}fillRef")
        if found is None and styled is not None and styled.get("idx", "0") != "0":
            return self.tints.colour(styled)
        return found


def _shapes(part: Part) -> list[Any]:
    return list(part.root.iterfind(f"{P}cSld/{P}spTree/{P}sp"))[:MAX_SHAPES]


def _name(part: Part) -> str:
    found = part.root.find(f"{P}cSld")
    return "" if found is None else found.get("name", "")


def _box(frame: Any, unit: Transform) -> Box | None:
    sides = _lengths(frame, "off", "x", "y"), _lengths(frame, "ext", "cx", "cy")
    if None in sides:
        return None
    (left, top), (wide, tall) = sides  # type: ignore[misc]  # neither is None
    across, down, right, lower = unit
    return Box(left * across + right, top * down + lower, abs(wide * across), abs(tall * down))


def _can_be_seen(box: Box) -> bool:
    is_near = all(abs(each) <= _FAR for each in (box.left, box.top, box.width, box.height))
    return is_near and box.width > 0 and box.height > 0


def _within(group: Any, unit: Transform) -> Transform | None:
    """Returns how lengths in a group become points of the stage."""
    frame = group.find(f"{P}grpSpPr/{A}xfrm")
    if frame is None:
        return unit
    start, size = _lengths(frame, "off", "x", "y"), _lengths(frame, "ext", "cx", "cy")
    inner, extent = _lengths(frame, "chOff", "x", "y"), _lengths(frame, "chExt", "cx", "cy")
    if not (start and size and inner and extent):
        return unit
    if not all(extent):
        return None
    across, down, right, lower = unit
    wide, tall = across * size[0] / extent[0], down * size[1] / extent[1]
    return (
        wide,
        tall,
        right + start[0] * across - inner[0] * wide,
        lower + start[1] * down - inner[1] * tall,
    )


def _lengths(frame: Any, tag: str, *names: str) -> tuple[float, float] | None:
    found = frame.find(f"{A}{tag}")
    if found is None:
        return None
    one, other = (whole(found.get(name, "")) for name in names)
    return None if one is None or other is None else (float(one), float(other))


def inner(holder: Holder, stage: float) -> Box:
    """Returns where the text of a placeholder may stand."""
    sides = {}
    for name, usual in _INSETS.items():
        said = whole(holder.frame(name) or "")
        length = (usual if said is None else said) / EMU * stage
        sides[name] = max(-_FAR, min(_FAR, length))
    box = holder.box
    wide, tall = box.width - sides["lIns"] - sides["rIns"], box.height - sides["tIns"] - sides["bIns"]
    if wide < 20 or tall < 8:
        return box
    return Box(box.left + sides["lIns"], box.top + sides["tIns"], wide, tall)
