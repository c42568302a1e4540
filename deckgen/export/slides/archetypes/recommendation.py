"""What to do: each action with what it rests on, what it is worth and its first step."""

from collections.abc import Sequence
from dataclasses import replace

from deckgen.domain.blocks import Action, Actions
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element, Panel, TextBox
from deckgen.export.scene.setting import Plain, tall
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import MANY
from deckgen.export.slides.content import Content
from deckgen.export.slides.parts import rule
from deckgen.export.slides.stage import PADDING, Stage

_MOST, _HEAD, _NUMBER = 4, 26, 26
_GAP, _WORTH, _MOVE = 16, 4, 8  # between rows; columns; the first size of the only action's words
_ACTION_LINES = 4
_REMARKS = 2.7  # lines: two, with a gap between them
_SIZES = 8  # the first of the theme's sizes of figures that an action's size takes


def _suits(content: Content) -> bool:
    return [len(block.items) <= _MOST for block in content.actions] == [True]


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    (block,), sizes = content.actions, stage.theme.sizes
    remarks = [*content.points, *content.callouts]
    foot = 8 + height(_REMARKS, sizes.label[-1]) if remarks else 0
    room = Box(body.left, body.top, body.width, body.height - foot)
    found = (_alone if len(block.items) == 1 else _table)(block, stage, room)
    if remarks:
        place = Box(body.left, room.bottom + 8, body.width, foot - 8)
        found.append(
            stage.points("remarks", remarks, place, sizes.label, bulleted=False, colour="muted")
        )
    return found


def _alone(block: Actions, stage: Stage, room: Box) -> list[Element]:
    """Returns the only action: what it is worth on the left, what it is and rests on beside it."""
    (action,), sizes = block.items, stage.theme.sizes
    left, right = stage.split(room, _WORTH)
    found: list[Element] = []
    if stage.set.line(action.size):
        inner = left.inset(PADDING)
        figure = stage.set.largest(action.size, sizes.figure[1:], inner.width, 1, bold=True)
        made = [
            stage.set.paragraph(action.size, figure, inner.width, most=1, bold=True, colour="accent"),
            stage.set.paragraph(block.size_label, sizes.label[0], inner.width, most=2, colour="muted"),
        ]
        found += [Panel(left, "wash", "accent"), TextBox("size", inner, tuple(made), "middle")]
    else:
        right = room
    move, evidence, first = right.rows(2, 3, 3, gap=_GAP)
    found.append(stage.text("action", action.action, move, sizes.figure[_MOVE:], bold=True))
    for slot, name, text, place in (
        ("evidence", "action.evidence", action.evidence, evidence),
        ("first step", "action.first_step", action.first_step, first),
    ):
        if stage.set.line(text):
            head, words = replace(place, height=_HEAD), place.below(_HEAD)
            said = Plain(stage.words.says(name))
            found += [
                rule(place, place.top - _GAP / 2),
                stage.text("head", said, head, sizes.label, most=1, bold=True, colour="muted"),
                stage.text(slot, text, words, sizes.body),
            ]
    return found


def _table(block: Actions, stage: Stage, room: Box) -> list[Element]:
    """Returns the actions as rows under the heads of their columns."""
    head, below = replace(room, height=_HEAD), room.below(_HEAD + 6)
    names = ("action.move", "action.evidence", "", "action.first_step")
    heads = [block.size_label if not name else Plain(stage.words.says(name)) for name in names]
    found: list[Element] = [
        stage.text("head", said, place, stage.theme.sizes.label, most=1, bold=True, colour="muted")
        for said, place in zip(heads, _columns(stage, head.inset(PADDING, 0)), strict=True)
        if stage.set.line(said)
    ]
    found.append(rule(head, head.bottom, "ink", 1.5))
    rows = below.rows(*[1] * len(block.items), gap=_GAP)
    for number, (action, row) in enumerate(zip(block.items, rows, strict=True), 1):
        found += [Panel(row, "wash", "accent"), *_row(action, number, stage, row.inset(PADDING, 0))]
    return found


def _columns(stage: Stage, row: Box) -> list[Box]:
    """Returns the places of move, evidence, size and first step."""
    return row.columns(4.1, 3.5, 1.8, 2.6, gap=stage.grid.gutter)


def _row(action: Action, number: int, stage: Stage, row: Box) -> list[Element]:
    move, evidence, size, first = _columns(stage, row)
    sizes = stage.theme.sizes
    top = row.top + 12
    disc = Box(move.left, top, _NUMBER, _NUMBER)
    words = Box(disc.right + 12, top, move.width - _NUMBER - 12, row.height - 16)
    found: list[Element] = [
        Panel(disc, "accent", is_round=True),
        stage.text(
            "place", Plain(str(number)), disc, sizes.label, most=1, bold=True, colour="paper",
            align="center", anchor="middle",
        ),
        stage.text("action", action.action, words, _few_lines(action, stage, words), bold=True),
    ]  # fmt: skip
    for slot, text, place in (
        ("evidence", action.evidence, evidence),
        ("first step", action.first_step, first),
    ):
        if stage.set.line(text):
            box = Box(place.left, top + 2, place.width, row.height - 16)
            found.append(stage.text(slot, text, box, sizes.takeaway))
    if stage.set.line(action.size):
        box = Box(size.left, top - 4, size.width, height(1, 28))
        figures = [*sizes.figure[_SIZES:], *sizes.takeaway]
        made = stage.set.paragraph(
            action.size,
            stage.set.largest(action.size, figures, size.width, 1, bold=True),
            size.width, most=1, bold=True, colour="accent",
        )  # fmt: skip
        found.append(TextBox("size", Box(box.left, box.top, box.width, tall([made])), (made,)))
    return found


def _few_lines(action: Action, stage: Stage, box: Box) -> Sequence[int]:
    """Returns the sizes at which an action takes few lines: in a narrow column large words stand
    alone."""
    every = stage.theme.sizes.body
    few = [
        size
        for size in every
        if stage.set.count(action.action, size, box.width, bold=True) <= _ACTION_LINES
    ]
    return few or every[-1:]


ARCHETYPE = Archetype(
    slots={"actions": 1, "points": MANY, "callouts": MANY}, order=0, suits=_suits, place=_place
)
