"""Native tables: hairlines instead of boxes, numbers to the right."""

from deckgen.export.layout.table_grid import PADDING
from deckgen.export.pptx.colours import filled
from deckgen.export.pptx.paragraphs import emu, paragraph
from deckgen.export.pptx.placeholders import Placeholder
from deckgen.export.pptx.shapes import Pen, held, placed
from deckgen.export.scene.elements import Cell, TableBox
from deckgen.export.themes.theme import Palette

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid"
_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
_ABOVE = 4  # points, over and under a cell's text
_HEAD, _ROW, _BETWEEN = ("muted", 1.25), ("line", 0.75), ("paper", 2.0)
_SIDES = ("L", "R", "T", "B")


def table(element: TableBox, name: str, pen: Pen, holder: Placeholder | None = None) -> str:
    """Returns a table as a graphic frame."""
    columns = "".join(f'<a:gridCol w="{emu(wide)}"/>' for wide in element.widths)
    rows = "".join(
        _row(row, tall, pen, is_head=number < element.heads, is_ruled=element.is_ruled)
        for number, (row, tall) in enumerate(zip(element.rows, element.heights, strict=True))
    )
    style = f"<a:tableStyleId>{_NO_STYLE}</a:tableStyleId>"
    properties = f'<a:tblPr firstRow="{int(element.heads > 0)}">{style}</a:tblPr>'
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{pen.named(name, element.alt)}"
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
        f"{held(holder)}</p:nvGraphicFramePr>{placed(element.box, tag='p:xfrm')}"
        f'<a:graphic><a:graphicData uri="{_URI}"><a:tbl>{properties}<a:tblGrid>{columns}</a:tblGrid>'
        f"{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _row(row: tuple[Cell, ...], tall: float, pen: Pen, *, is_head: bool, is_ruled: bool) -> str:
    cells = "".join(_cell(cell, pen, is_head=is_head, is_ruled=is_ruled) for cell in row)
    return f'<a:tr h="{emu(tall)}">{cells}</a:tr>'


def _cell(cell: Cell, pen: Pen, *, is_head: bool, is_ruled: bool) -> str:
    colours = pen.theme.light
    text = paragraph(cell.paragraph, colours, pen.language)
    anchor = "b" if is_head else "t" if is_ruled else "ctr"
    across, down = emu(PADDING), emu(_ABOVE)
    lines = _line("B", *(_HEAD if is_head else _ROW), colours) if is_ruled else ""
    if cell.fill:  # paper around it, as between tiles
        lines = "".join(_line(side, *_BETWEEN, colours) for side in _SIDES)
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody>"
        f'<a:tcPr marL="{across}" marR="{across}" marT="{down}" marB="{down}" anchor="{anchor}">'
        f"{lines}{filled(cell.fill, colours) if cell.fill else '<a:noFill/>'}</a:tcPr></a:tc>"
    )


def _line(side: str, colour: str, weight: float, colours: Palette) -> str:
    return f'<a:ln{side} w="{emu(weight)}">{filled(colour, colours)}</a:ln{side}>'
