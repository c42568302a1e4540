import io
import zipfile

import pytest

from deckgen.domain.errors import UnreadableData
from deckgen.domain.uploads import file_kinds
from deckgen.domain.uploads.file_kinds import FileKind, checked_kind, kind_of
from deckgen.domain.uploads.sniff import check_quickly
from tests.books import book, sheet

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BOOK = book(sheet())
PARQUET = b"PAR1\x15\x04" + bytes(50) + (30).to_bytes(4, "little") + b"PAR1"


def archive(*names: str, first: str = "") -> bytes:
    """A zip with files of these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        if first:
            written.writestr("mimetype", first)
        for name in names:
            written.writestr(name, "x")
    return file.getvalue()


def encrypted(content: bytes) -> bytes:
    """The same zip, whose entries are marked as encrypted."""
    changed = bytearray(content)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 8] |= 1
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (OLE, "old_workbook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_workbook"),
        (encrypted(BOOK), "encrypted_workbook"),
        (archive(first="application/vnd.oasis.opendocument.spreadsheet"), "opendocument"),
        (archive("xl/workbook.bin"), "binary_workbook"),
        (archive("sales.csv", "word/document.xml"), "not_a_workbook"),
        (BOOK[:-30], "broken_workbook"),
        (BOOK[:200], "broken_workbook"),
        (BOOK.replace(b"xl/workbook.xml", b"xl/worldbook.xm"), "not_a_workbook"),
        (book(sheet(), extra=file_kinds.MAX_ENTRIES), "workbook_too_large"),
        (book(sheet(padding=2 * file_kinds.SMALL_BYTES)), "workbook_too_large"),
        (PARQUET[:-4], "broken_parquet"),
        (PARQUET[:-8] + b"\xff\xff\xff\x7fPAR1", "broken_parquet"),
        (PARQUET[:-8] + bytes(4) + b"PAR1", "broken_parquet"),
        (b"PARE" + PARQUET[4:-4] + b"PARE", "encrypted_parquet"),
        (b"\x1f\x8b\x08" + bytes(50), "compressed_file"),
    ],
)
def test_files_that_hold_no_readable_table_are_refused_before_they_are_accepted(
    content: bytes, code: str
) -> None:
    """Each has a code of its own, and a message that says what to upload instead."""
    with pytest.raises(UnreadableData) as refused:
        check_quickly(content)
    assert refused.value.code == code
    assert "upload" in refused.value.message


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (BOOK, FileKind.WORKBOOK),
        (PARQUET, FileKind.PARQUET),
        (b"PK;name\n1;a\n", FileKind.TEXT),
        (b"PAR1,name\n1,a\n", FileKind.TEXT),
    ],
)
def test_the_kind_is_told_by_the_content(content: bytes, kind: FileKind) -> None:
    """A CSV whose first column is called like the mark of another kind stays a CSV."""
    assert kind_of(content[: file_kinds.HEAD_BYTES]) is kind
    assert checked_kind(content) is kind
    check_quickly(content)
