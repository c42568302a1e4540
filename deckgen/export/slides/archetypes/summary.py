"""The summary: an answer a card, or a row where there are more than three."""

from collections.abc import Sequence

from deckgen.domain.blocks import Callout, Message, Messages
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Align, Anchor, Element, Panel, Paragraph, TextBox
from deckgen.export.scene.setting import tall
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.content import Content
from deckgen.export.slides.stage import Stage

_GAP, _PADDING, _FOOT = 12, 18, 34
_FIGURES = (54, 48, 44, 40, 36, 32, 28, 24, 20)
_MOST, _MOST_CARDS, _FIGURE_COLUMNS = 6, 3, 3


def _suits(content: Content) -> bool:
    return (
        0 < len(content.messages) <= _MOST
        and content.has_only(Messages, Callout)
        and len(content.callouts) <= 1
    )


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    foot = _FOOT if content.callouts else 0
    room = Box(body.left, body.top, body.width, body.height - foot)
    are_cards = len(content.messages) <= _MOST_CARDS
    found = (_cards if are_cards else _rows)(content.messages, stage, room)
    if content.callouts:
        place = Box(body.left, room.bottom + 8, body.width, foot - 8)
        found.append(stage.text("remark", content.callouts[0], place, (13, 12, 11), colour="muted"))
    return found


def _cards(messages: Sequence[Message], stage: Stage, room: Box) -> list[Element]:
    boxes = room.columns(*[1] * len(messages), gap=stage.grid.gutter)
    size = _figure_size(messages, stage, boxes[0].width - 2 * _PADDING, _FIGURES)
    found: list[Element] = []
    for message, box in zip(messages, boxes, strict=True):
        inner = box.inset(_PADDING)
        figure = _figure(message, stage, size, inner.width)
        foot = Box(inner.left, inner.bottom - height(1, 12), inner.width, height(1, 12))
        below = inner.below(tall(figure) + 16)
        said = Box(below.left, below.top, below.width, below.height - foot.height - 8)
        found += [
            Panel(box, "wash", "accent"),
            TextBox("figure", Box(inner.left, inner.top, inner.width, tall(figure)), figure),
            _sentence(message, stage, said, most=8),
            *_slide(message, stage, foot),
        ]
    return found


def _rows(messages: Sequence[Message], stage: Stage, room: Box) -> list[Element]:
    rows = room.rows(*[1] * len(messages), gap=_GAP)
    wide = stage.grid.span(_FIGURE_COLUMNS)
    within = wide - 2 * _PADDING
    sizes = [
        size
        for size in _FIGURES
        if all(tall(_figure(each, stage, size, within)) <= rows[0].height - 4 for each in messages)
    ]
    size = _figure_size(messages, stage, within, sizes or _FIGURES[-1:])
    found: list[Element] = []
    for message, row in zip(messages, rows, strict=True):
        left, right = stage.split(row, _FIGURE_COLUMNS)
        inner = left.inset(_PADDING, 2)
        words = Box(right.left, right.top, right.width - 80, right.height)
        found += [
            Panel(left, "wash", "accent"),
            TextBox("figure", inner, _figure(message, stage, size, inner.width), "middle"),
            _sentence(message, stage, words, most=2),
            *_slide(message, stage, Box(right.right - 70, row.top, 70, row.height)),
        ]
    return found


def _figure_size(messages: Sequence[Message], stage: Stage, wide: float, sizes: Sequence[int]) -> int:
    """Returns one size for all figures, at which the longest fits."""
    return min(stage.set.largest(each.figure, sizes, wide, 1, bold=True) for each in messages)


def _figure(message: Message, stage: Stage, size: int, wide: float) -> tuple[Paragraph, ...]:
    colour = "contrast" if message.tone == "bad" else "accent"
    return (
        stage.set.paragraph(message.figure, size, wide, most=1, bold=True, colour=colour),
        stage.set.paragraph(message.label, 13, wide, most=2, colour="muted"),
    )


def _sentence(message: Message, stage: Stage, box: Box, *, most: int) -> TextBox:
    """Returns the sentence and what supports it, in the largest sizes at which both fit."""
    for lead in (20, 18, 17, 16, 15, 14):
        made = [stage.set.paragraph(message.text, lead, box.width, most=most, bold=True)]
        if stage.set.line(message.support):
            under = stage.set.paragraph(
                message.support, max(12, lead - 4), box.width, most=most, colour="muted", before=6
            )
            made.append(under)
        if tall(made) <= box.height:
            break
    if tall(made) > box.height:
        made = made[:1]
    return TextBox("message", box, tuple(made), "top" if most > 2 else "middle")


def _slide(message: Message, stage: Stage, box: Box) -> list[Element]:
    if not message.slide:
        return []
    said = stage.words.says("slide.reference", number=message.slide)
    is_beside = box.height > height(2, 12)
    align: Align = "right" if is_beside else "left"
    anchor: Anchor = "middle" if is_beside else "top"
    return [stage.text("slide", said, box, (12,), most=1, colour="muted", align=align, anchor=anchor)]


ARCHETYPE = Archetype(slots={"messages": _MOST, "remark": 1}, order=0, suits=_suits, place=_place)
