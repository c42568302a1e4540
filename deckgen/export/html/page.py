"""Decks as one page: no script, no other resource, each number a link to the query that proves it."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from deckgen.domain.decks import Chart, Deck, Kpis, Slide, Table
from deckgen.domain.facts import Fact, Span, Text
from deckgen.domain.formatting.display import Value
from deckgen.domain.formatting.locales import spoken_there
from deckgen.export.charts.view import View, view_of
from deckgen.export.html.vega import svg
from deckgen.export.layout.rows import Row, kpis_per_row, rows_of
from deckgen.export.slide_facts import facts_of
from deckgen.export.text import Words, writable
from deckgen.export.themes import DEFAULT, Theme, paler

# Width and height in CSS pixels: beside text, over the whole slide, and on a phone.
_BESIDE, _WHOLE, _PHONE = (740, 400), (1120, 420), (340, 320)


@dataclass(frozen=True)
class Figure:
    """A chart as the page shows it; exactly one of the drawings is visible at a time."""

    view: View
    wide: Markup
    narrow: Markup


class _Page:
    """What the template calls to show one deck."""

    def __init__(self, deck: Deck, theme: Theme) -> None:
        self.deck, self.theme = deck, theme
        self.words = Words(deck)
        self.says = self.words.says
        self._facts = {fact.id: fact for fact in deck.facts}
        self._used: dict[str, list[int]] = defaultdict(list)
        for number, slide in enumerate(deck.slides, start=1):
            for fact in facts_of(slide, deck):
                self._used[fact.id].append(number)

    def rich(self, text: Text) -> Markup:
        """`text` with each fact linked to its row."""
        return Markup("").join(self._span(span) for span in self.words.spans(text))

    def _span(self, span: Span) -> Markup:
        fact = self._facts.get(span.reference or "")
        if fact is None:
            return escape(span.text)
        # A number is not broken after its minus; a text may be long.
        kind = "fact number" if fact.unit.is_numeric else "fact"
        # Where it is Arabic or Hebrew, it must not turn the order of the words around it.
        return Markup('<a class="{}" href="#{}" dir="auto">{}</a>').format(kind, fact.id, span.text)

    def plain(self, text: Text) -> str:
        return self.words.line(text)

    def rows(self, slide: Slide) -> list[Row]:
        return rows_of(slide)

    def figure(self, chart: Chart, row: Row) -> Figure:
        view = view_of(chart, self.words)
        if view.is_empty:
            return Figure(view, Markup(), Markup())
        size = _WHOLE if len(row) == 1 else _BESIDE if not _is_pair(row) else (540, 380)
        wide, narrow = (
            Markup(svg(view, self.theme, *each))  # noqa: S704 - cleaned: shapes and escaped text only
            for each in (size, _PHONE)
        )
        return Figure(view, wide, narrow)

    def cells(self, table: Table) -> list[list[str]]:
        return [
            [
                self.words.value(value, column.unit)
                for value, column in zip(row, table.columns, strict=False)
            ]
            for row in table.rows
        ]

    def kpis_per_row(self, kpis: Kpis) -> int:
        return kpis_per_row(len(kpis.items))

    @property
    def language(self) -> str:
        """The language of the words; how numbers and dates are read aloud depends on the country."""
        return spoken_there(self.deck.language, self.words.formatter.locale)

    def check(self, name: str) -> str:
        return self.words.formatter.language.known(f"check.{name}", name)

    @property
    def each_number(self) -> Markup:
        """What the facts are: results of queries over the table, by the name that those give it."""
        name = writable(self.deck.source.name) if self.deck.source else self.says("page.the_data")
        said = escape(self.says("page.each_number", name="{name}", table="{table}"))
        return said.format(name=name, table=Markup("<code>data</code>"))

    def used_on(self, fact: Fact) -> list[int]:
        return self._used[fact.id]


def _is_pair(row: Row) -> bool:
    return all(isinstance(block, Chart) for block in row)


def _raw(value: Value) -> str:
    return "" if value is None else writable(str(value))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("deckgen.export.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["paler"] = paler
    environment.filters |= {"raw_value": _raw, "writable": writable}
    return environment


def render_html(deck: Deck, *, notice: str = "") -> str:
    """The deck as a self-contained HTML document; equal decks give equal text.

    `notice` is a sentence that stands above it, about the deck as a whole.
    """
    page = _Page(deck, DEFAULT)
    template = _environment().get_template("deck.html.j2")
    return template.render(deck=deck, page=page, theme=DEFAULT, notice=notice)
