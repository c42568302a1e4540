"""Native charts as they are read again: labels that cells say."""

from typing import Any, cast

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.charts import chart

NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"'
)
LABEL = (
    '<c:dLbl><c:idx val="1"/><c:tx><c:rich><a:p><a:fld type="CELLRANGE"><a:t>{text}</a:t></a:fld></a:p>'
    "</c:rich></c:tx></c:dLbl>"
)
CELLS = '<c15:dlblRangeCache><c:pt idx="1"><c:v>+12</c:v></c:pt></c15:dlblRangeCache>'


class OneChart:
    """An archive with one part, a chart with these elements in its series."""

    def __init__(self, inside: str) -> None:
        self._root = etree.fromstring(f"<c:chart {NAMESPACES}><c:ser>{inside}</c:ser></c:chart>")

    def xml(self, _: str) -> Any:
        return self._root

    def relations(self, _: str) -> dict[str, Any]:
        return {}


def labels(inside: str) -> list[str]:
    return chart(cast("Archive", OneChart(inside)), "chart1.xml", "chart").texts


def test_a_label_says_what_its_cell_says() -> None:
    """LibreOffice writes no text of its own; PowerPoint shows the cell's, whatever the text says."""
    assert labels(LABEL.format(text="[CELLRANGE]") + CELLS) == ["+12"]
    assert labels(LABEL.format(text="+11") + CELLS) == ["+12"]


def test_a_label_whose_cell_is_not_listed_says_its_text() -> None:
    """There is nothing else that could be shown."""
    assert labels(LABEL.format(text="+11")) == ["+11"]
