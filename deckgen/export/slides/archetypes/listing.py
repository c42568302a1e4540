"""Sentences alone, a row each: what leads it to the left, in bold, what supports it to the right."""

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


def _suits(content: Content) -> bool:
    return len(content.points) > 1


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
        "place", Plain(str(number)), disc, stage.theme.sizes.label, most=1, bold=True, colour="accent",
        align="center", anchor="middle",
    )  # fmt: skip
    return [Panel(disc, "soft", is_round=True), mark, _sentence(point, stage, words)]


def _sentence(point: Text, stage: Stage, box: Box) -> TextBox:
    lead, mark, support = point.partition(": ")
    every = stage.theme.sizes.body
    least = every[-1]
    sizes = [size for size in every if height(2.2 if mark else 1, size) <= box.height] or [least]
    size = stage.set.largest(lead, sizes, box.width, 1 if mark else 2, bold=bool(mark))
    made = [stage.set.paragraph(lead, size, box.width, bold=bool(mark))]
    if mark:
        made.append(
            stage.set.paragraph(support, max(least, size - 3), box.width, colour="muted", before=3)
        )
    if tall(made) > box.height:
        most = max(1, int(box.height / height(1, least)))
        made = [stage.set.paragraph(point, least, box.width, most=most)]
    return TextBox("point", box, tuple(made), "middle")


ARCHETYPE = Archetype(slots={"points": _MOST, "callouts": 1}, order=7, suits=_suits, place=_place)
