"""Whatever a slide holds, in rows: for what no other archetype takes."""

from collections.abc import Sequence

from deckgen.domain.blocks import Action, Actions, Block, Bullets, Callout, Kpis, Messages, Table
from deckgen.domain.charts import Chart
from deckgen.domain.facts import Text
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element
from deckgen.export.scene.setting import tall
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import MANY
from deckgen.export.slides.content import PARTS, Content
from deckgen.export.slides.parts import callout, cards
from deckgen.export.slides.stage import Stage

Row = list[Block]
_NARROW_TABLE = 4  # columns that leave room for text beside it
_GAP = 18
_WISHES = {"chart": 12.0, "table": 6.0}
_LEAST = {"chart": 90.0, "table": 60.0, "kpis": 84.0}


def place(content: Content, stage: Stage, body: Box, sizes: Sequence[int] = ()) -> list[Element]:
    """Returns the blocks from top to bottom; a chart or a narrow table has its text beside it."""
    arranged = _rows(content.blocks)
    if not arranged:
        return []
    room = body.height - _GAP * (len(arranged) - 1)
    size, needs = _size(arranged, stage, body.width, room, sizes)
    heights = _shared(arranged, needs, room)
    found: list[Element] = []
    top = body.top
    for row, tall_ in zip(arranged, heights, strict=True):
        boxes = Box(body.left, top, body.width, tall_).columns(*_shares(row), gap=24)
        for block, box in zip(row, boxes, strict=True):
            found += _draw(block, stage, box, size)
        top += tall_ + _GAP
    return found


def _rows(blocks: list[Block]) -> list[Row]:
    found: list[Row] = []
    for block in blocks:
        if found and len(found[-1]) == 1 and _stand_together(found[-1][0], block):
            found[-1] = sorted([*found[-1], block], key=lambda each: isinstance(each, Bullets))
        else:
            found.append([block])
    return found


def _stand_together(one: Block, other: Block) -> bool:
    both = (one, other)
    if all(isinstance(each, Chart) for each in both):
        return True
    return any(isinstance(each, Bullets) for each in both) and any(
        isinstance(each, Chart) or (isinstance(each, Table) and len(each.columns) <= _NARROW_TABLE)
        for each in both
    )


def _shares(row: Row) -> tuple[float, ...]:
    if len(row) == 1:
        return (1,)
    return (1, 1) if all(isinstance(block, Chart) for block in row) else (2, 1)


def _size(
    arranged: list[Row], stage: Stage, wide: float, room: float, sizes: Sequence[int]
) -> tuple[int, list[float]]:
    """Returns the largest size of text at which all rows fit, and what each needs at it."""
    visual = any(isinstance(block, Chart | Table) for row in arranged for block in row)
    of_theme = stage.theme.sizes
    for size in sizes or (of_theme.takeaway if visual else of_theme.body):
        needs = [_need(row, stage, wide, size) for row in arranged]
        if sum(needs) <= room:
            break
    return size, needs


def _need(row: Row, stage: Stage, wide: float, size: int) -> float:
    boxes = Box(0, 0, wide, 0).columns(*_shares(row), gap=24)
    return max(_tall(block, stage, box.width, size) for block, box in zip(row, boxes, strict=True))


def _tall(block: Block, stage: Stage, wide: float, size: int) -> float:
    match block:
        case Bullets():
            made = [stage.set.paragraph(each, size, wide, is_point=True) for each in block.items]
            return tall(made) + 0.7 * size * (len(made) - 1)
        case Callout():
            least = min(size, stage.theme.sizes.takeaway[0])
            return height(stage.set.count(block.text, least, wide - 32, bold=True), least) + 20
        case Kpis():
            return _LEAST["kpis"] * -(-len(block.items) // 4)
        case Table():
            return min(120.0, 30 + 24.0 * len(block.rows))
        case Chart():
            return _LEAST["chart"]
        case Messages() | Actions():
            return tall([stage.set.paragraph(each, size, wide, is_point=True) for each in _said(block)])


def _shared(arranged: list[Row], needs: list[float], room: float) -> list[float]:
    """Returns the heights of the rows: what is left goes to charts and tables, what lacks is taken
    from all alike, down to what a chart needs to be read.
    """
    left = room - sum(needs)
    if left < 0:
        return _shrunk(arranged, needs, room)
    wishes = [max(_WISHES.get(block.type, 0.0) for block in row) for row in arranged]
    if not any(wishes):
        return needs
    return [need + left * wish / sum(wishes) for need, wish in zip(needs, wishes, strict=True)]


def _shrunk(arranged: list[Row], needs: list[float], room: float) -> list[float]:
    least = [max(_LEAST.get(block.type, 24.0) for block in row) for row in arranged]
    least = [min(each, need) for each, need in zip(least, needs, strict=True)]
    if sum(least) >= room:
        return [room * each / sum(least) for each in least]
    spare = (room - sum(least)) / (sum(needs) - sum(least))
    return [low + spare * (need - low) for low, need in zip(least, needs, strict=True)]


def _draw(block: Block, stage: Stage, box: Box, size: int) -> list[Element]:
    match block:
        case Bullets():
            return [stage.points("points", block.items, box, (size,), spread=True)]
        case Callout():
            return callout(block.text, stage, box)
        case Kpis():
            return cards(block.items, stage, box)
        case Table():
            return stage.table(block, box)
        case Chart():
            return stage.chart(block, box)
        case Messages() | Actions():
            return [stage.points("points", _said(block), box, (size,))]


def _said(block: Messages | Actions) -> list[Text]:
    if isinstance(block, Messages):
        return [
            f"{each.figure} {each.label}: {each.text}" + (f"; {each.support}" if each.support else "")
            for each in block.items
        ]
    return [_action(each) for each in block.items]


def _action(action: Action) -> Text:
    parts = (action.action, action.size, action.evidence, action.first_step)
    return "; ".join(part for part in parts if part)


ARCHETYPE = Archetype(slots=dict.fromkeys(PARTS, MANY), order=9, place=place)
