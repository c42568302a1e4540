"""The kind of an uploaded file, by its content, and the reasons to refuse it before it is accepted.

Pure and quick: of a workbook only the directory of its zip is read, of a Parquet file only both ends.
"""

import zipfile
from enum import StrEnum
from io import BytesIO

from deckgen.domain.errors import UnreadableData

HEAD_BYTES = 8
MAX_ENTRIES = 10_000
MAX_DIRECTORY_BYTES = 2_000_000
MAX_UNPACKED_BYTES = 1_000_000_000
# A repetitive sheet comes to this ratio; deflate packs at most 1,032 to 1.
MAX_RATIO = 200
SMALL_BYTES = 10_000_000  # files that unpack to less than this may have any ratio

# The byte behind the mark is included: a CSV may begin with a column called PK or PAR1.
_ZIP, _PARQUET_HEADS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"), (b"PAR1\x15", b"PARE\x15")
_OLE, _GZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b\x08"
_PARQUET, _ENCRYPTED_PARQUET = b"PAR1", b"PARE"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_END, _END_BYTES, _END64_LOCATOR = b"PK\x05\x06", 22, b"PK\x06\x07"


class FileKind(StrEnum):
    TEXT = "text"
    WORKBOOK = "workbook"
    PARQUET = "parquet"


def kind_of(head: bytes) -> FileKind:
    """Returns the kind by the first HEAD_BYTES bytes; TEXT if it is neither of the others."""
    if head.startswith(_PARQUET_HEADS):
        return FileKind.PARQUET
    return FileKind.WORKBOOK if head.startswith((*_ZIP, _OLE)) else FileKind.TEXT


def checked_kind(content: bytes) -> FileKind:
    """Returns the kind of a whole file; UnreadableData if it evidently can't be read."""
    kind = kind_of(content[:HEAD_BYTES])
    if kind is FileKind.PARQUET:
        _check_parquet(content)
    elif content.startswith(_OLE):
        raise _old_or_encrypted(content)
    elif kind is FileKind.WORKBOOK:
        _check_workbook(content)
    elif content.startswith(_GZIP):
        raise UnreadableData(
            "The file is compressed. Unpack it and upload the table itself.", code="compressed_file"
        )
    return kind


def _old_or_encrypted(content: bytes) -> UnreadableData:
    """Returns the error for a compound file: an encrypted workbook has a stream of that name."""
    if _ENCRYPTED_PACKAGE in content:
        return _encrypted()
    return UnreadableData(
        "This is a workbook in the old format .xls. Save it as .xlsx or CSV and upload that.",
        code="old_workbook",
    )


def _encrypted() -> UnreadableData:
    return UnreadableData(
        "The workbook is protected by a password. Save it without one and upload that.",
        code="encrypted_workbook",
    )


def _check_workbook(content: bytes) -> None:
    entries = _directory(content)
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise _other_archive(content, names)
    if any(entry.flag_bits & 1 for entry in entries):
        raise _encrypted()
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise broken_workbook()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > max(SMALL_BYTES, MAX_RATIO * len(content)):
        raise workbook_too_large()


def _directory(content: bytes) -> list[zipfile.ZipInfo]:
    """Returns the entries of a zip, whose directory's size is checked before it is read."""
    end = content.rfind(_END, max(0, len(content) - _END_BYTES - 0xFFFF))
    if end < 0 or end + _END_BYTES > len(content):
        raise broken_workbook()
    entries = int.from_bytes(content[end + 10 : end + 12], "little")
    size = int.from_bytes(content[end + 12 : end + 16], "little")
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY_BYTES or _has_zip64(content, end):
        raise workbook_too_large()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise broken_workbook() from error


def _has_zip64(content: bytes, end: int) -> bool:
    """True if there is a second directory, for archives of more than 4 GB or 65,535 entries."""
    return content[max(0, end - 20) : end].startswith(_END64_LOCATOR)


def _other_archive(content: bytes, names: set[str]) -> UnreadableData:
    if b"application/vnd.oasis.opendocument.spreadsheet" in content[:200]:
        return UnreadableData(
            "This is an OpenDocument spreadsheet (.ods). Save it as .xlsx or CSV and upload that.",
            code="opendocument",
        )
    if "xl/workbook.bin" in names:
        return UnreadableData(
            "This is a binary workbook (.xlsb). Save it as .xlsx or CSV and upload that.",
            code="binary_workbook",
        )
    return UnreadableData(
        "This is a zip archive, not a workbook. Unpack it and upload the table that is in it.",
        code="not_a_workbook",
    )


def broken_workbook() -> UnreadableData:
    return UnreadableData(
        "The workbook is damaged or incomplete. Open it in Excel, save it again and upload that.",
        code="broken_workbook",
    )


def workbook_too_large() -> UnreadableData:
    return UnreadableData(
        "The workbook is too large once unpacked. Remove sheets that are not needed and cells far from "
        "the table, or save the table as CSV or Parquet, and upload that.",
        code="workbook_too_large",
    )


def _check_parquet(content: bytes) -> None:
    """Refuse a file that does not end in PAR1, or whose footer, by its length, does not fit in."""
    if content.startswith(_ENCRYPTED_PARQUET) or content.endswith(_ENCRYPTED_PARQUET):
        raise UnreadableData(
            "The Parquet file is encrypted. Write it without encryption and upload that.",
            code="encrypted_parquet",
        )
    footer = int.from_bytes(content[-8:-4], "little")
    if not content.endswith(_PARQUET) or not 0 < footer <= len(content) - 12:
        raise broken_parquet()


def broken_parquet() -> UnreadableData:
    return UnreadableData(
        "The Parquet file is damaged or incomplete. Write it again and upload that.",
        code="broken_parquet",
    )
