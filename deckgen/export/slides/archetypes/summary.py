"""The summary: an answer a card, or a row where there are more than three."""

from collections.abc import Sequence

from deckgen.domain.blocks import Message
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Align, Anchor, Element, Panel, Paragraph, TextBox
from deckgen.export.scene.setting import tall
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.content import Content
from deckgen.export.slides.stage import PADDING, Stage

_GAP, _REMARK = 12, 2  # lines
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
    found: list[Element] = []
    for message, box in zip(messages, boxes, strict=True):
        inner = box.inset(PADDING)
        figure = _figure(message, stage, size, inner.width)
        line = height(1, stage.theme.sizes.label[-1])
        foot = Box(inner.left, inner.bottom - line, inner.width, line)
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
    within = wide - 2 * PADDING
    sizes = [
        size
        for size in _figures(stage)
        if all(tall(_figure(each, stage, size, within)) <= rows[0].height - 4 for each in messages)
    ]
    size = _figure_size(messages, stage, within, sizes or _figures(stage)[-1:])
    found: list[Element] = []
    for message, row in zip(messages, rows, strict=True):
        left, right = stage.split(row, _FIGURE_COLUMNS)
        inner = left.inset(PADDING, 2)
        words = Box(right.left, right.top, right.width - 80, right.height)
        found += [
            Panel(left, "wash", "accent"),
            TextBox("figure", inner, _figure(message, stage, size, inner.width), "middle"),
            _sentence(message, stage, words, most=2),
            *_slide(message, stage, Box(right.right - 70, row.top, 70, row.height)),
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


def _sentence(message: Message, stage: Stage, box: Box, *, most: int) -> TextBox:
    """Returns the sentence and what supports it, in the largest sizes at which both fit."""
    sizes = stage.theme.sizes.body
    for lead in sizes:
        made = [stage.set.paragraph(message.text, lead, box.width, most=most, bold=True)]
        if stage.set.line(message.support):
            under = stage.set.paragraph(
                message.support,
                max(sizes[-1], lead - 4),
                box.width,
                most=most,
                colour="muted",
                before=6,
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
