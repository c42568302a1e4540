"""Saving a presentation so that the same deck gives the same bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from deckgen.export.pptx.chart_workbook import EPOCH
from deckgen.export.pptx.ooxml import NativeDeck

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that the format can say


def to_bytes(presentation: NativeDeck, title: str) -> bytes:
    properties = presentation.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "deckgen", "deckgen"
    properties.created = properties.modified = EPOCH.replace(tzinfo=None)
    properties.revision = 1
    saved = BytesIO()
    presentation.save(saved)
    return _without_clock(saved)


def _without_clock(saved: BytesIO) -> bytes:
    """The same members with fixed times: python-pptx writes the time of saving into each."""
    into = BytesIO()
    with ZipFile(saved) as source, ZipFile(into, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, _ZIP_EPOCH)
            info.compress_type, info.create_system = ZIP_DEFLATED, 3
            target.writestr(info, source.read(name))
    return into.getvalue()
