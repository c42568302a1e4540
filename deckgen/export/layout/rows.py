"""Which blocks stand beside one another. Decided once, so that the page looks like the slides."""

from deckgen.domain.decks import Block, Bullets, Callout, Chart, Kpis, Slide, Table

Row = list[Block]
_KPIS_IN_A_ROW = 5
_NARROW_TABLE = 4  # a table of so many columns leaves room for text beside it


def rows_of(slide: Slide) -> list[Row]:
    """The blocks from top to bottom; a row holds one block, two charts, or a visual and its text."""
    found: list[Row] = []
    for block in slide.blocks:
        if _is_empty(block):
            continue
        if found and _pairs(found[-1], block):
            found[-1] = sorted([*found[-1], block], key=lambda each: isinstance(each, Bullets))
        else:
            found.append([block])
    return found


def _is_empty(block: Block) -> bool:
    match block:
        case Bullets() | Kpis():
            return not block.items
        case Callout():
            return not block.text.strip()
        case Table():
            return not block.columns
    return False


def kpis_per_row(count: int) -> int:
    """Five cards at most stand side by side; more are spread over rows evenly."""
    lines = -(-count // _KPIS_IN_A_ROW)
    return -(-count // lines)


def _pairs(row: Row, block: Block) -> bool:
    if len(row) != 1:
        return False
    both = (row[0], block)
    if all(isinstance(each, Chart) for each in both):
        return True
    return any(isinstance(each, Bullets) for each in both) and any(_leaves_room(each) for each in both)


def _leaves_room(block: Block) -> bool:
    return isinstance(block, Chart) or (
        isinstance(block, Table) and len(block.columns) <= _NARROW_TABLE
    )
