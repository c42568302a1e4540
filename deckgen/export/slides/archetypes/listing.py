"""Sentences alone, a row each: what leads it to the left, in bold, what supports it to the right."""

from deckgen.domain.blocks import Bullets, Callout
from deckgen.domain.facts import Text
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Panel, TextBox
from deckgen.export.scene.setting import Plain, tall
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.content import Content
from deckgen.export.slides.parts import callout, rule
from deckgen.export.slides.stage import Stage

_MOST, _GAP, _DISC = 6, 14, 28
_SIZES = (20, 18, 16, 15, 14, 13, 12)


def _suits(content: Content) -> bool:
    return (
        1 < len(content.points) <= _MOST
        and len(content.callouts) <= 1
        and content.has_only(Bullets, Callout)
    )


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    foot = 64 if content.callouts else 0
    room = Box(body.left, body.top, body.width, body.height - foot)
    rows = room.rows(*[1] * len(content.points), gap=_GAP)
    found: list[Element] = []
    for number, (point, row) in enumerate(zip(content.points, rows, strict=True), start=1):
        if number > 1:
            found.append(rule(row, row.top - _GAP / 2))
        found += _row(point, number, stage, row)
    if content.callouts:
        place = Box(body.left, body.bottom - foot + 12, body.width, foot - 12)
        found += callout(content.callouts[0], stage, place)
    return found


def _row(point: Text, number: int, stage: Stage, row: Box) -> list[Element]:
    disc = Box(row.left, row.top + (row.height - _DISC) / 2, _DISC, _DISC)
    words = Box(disc.right + 20, row.top, row.right - disc.right - 20, row.height)
    mark = stage.text(
        "place", Plain(str(number)), disc, (14,), most=1, bold=True, colour="accent",
        align="center", anchor="middle",
    )  # fmt: skip
    return [Panel(disc, "soft", is_round=True), mark, _sentence(point, stage, words)]


def _sentence(point: Text, stage: Stage, box: Box) -> TextBox:
    lead, mark, support = point.partition(": ")
    sizes = [size for size in _SIZES if height(2.2 if mark else 1, size) <= box.height] or [12]
    size = stage.set.largest(lead, sizes, box.width, 1 if mark else 2, bold=bool(mark))
    made = [stage.set.paragraph(lead, size, box.width, bold=bool(mark))]
    if mark:
        made.append(
            stage.set.paragraph(support, max(12, size - 3), box.width, colour="muted", before=3)
        )
    if tall(made) > box.height:
        made = [stage.set.paragraph(point, 12, box.width, most=max(1, int(box.height / height(1, 12))))]
    return TextBox("point", box, tuple(made), "middle")


ARCHETYPE = Archetype(slots={"points": _MOST, "callout": 1}, order=7, suits=_suits, place=_place)
