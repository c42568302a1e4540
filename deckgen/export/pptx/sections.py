"""Sections of a long deck, which PowerPoint folds and names in its list of slides."""

from itertools import groupby
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml

from deckgen.domain.decks import Layout, Slide
from deckgen.export.charts.native.ooxml import NativeDeck
from deckgen.export.text import Words

MOST_WITHOUT = 10  # slides
_URI = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_KEYS = {
    Layout.TITLE: "section.overview",
    Layout.SUMMARY: "section.overview",
    Layout.AGENDA: "section.overview",
    Layout.RECOMMENDATION: "section.advice",
    Layout.APPENDIX: "section.appendix",
}


def add_sections(presentation: NativeDeck, slides: list[Slide], words: Words) -> None:
    """Part the slides of a long deck, as they follow one another; a short one needs no sections."""
    if len(slides) <= MOST_WITHOUT:
        return
    numbers = [each.get("id") for each in presentation._element.sldIdLst]
    told = zip((_KEYS.get(each.layout, "section.answers") for each in slides), numbers, strict=True)
    runs = [
        (key, [number for _, number in run]) for key, run in groupby(told, key=lambda each: each[0])
    ]
    sections = "".join(_section(place, words.says(key), run) for place, (key, run) in enumerate(runs))
    presentation._element.append(
        parse_xml(
            f'<p:extLst xmlns:p="{_P}"><p:ext uri="{_URI}"><p14:sectionLst xmlns:p14="{_P14}">'
            f"{sections}</p14:sectionLst></p:ext></p:extLst>"
        )
    )


def _section(place: int, name: str, numbers: list[str]) -> str:
    known = str(uuid5(NAMESPACE_URL, f"{place} {name}")).upper()
    slides = "".join(f'<p14:sldId id="{number}"/>' for number in numbers)
    return (
        f'<p14:section name={quoteattr(name)} id="{{{known}}}">'
        f"<p14:sldIdLst>{slides}</p14:sldIdLst></p14:section>"
    )
