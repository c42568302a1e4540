"""Saving a presentation so that the same deck gives the same bytes."""

from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from deckgen.export.charts.native.ooxml import NativeDeck, qn
from deckgen.export.pptx.rewriting.properties import MOST

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that the format can say
# Of python-pptx's template: a picture of its empty slide, a printer's settings.
_LEFTOVERS = ("/thumbnail", "/printerSettings")
_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    'openxmlformats.org/officeDocument/2006/extended-properties"><Application>deckgen</Application>'
    "<PresentationFormat>{form}</PresentationFormat><Slides>{slides}</Slides><Notes>{slides}</Notes>"
    "<HiddenSlides>{hidden}</HiddenSlides></Properties>"
)
_TIMES = ("dcterms:created", "dcterms:modified", "cp:lastPrinted")  # the template's
# What people see of it in PowerPoint, by the shares of width and height.
_FORMS = {(16, 9): "Widescreen", (4, 3): "On-screen Show (4:3)"}


@dataclass(frozen=True)
class Properties:
    """What a file says of itself; `language` is a BCP 47 tag.

    No clock is asked, so that the same deck gives the same bytes: when it was made, it does not say.
    """

    title: str
    subject: str
    source: str
    language: str


def to_bytes(presentation: NativeDeck, told: Properties) -> bytes:
    """Returns the file."""
    return _without_clock(saved(presentation, told))


def saved(presentation: NativeDeck, told: Properties) -> BytesIO:
    """Returns the file as python-pptx writes it, with the time in it: for who only reads it."""
    properties = presentation.core_properties
    properties.title, properties.subject = told.title[:MOST], told.subject[:MOST]
    properties.comments = told.source[:MOST]
    properties.author = properties.last_modified_by = "deckgen"
    properties.revision, properties.language = 1, told.language
    for found in list(properties._element.iterchildren(*map(qn, _TIMES))):
        properties._element.remove(found)
    _tidy(presentation)
    written = BytesIO()
    presentation.save(written)
    return written


def _tidy(presentation: NativeDeck) -> None:
    package = presentation.part.package
    for relations in (package._rels, presentation.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(_LEFTOVERS):
                relations.pop(name)
            elif relation.reltype.endswith("/extended-properties"):
                relation.target_part.blob = _application(presentation)


def _application(presentation: NativeDeck) -> bytes:
    wide, tall = presentation.slide_width, presentation.slide_height
    form = next((name for (x, y), name in _FORMS.items() if wide * y == tall * x), "Custom")
    shown = [slide._element.get("show") for slide in presentation.slides]
    return _APPLICATION.format(form=form, slides=len(shown), hidden=shown.count("0")).encode()


def _without_clock(written: BytesIO) -> bytes:
    """The same members with fixed times: python-pptx writes the time of saving into each."""
    into = BytesIO()
    with ZipFile(written) as source, ZipFile(into, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, _ZIP_EPOCH)
            info.compress_type, info.create_system = ZIP_DEFLATED, 3
            target.writestr(info, source.read(name))
    return into.getvalue()
