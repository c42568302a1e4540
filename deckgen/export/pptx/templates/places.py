"""Where a template has its texts, and what room is left for content: away from logo and decoration."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.pptx.templates.freeing import COVER, GAP, SUBTITLE, TALL, TITLE, freed, parted
from deckgen.export.pptx.templates.layout_parts import Holder, Shown, inner
from deckgen.export.pptx.templates.mapping import bodies
from deckgen.export.scene.elements import Align, Anchor
from deckgen.export.themes.theme import Grid, Place, Places

LEAST_WIDE, LEAST_TALL = 400.0, 240.0  # of a body
_LEAST_SOURCE = 120.0
_SOURCE = 24.0  # two lines
_LEAST_SUBTITLE = 24.0
_LEAST_TITLE = 0.45  # of a title's width, beside decoration
_ALIGN: dict[str, Align] = {"ctr": "center", "r": "right"}
_ANCHOR: dict[str, Anchor] = {"ctr": "middle", "b": "bottom"}


@dataclass
class Room:
    """Finds the places on the layouts of a template; `stage` is what a point is on the stage."""

    cover: Shown
    content: Shown
    every: Sequence[Shown]
    width: float
    stage: float
    remarks: list[str]

    def found(self) -> tuple[Grid, Places]:
        """Returns the grid, and where the texts stand that each slide has."""
        source, number = self._foot()
        title = self._title()
        body = self._body(title, source, number)
        if body.height < LEAST_TALL:
            title, source, number, body = self._usual()
        title = title or _placed(Box(body.left, 24, body.width, 64), anchor="bottom")
        grid = Grid(
            width=round(self.width, 2),
            margin=round(body.left, 2),
            right=round(self.width - body.right, 2),
            top=max(0, title.top),
            body=round(body.top, 2),
            bottom=round(body.bottom, 2),
            footer=source.top - 2 if source.top > TALL / 2 else TALL - 4,
            scale=1 / self.stage,
        )
        cover, subtitle = self._on_content(body) if self._is_low(body) else self._cover()
        return grid, Places(
            title=title, source=source, number=number, cover=cover, subtitle=subtitle,
            layouts=(self.every.index(self.cover), self.every.index(self.content)),
        )  # fmt: skip

    def _title(self) -> Place | None:
        holder = self.content.one("title", "ctrTitle")
        if holder is None:
            self.remarks.append(
                f"The layout “{self.content.name}” has no place for a title: it stands over all else."
            )
            return None
        whole = inner(holder, self.stage)
        box = freed(whole, self.content.decorations, self.width, TITLE)
        if box.width < _LEAST_TITLE * whole.width or box.height < height(2, 14):
            self.remarks.append("Titles stand over decoration, which leaves them no room beside it.")
            box = whole
        return _place(box, self.content, holder)

    def _body(self, title: Place | None, source: Place, number: Place) -> Box:
        own = bodies(self.content, self.width)
        alike = [
            box for each in self.every if each.kind in ("obj", "tx") for box in bodies(each, self.width)
        ]
        top = title.box.bottom + GAP if title else 96
        margin = title.left if title else 0.05 * self.width
        whole = Box(margin, top, self.width - 2 * margin, TALL - top)
        if found := own or alike:
            box = found[0].inset(0.1 * 72 * self.stage, 0.05 * 72 * self.stage)
        else:
            self.remarks.append("No layout has a place for content: the room under the title is taken.")
            box = whole
        box = self._between(box, top, source, number)
        free = freed(box, self.content.decorations, self.width)
        if free.width >= LEAST_WIDE and free.height >= LEAST_TALL:
            return free
        wide = self._between(
            Box(0.05 * self.width, top, 0.9 * self.width, TALL - top), top, source, number
        )
        freer = freed(wide, self.content.decorations, self.width)
        self.remarks.append(
            f"The place for content leaves {free.width:.0f} × {free.height:.0f} points, which is too "
            "little: the width of the slide is taken."
        )
        best = max((free, freer), key=lambda each: each.width * each.height)
        return best if best.width >= LEAST_WIDE and best.height >= LEAST_TALL else wide

    def _usual(self) -> tuple[Place | None, Place, Place, Box]:
        """Returns the places of decks without a template, for one that leaves no room for content."""
        left = 0.05 * self.width
        wide = self.width - 2 * left
        self.remarks.append("Title and foot leave too little room for content: they stand elsewhere.")
        title = _placed(Box(left, 24, wide, 70), anchor="bottom")
        foot = Box(left, TALL - _SOURCE - 8, wide - 70, _SOURCE)
        number = _placed(replace(foot, left=foot.right + 10, width=60), "right", "middle")
        return title, _placed(foot, anchor="middle"), number, Box(left, 106, wide, foot.top - 112)

    def _between(self, box: Box, top: float, source: Place, number: Place) -> Box:
        """Returns a box without what is over `top` or in the foot."""
        upper = max(box.top, top)
        feet = [each.top for each in (source, number) if each.top > TALL / 2]
        lower = min(box.bottom, TALL - 12, *(each - GAP for each in feet))
        left, right = max(box.left, 8), min(box.right, self.width - 8)
        return Box(left, upper, right - left, lower - upper)

    def _foot(self) -> tuple[Place, Place]:
        """Returns where number and source stand."""
        holder, footer = self._furniture("sldNum"), self._furniture("ftr")
        edge = 0.042 * self.width
        box = inner(holder, self.stage) if holder else Box(self.width - edge - 60, 508, 60, 16)
        tall = max(box.height, 14)
        box = Box(box.left, min(box.top, TALL - tall - 2), max(box.width, 24), tall)
        align, anchor = _looks(self.content, holder) if holder else ("right", "middle")
        left = max(0, min(box.left, self.width - box.width))
        number = _placed(replace(box, left=left, top=max(0, box.top)), align, anchor)
        row = footer.box if footer else box
        middle = min(row.top + row.height / 2, TALL - _SOURCE / 2 - 3)
        start, end = self._sides()
        if number.top < middle + _SOURCE and number.top + number.height > middle - _SOURCE:
            if number.left + number.width / 2 > self.width / 2:
                end = min(end, number.left - 8)
            else:
                start = max(start, number.left + number.width + 8)
        whole = Box(start, middle - _SOURCE / 2, max(60, end - start), _SOURCE)
        free = freed(whole, self.content.decorations, self.width)
        box = free if free.width >= _LEAST_SOURCE and free.height >= _SOURCE / 2 else whole
        return _placed(box, anchor="middle"), number

    def _sides(self) -> tuple[float, float]:
        """Returns the margins of what the foot may take."""
        holder = self.content.one("title", "ctrTitle")
        own = bodies(self.content, self.width)
        box = (
            own[0] if own else holder.box if holder else Box(0.05 * self.width, 0, 0.9 * self.width, 1)
        )
        indent = 0.1 * 72 * self.stage
        return max(8, box.left + indent), min(self.width - 8, box.right - indent)

    def _is_low(self, body: Box) -> bool:
        """True if a cover has its title no lower than other slides have theirs."""
        holder = self.cover.one("ctrTitle", "title")
        is_high = holder is not None and holder.box.bottom <= body.top
        return self.cover is self.content or is_high

    def _on_content(self, body: Box) -> tuple[Place, Place]:
        """Returns where title and subtitle of a cover stand that is arranged as other slides are."""
        upper, lower = freed(body, self.cover.decorations, self.width).rows(3, 2, gap=16)
        return _placed(upper, anchor="bottom"), _placed(lower)

    def _furniture(self, kind: str) -> Holder | None:
        return self.content.one(kind) or next(
            (each for each in self.content.of_master if each.kind == kind), None
        )

    def _cover(self) -> tuple[Place, Place]:
        holder, under = self.cover.one("ctrTitle", "title"), self.cover.one("subTitle", "body", "obj")
        align: Align = "left"
        anchor: Anchor = "bottom"
        box = Box(0.08 * self.width, 130, 0.8 * self.width, 170)
        if holder is not None:
            box = freed(inner(holder, self.stage), self.cover.decorations, self.width)
            align, anchor = _looks(self.cover, holder)
        if box.height < COVER:
            lower = 0 if anchor == "top" else COVER - box.height
            box = Box(box.left, max(12, box.top - lower), box.width, COVER)
        if under is not None:
            below = freed(inner(under, self.stage), self.cover.decorations, self.width)
        else:
            below = Box(box.left, min(box.bottom + 14, TALL - SUBTITLE - 24), box.width, 90)
        if box.overlaps(below) or below.height < height(2, 12):
            box, below = parted(box, below)
        below = replace(below, height=max(_LEAST_SUBTITLE, min(below.height, TALL - below.top - 8)))
        side = _looks(self.cover, under)[0] if under else align
        return _placed(box, align, anchor), _placed(below, side)


def _place(box: Box, shown: Shown, holder: Holder) -> Place:
    align, anchor = _looks(shown, holder)
    tall = max(box.height, height(2, 14))
    return _placed(Box(box.left, max(4, box.top), box.width, tall), align, anchor)


def _placed(box: Box, align: Align = "left", anchor: Anchor = "top") -> Place:
    """Returns a box as a place; hundredths of a point are nobody's."""
    sides = {name: round(getattr(box, name), 2) for name in ("left", "top", "width", "height")}
    return Place(**sides, align=align, anchor=anchor)


def _looks(shown: Shown, holder: Holder) -> tuple[Align, Anchor]:
    """Returns how a placeholder sets its text."""
    said = (each.get("algn") for each in shown.level(holder))
    align = next((each for each in said if each), "l")
    return _ALIGN.get(align, "left"), _ANCHOR.get(holder.frame("anchor") or "t", "top")
