"""What a presentation says: the texts, tables and charts of its slides, as a reader of it sees them."""

from typing import Annotated

from pydantic import Field

from deckgen.domain.documents import BaseDocument

Box = tuple[int, int, int, int]  # left, top, width and height in points


class Words(BaseDocument):
    """A paragraph. `told` has references in place of what they stand for, if it has any."""

    text: str
    told: str = Field(default="", exclude_if=lambda told: not told)


class TextPlace(BaseDocument):
    """The text of one shape; `holder` is the type of its placeholder, if it is one."""

    name: str
    paragraphs: list[Words]
    holder: str = Field(default="", exclude_if=lambda holder: not holder)
    box: Box | None = None


class TablePlace(BaseDocument):
    name: str
    rows: list[list[str]]


class PlotSeries(BaseDocument):
    """Values by category; of a scatter the categories are the other values."""

    name: str
    categories: list[str]
    values: list[float | None]


class ChartPlace(BaseDocument):
    """A native chart, with the texts in it; `faults` says what its workbook does not have alike."""

    name: str
    series: list[PlotSeries]
    texts: list[str] = []
    faults: list[str] = Field(default=[], exclude_if=lambda faults: not faults)


class SlidePlaces(BaseDocument):
    """A slide. `notes` are the paragraphs of its notes, `described` the alternative texts of shapes,
    `others` the names of shapes without text.
    """

    id: str = ""
    texts: list[TextPlace] = []
    tables: list[TablePlace] = []
    charts: list[ChartPlace] = []
    notes: list[Words] = []
    described: dict[str, str] = {}
    others: list[str] = []
    pictures: int = 0


class Contents(BaseDocument):
    """All of it; `common` are the texts of masters and layouts that are no placeholders."""

    slides: list[SlidePlaces]
    common: Annotated[list[str], Field(description="Texts that stand on many slides")] = []
