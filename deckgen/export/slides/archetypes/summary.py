"""The summary: an answer a row, with the figure that proves it."""

from collections.abc import Sequence
from dataclasses import replace

from deckgen.domain.blocks import Message
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Panel, Paragraph, TextBox
from deckgen.export.scene.setting import tall
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.content import Content
from deckgen.export.slides.stage import PADDING, Stage

_GAP, _INSET, _SLIDE = 10, 5, 76  # between rows and within; the place of a slide's number
_REMARK, _LINES, _LABEL = 2, 2, 2  # lines at most
_FIGURES = 4  # the first of the theme's sizes of figures that a message takes
_MOST, _FEW, _FIGURE_COLUMNS = 6, 2, 3  # few messages are set as large as headlines


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    foot = 8 + height(_REMARK, stage.theme.sizes.label[-1]) if content.callouts else 0
    room = Box(body.left, body.top, body.width, body.height - foot)
    found = _rows(content.messages, stage, room)
    if content.callouts:
        place = Box(body.left, room.bottom + 8, body.width, foot - 8)
        found.append(
            stage.text("remark", content.callouts[0], place, stage.theme.sizes.label, colour="muted")
        )
    return found


def _rows(messages: Sequence[Message], stage: Stage, room: Box) -> list[Element]:
    rows = room.rows(*[1] * len(messages), gap=_GAP)
    halves = [stage.split(row.inset(PADDING, _INSET), _FIGURE_COLUMNS) for row in rows]
    wide = halves[0][0].width
    size, lines = _figure_size(messages, stage, wide, halves[0][0].height)
    figures = [_figure(each, stage, size, wide, lines) for each in messages]
    said = _sentences(
        messages, [replace(right, width=right.width - _SLIDE) for _, right in halves], stage
    )
    found: list[Element] = []
    for message, row, (left, right), figure, text in zip(
        messages, rows, halves, figures, said, strict=True
    ):
        found.append(Panel(row, "wash", "accent"))
        if message.figure:
            found.append(TextBox("figure", left, figure, "middle"))
        reference = Box(right.right - _SLIDE, right.top, _SLIDE, right.height)
        found += [text, *_slide(message, stage, reference)]
    return found


def _figure_size(
    messages: Sequence[Message], stage: Stage, wide: float, high: float
) -> tuple[int, int]:
    """Returns one size for all figures, at which each has room with its label, and how many lines the
    labels may have: one where two find no room.
    """
    every = stage.theme.sizes.figure[min(_FIGURES, len(messages)) :]
    sizes, lines = [*every[-1:]], 1
    for lines in (_LABEL, 1):
        fitting = [
            size
            for size in every
            if all(tall(_figure(each, stage, size, wide, lines)) <= high for each in messages)
        ]
        if fitting:
            sizes = fitting
            break
    size = min(stage.set.largest(each.figure, sizes, wide, 1, bold=True) for each in messages)
    return size, lines


def _figure(
    message: Message, stage: Stage, size: int, wide: float, lines: int
) -> tuple[Paragraph, ...]:
    colour = "contrast" if message.tone == "bad" else "accent"
    small = stage.theme.sizes.label[0]
    return (
        stage.set.paragraph(message.figure, size, wide, most=1, bold=True, colour=colour),
        stage.set.paragraph(message.label, small, wide, most=lines, colour="muted"),
    )


def _sentences(messages: Sequence[Message], boxes: Sequence[Box], stage: Stage) -> list[TextBox]:
    """Returns each sentence and what supports it, in the largest sizes at which all of them fit; in the
    smallest, what does not is cut.
    """
    theirs = stage.theme.sizes
    sizes = (*theirs.headline, *theirs.body) if len(messages) <= _FEW else theirs.body
    both = list(zip(messages, boxes, strict=True))
    for size in sizes:
        made = [_said(message, stage, size, box.width) for message, box in both]
        if all(tall(each) <= box.height for each, box in zip(made, boxes, strict=True)):
            break
    else:
        made = [_said(message, stage, sizes[-1], box.width, most=_LINES) for message, box in both]
    fitting = [
        each if tall(each) <= box.height else each[:1] for each, box in zip(made, boxes, strict=True)
    ]
    return [
        TextBox("message", box, tuple(each), "middle") for each, box in zip(fitting, boxes, strict=True)
    ]


def _said(message: Message, stage: Stage, size: int, wide: float, *, most: int = 0) -> list[Paragraph]:
    evenly = stage.set.balanced(message.text, size, wide, bold=True)
    made = [stage.set.paragraph(message.text, size, evenly, most=most, bold=True)]
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
    return [
        stage.text("slide", said, box, (size,), most=1, colour="muted", align="right", anchor="middle")
    ]


ARCHETYPE = Archetype(
    slots={"messages": _MOST, "callouts": 1},
    order=0,
    suits=lambda content: bool(content.messages),
    place=_place,
)
