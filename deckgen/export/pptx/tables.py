"""Native tables: hairlines instead of boxes, numbers to the right."""

from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches

from deckgen.domain.decks import Table
from deckgen.export.layout.placement import Box, Placed
from deckgen.export.layout.table_grid import PADDING, Grid, grid
from deckgen.export.layout.text_metrics import height
from deckgen.export.pptx.ooxml import NativeSlide, element, qn
from deckgen.export.pptx.shapes import add_heading, describe, text_box, write
from deckgen.export.text import Words
from deckgen.export.themes import Theme

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid"
_LARGER = 14  # points, where the whole table fits so


def add_table(slide: NativeSlide, placed: Placed, block: Table, words: Words, theme: Theme) -> None:
    title = words.line(block.title)
    box = add_heading(slide, placed.box, title, words, theme)
    size = _LARGER
    cut = grid(block, words, size, box.width, box.height)
    if cut.cut:
        size = theme.small
        cut = grid(block, words, size, box.width, box.height)
    total = sum(cut.heights)
    shape = slide.shapes.add_table(
        len(cut.rows) + 1,
        len(cut.header),
        Inches(box.left),
        Inches(box.top),
        Inches(sum(cut.widths)),
        Inches(total),
    )
    shape.name = title or words.says("shape.table")
    columns, rows = ", ".join(cut.header), str(len(cut.rows))
    said = words.says("table.alt", title=title, rows=rows, columns=columns, cut=cut.cut)
    describe(shape, said.strip())
    _fill(shape.table, cut, theme, size)
    if cut.cut:
        place = Box(box.left, box.top + total + 0.06, box.width, height(1, theme.small))
        below = text_box(slide, place, words.says("shape.cut"))
        write(below.text_frame.paragraphs[0], cut.cut, theme.small, theme.light.muted)


def _fill(table: Any, cut: Grid, theme: Theme, size: int) -> None:
    properties = table._tbl.tblPr
    properties.set("bandRow", "0")
    properties.find(qn("a:tableStyleId")).text = _NO_STYLE
    for column, wide in zip(table.columns, cut.widths, strict=True):
        column.width = Emu(Inches(wide))
    for number, (row, texts, tall) in enumerate(
        zip(table.rows, [cut.header, *cut.rows], cut.heights, strict=True)
    ):
        row.height = Emu(Inches(tall))
        for cell, text, right in zip(row.cells, texts, cut.right, strict=True):
            _write_cell(cell, text, theme, size, header=number == 0, right=right)


def _write_cell(cell: Any, text: str, theme: Theme, size: int, *, header: bool, right: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(PADDING)
    cell.margin_top = cell.margin_bottom = Inches(0.04)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if header else MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    write(paragraph, text, size, theme.light.muted if header else theme.light.ink, bold=header)
    colour, points = (theme.light.muted, 1.25) if header else (theme.light.line, 0.75)
    line = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    cell._tc.get_or_add_tcPr().append(element("a:lnB", line, w=int(points * 12700)))
