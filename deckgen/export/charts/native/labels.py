"""What python-pptx has no call for: plot area, tick spacing, labels with a number format each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.native.ooxml import element as new
from deckgen.export.charts.native.ooxml import qn

_C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
_OF_SERIES = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
_OF_POINT = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_FIELD = "{5C7C1A20-6B6A-4C9D-8B0B-1C2D6E0A9F31}"


@dataclass(frozen=True)
class Label:
    """`number_format` is of the point's own value."""

    number_format: str
    position: str = "outEnd"
    bold: bool = False
    text: str = ""  # in place of the value
    colour: str = ""  # RRGGBB, where it is not that of the chart's text


def lay_out(chart: Any, room: Frame) -> None:
    """Fix the plot area, so that labels have the room that was measured for them."""
    plot_area = chart._chartSpace.chart.plotArea
    for layout in plot_area.findall(qn("c:layout")):
        plot_area.remove(layout)
    top, wide, tall = (
        room.top / room.height,
        room.plot_width / room.width,
        room.plot_height / room.height,
    )
    plot_area.insert(0, _layout(room.left / room.width, top, wide, tall, target="inner"))


def lay_out_legend(chart: Any, room: Frame) -> None:
    """Give the legend the band above the plot that was kept for it."""
    legend = chart.legend._element
    for layout in legend.findall(qn("c:layout")):
        legend.remove(layout)
    legend.find(qn("c:legendPos")).addnext(_layout(0, 0, 1, room.top / room.height))


def _layout(left: float, top: float, wide: float, tall: float, *, target: str = "") -> Any:
    """Shares of the chart's width and height."""
    inner = f'<c:layoutTarget val="{target}"/>' if target else ""
    sides = {"x": left, "y": top, "w": wide, "h": tall}
    places = "".join(f'<c:{side} val="{share:.5f}"/>' for side, share in sides.items())
    modes = '<c:xMode val="edge"/><c:yMode val="edge"/>'
    return new("c:layout", f"<c:manualLayout>{inner}{modes}{places}</c:manualLayout>")


def set_tick_spacing(axis: Any, every: int) -> None:
    """Write only each `every`-th category's label, and never aslant."""
    element = axis._element
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    before = element.find(qn("c:noMultiLvlLbl"))
    for tag in ("tickLblSkip", "tickMarkSkip"):
        before.addprevious(new(f"c:{tag}", val=every))
    axis.tick_labels.font.italic = False  # creates the text properties where there are none
    body = element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    # In units of 1/60000 degree. LibreOffice knows no tickLblSkip and breaks labels at angle 0 into
    # lines of a letter each; at any other angle it leaves out those that do not fit.
    body.set("rot", "0" if every == 1 else "1")
    body.set("vert", "horz")


def leave_between_blank(chart: Any, every: int) -> None:
    """Keep each `every`-th category's name in what is drawn of the workbook, which has all of them:
    LibreOffice knows no tickLblSkip, and would write so many that they run together."""
    for names in chart._chartSpace.iter(qn("c:strCache")):
        if names.getparent().getparent().tag == qn("c:cat"):
            for point in names.findall(qn("c:pt")):
                if int(point.get("idx")) % every:
                    names.remove(point)


@dataclass(frozen=True)
class Cells:
    """The cells that a series has its labels from, one a point, and what they say."""

    area: str
    texts: Sequence[str]


def label_points(series: Any, labels: dict[int, Label], cells: Cells | None = None) -> None:
    """Label these points of a native series and no others."""
    if not labels:
        return
    old = series._element.get_or_add_dLbls()
    points = "".join(_point(index, label, cells) for index, label in sorted(labels.items()))
    old.getparent().replace(old, new("c:dLbls", points + _shown(value=0)))
    if cells:
        series._element.append(new("c:extLst", _range(cells)))


def _range(cells: Cells) -> str:
    """Returns an extension that PowerPoint has since 2013, and LibreOffice knows too."""
    texts = "".join(
        f'<c:pt idx="{place}"><c:v>{escape(text)}</c:v></c:pt>'
        for place, text in enumerate(cells.texts)
    )
    return (
        f'<c:ext uri="{_OF_SERIES}" xmlns:c15="{_C15}"><c15:datalabelsRange><c15:f>{cells.area}</c15:f>'
        f'<c15:dlblRangeCache><c:ptCount val="{len(cells.texts)}"/>{texts}</c15:dlblRangeCache>'
        "</c15:datalabelsRange></c:ext>"
    )


def _point(index: int, label: Label, cells: Cells | None) -> str:
    text = _text(label, from_cell=cells is not None) if label.text else ""
    from_cell = (
        f'<c:extLst><c:ext uri="{_OF_POINT}" xmlns:c15="{_C15}">'
        '<c15:showDataLabelsRange val="1"/></c:ext></c:extLst>'
    )
    return (
        f'<c:dLbl><c:idx val="{index}"/>{text}'
        f'<c:numFmt formatCode={quoteattr(label.number_format)} sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr b="{int(label.bold)}">{_fill(label)}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-US"/></a:p></c:txPr>'
        f'<c:dLblPos val="{label.position}"/>'
        f"{_shown(value=int(cells is None))}{from_cell if cells else ''}</c:dLbl>"
    )


def _text(label: Label, *, from_cell: bool) -> str:
    tag = f'a:fld id="{_FIELD}" type="CELLRANGE"' if from_cell else "a:r"
    return (
        f'<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p><{tag}>'
        f'<a:rPr lang="en-US" b="{int(label.bold)}">{_fill(label)}</a:rPr>'
        f"<a:t>{escape(label.text)}</a:t></{tag.split()[0]}></a:p></c:rich></c:tx>"
    )


def _fill(label: Label) -> str:
    return f'<a:solidFill><a:srgbClr val="{label.colour}"/></a:solidFill>' if label.colour else ""


def _shown(*, value: int) -> str:
    shown = {"LegendKey": 0, "Val": value, "CatName": 0, "SerName": 0, "Percent": 0, "BubbleSize": 0}
    return "".join(f'<c:show{what} val="{flag}"/>' for what, flag in shown.items())
