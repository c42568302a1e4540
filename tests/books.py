"""Workbooks put together by hand, for what no program writes."""

import io
import zipfile

_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>region</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>sales</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>north</t></is></c><c r="B2"><v>5</v></c></row>'
)


def sheet(rows: str = ROWS, *, before: str = "", padding: int = 0) -> str:
    """The XML of a sheet; `before` stands above its root, `padding` spaces inside of it."""
    return (
        f'{before}<worksheet xmlns="{_MAIN}">{" " * padding}<sheetData>{rows}</sheetData></worksheet>'
    )


def book(sheet: str, *, strings: str = "", extra: int = 0) -> bytes:
    """A workbook of one sheet, with shared strings and `extra` entries that mean nothing."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_CONTENT}"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{_SHEET_TYPE}"/></Types>',
        "_rels/.rels": _relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml"
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | {f"x/{n}": "" for n in range(extra)}).items():
            archive.writestr(name, content)
    return file.getvalue()


def _relations(**targets: str) -> str:
    said = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{said}</Relationships>'


def understate(content: bytes, *, above: int, said: int) -> bytes:
    """The same zip, in which every entry of more than `above` bytes is said to unpack to `said`."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = changed.find(mark)
        while at >= 0:
            field = slice(at + offset, at + offset + 4)
            if int.from_bytes(changed[field], "little") > above:
                changed[field] = said.to_bytes(4, "little")
            at = changed.find(mark, at + 4)
    return bytes(changed)
