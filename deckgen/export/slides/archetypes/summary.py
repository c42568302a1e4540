"""The summary: an answer a card, or a row where there are more than three."""

from collections.abc import Sequence
from dataclasses import replace

from deckgen.domain.blocks import Message
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Align, Anchor, Element, Panel, Paragraph, TextBox
from deckgen.export.scene.setting import tall
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.content import Content
from deckgen.export.slides.stage import PADDING, Stage

_GAP, _REMARK = 12, 2  # lines
_LINES, _LINES_IN_CARDS = 2, 8
_FIGURES = 3  # the first of the theme's sizes of figures that a message takes
_MOST, _MOST_CARDS, _FIGURE_COLUMNS = 6, 3, 3


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    foot = 8 + height(_REMARK, stage.theme.sizes.label[-1]) if content.callouts else 0
    room = Box(body.left, body.top, body.width, body.height - foot)
    are_cards = len(content.messages) <= _MOST_CARDS
    found = (_cards if are_cards else _rows)(content.messages, stage, room)
    if content.callouts:
        place = Box(body.left, room.bottom + 8, body.width, foot - 8)
        found.append(
            stage.text("remark", content.callouts[0], place, stage.theme.sizes.label, colour="muted")
        )
    return found


def _cards(messages: Sequence[Message], stage: Stage, room: Box) -> list[Element]:
    boxes = room.columns(*[1] * len(messages), gap=stage.grid.gutter)
    size = _figure_size(messages, stage, boxes[0].width - 2 * PADDING, _figures(stage))
    line = height(1, stage.theme.sizes.label[-1])
    inners = [box.inset(PADDING) for box in boxes]
    figures = [_figure(each, stage, size, inners[0].width) for each in messages]
    rooms = [inner.below(tall(each) + 16) for inner, each in zip(inners, figures, strict=True)]
    rooms = [replace(room, height=room.height - line - 8) for room in rooms]
    said = _sentences(messages, rooms, stage, most=_LINES_IN_CARDS)
    found: list[Element] = []
    for message, box, inner, figure, text in zip(messages, boxes, inners, figures, said, strict=True):
        found += [
            Panel(box, "wash", "accent"),
            TextBox("figure", replace(inner, height=tall(figure)), figure),
            text,
            *_slide(message, stage, Box(inner.left, inner.bottom - line, inner.width, line)),
        ]
    return found


def _rows(messages: Sequence[Message], stage: Stage, room: Box) -> list[Element]:
    rows = room.rows(*[1] * len(messages), gap=_GAP)
    wide = stage.grid.span(_FIGURE_COLUMNS)
    within = wide - 2 * PADDING
    sizes = [
        size
        for size in _figures(stage)
        if all(tall(_figure(each, stage, size, within)) <= rows[0].height - 4 for each in messages)
    ]
    size = _figure_size(messages, stage, within, sizes or _figures(stage)[-1:])
    halves = [stage.split(row, _FIGURE_COLUMNS) for row in rows]
    said = _sentences(
        messages, [replace(right, width=right.width - 80) for _, right in halves], stage, most=_LINES
    )
    found: list[Element] = []
    for message, (left, right), text in zip(messages, halves, said, strict=True):
        inner = left.inset(PADDING, 2)
        figure = TextBox("figure", inner, _figure(message, stage, size, inner.width), "middle")
        if message.figure:
            found += [Panel(left, "wash", "accent"), figure]
        found += [
            text,
            *_slide(message, stage, Box(right.right - 70, right.top, 70, right.height)),
        ]
    return found


def _figures(stage: Stage) -> tuple[int, ...]:
    return stage.theme.sizes.figure[_FIGURES:]


def _figure_size(messages: Sequence[Message], stage: Stage, wide: float, sizes: Sequence[int]) -> int:
    """Returns one size for all figures, at which the longest fits."""
    return min(stage.set.largest(each.figure, sizes, wide, 1, bold=True) for each in messages)


def _figure(message: Message, stage: Stage, size: int, wide: float) -> tuple[Paragraph, ...]:
    colour = "contrast" if message.tone == "bad" else "accent"
    return (
        stage.set.paragraph(message.figure, size, wide, most=1, bold=True, colour=colour),
        stage.set.paragraph(message.label, stage.theme.sizes.label[0], wide, most=2, colour="muted"),
    )


def _sentences(
    messages: Sequence[Message], boxes: Sequence[Box], stage: Stage, *, most: int
) -> list[TextBox]:
    """Returns each sentence and what supports it, in the largest sizes at which all of them fit."""
    for size in stage.theme.sizes.body:
        made = [
            _said(message, stage, size, box.width, most)
            for message, box in zip(messages, boxes, strict=True)
        ]
        if all(tall(each) <= box.height for each, box in zip(made, boxes, strict=True)):
            break
    anchor: Anchor = "top" if most > _LINES else "middle"
    fitting = [
        each if tall(each) <= box.height else each[:1] for each, box in zip(made, boxes, strict=True)
    ]
    return [
        TextBox("message", box, tuple(each), anchor) for each, box in zip(fitting, boxes, strict=True)
    ]


def _said(message: Message, stage: Stage, size: int, wide: float, most: int) -> list[Paragraph]:
    made = [stage.set.paragraph(message.text, size, wide, most=most, bold=True)]
    if stage.set.line(message.support):
        under = max(stage.theme.sizes.body[-1], size - 4)
        made.append(
            stage.set.paragraph(message.support, under, wide, most=most, colour="muted", before=6)
        )
    return made


def _slide(message: Message, stage: Stage, box: Box) -> list[Element]:
    if not message.slide:
        return []
    said = stage.words.says("slide.reference", number=message.slide)
    size = stage.theme.sizes.label[-1]
    is_beside = box.height > height(2, size)
    align: Align = "right" if is_beside else "left"
    anchor: Anchor = "middle" if is_beside else "top"
    return [stage.text("slide", said, box, (size,), most=1, colour="muted", align=align, anchor=anchor)]


ARCHETYPE = Archetype(
    slots={"messages": _MOST, "callouts": 1},
    order=0,
    suits=lambda content: bool(content.messages),
    place=_place,
)
