"""Saving a presentation so that the same deck gives the same bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from deckgen.export.charts.native.ooxml import NativeDeck
from deckgen.export.charts.native.workbook import EPOCH

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that the format can say
# Of python-pptx's template: a picture of its empty slide, a printer's settings.
_LEFTOVERS = ("/thumbnail", "/printerSettings")
_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/extended-properties"><Application>deckgen</Application>'
    b"</Properties>"
)


def to_bytes(presentation: NativeDeck, title: str, language: str) -> bytes:
    """Returns the file; `language` is a BCP 47 tag."""
    properties = presentation.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "deckgen", "deckgen"
    properties.created = properties.modified = EPOCH.replace(tzinfo=None)
    properties.revision, properties.language = 1, language
    _tidy(presentation)
    saved = BytesIO()
    presentation.save(saved)
    return _without_clock(saved)


def _tidy(presentation: NativeDeck) -> None:
    package = presentation.part.package
    for relations in (package._rels, presentation.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(_LEFTOVERS):
                relations.pop(name)
            elif relation.reltype.endswith("/extended-properties"):
                relation.target_part.blob = _PROPERTIES


def _without_clock(saved: BytesIO) -> bytes:
    """The same members with fixed times: python-pptx writes the time of saving into each."""
    into = BytesIO()
    with ZipFile(saved) as source, ZipFile(into, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, _ZIP_EPOCH)
            info.compress_type, info.create_system = ZIP_DEFLATED, 3
            target.writestr(info, source.read(name))
    return into.getvalue()
