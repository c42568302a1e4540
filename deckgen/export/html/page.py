"""Decks as one page: a stage for each slide, an article on a phone, the proof of each number."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from deckgen.domain.blocks import Table
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Deck, Slide
from deckgen.domain.facts import Fact, FactRelation, Text
from deckgen.domain.formatting.display import Value
from deckgen.domain.formatting.locales import spoken_there
from deckgen.export.charts.view import View
from deckgen.export.charts.viewing import view_of
from deckgen.export.html.stage import Stage
from deckgen.export.html.style import colours, mapped_colours
from deckgen.export.html.text import Marker
from deckgen.export.html.viewer import CONTENT_SECURITY_POLICY, SCRIPT
from deckgen.export.layout.table_grid import PADDING
from deckgen.export.scene.elements import EDGE, Scene, TextBox
from deckgen.export.scene.setting import POINT_INDENT
from deckgen.export.slide_facts import facts_of, visible
from deckgen.export.slides.compose import scenes
from deckgen.export.text import Words, minus, writable
from deckgen.export.themes.theme import Theme


class _Page:
    """What the template calls to show one deck."""

    def __init__(self, deck: Deck, theme: Theme) -> None:
        self.deck, self.theme = deck, theme
        self.words = Words(deck)
        self.says = self.words.says
        self._marker = Marker(deck, self.words)
        self._stage = Stage(self._marker, self.words, theme)
        self.scenes = list(scenes(deck, theme, self.words))
        self._used: dict[str, list[int]] = defaultdict(list)
        for number, slide in enumerate(deck.slides, start=1):
            for fact in facts_of(slide, deck):
                self._used[fact.id].append(number)

    def stage(self, number: int) -> Markup:
        return self._stage.scene(self.scenes[number - 1], number)

    def rich(self, text: Text) -> Markup:
        """Returns `text` with each number leading to its fact."""
        return self._marker.text(text)

    def apart(self, text: Text) -> Markup:
        return self._marker.apart(text)

    def plain(self, text: Text) -> str:
        return self.words.line(text)

    def exhibits(self, slide: Slide) -> list[Chart | Table]:
        """Returns what of a slide rests on a query of its own."""
        return [
            block
            for block in slide.blocks
            if isinstance(block, Chart) or (isinstance(block, Table) and block.sql)
        ]

    def view(self, chart: Chart) -> View:
        return view_of(chart, self.words, self.theme.face)

    def cut_tables(self, slide: Slide, number: int) -> list[Table]:
        """Returns the tables of a slide if its stage has not room for all of them."""
        is_cut = _has(self.scenes[number - 1], "cut")
        return [block for block in slide.blocks if isinstance(block, Table) and is_cut]

    def cells(self, table: Table) -> list[list[str]]:
        return [
            [
                self.words.value(value, column.unit)
                for value, column in zip(row, table.columns, strict=False)
            ]
            for row in table.rows
        ]

    @property
    def language(self) -> str:
        """The language of the words; how numbers and dates are read aloud depends on the country."""
        return spoken_there(self.deck.language, self.words.formatter.locale)

    def check(self, name: str) -> str:
        return self.words.formatter.language.known(f"check.{name}", name)

    def said(self, fact: Fact) -> str:
        """Returns a fact as the deck says it."""
        return writable(minus(fact.display) if fact.unit.is_numeric else fact.display)

    def meaning(self, fact: Fact) -> str:
        """Returns what a value is, in words: of a sum, that it is one."""
        about = fact.about
        if about is None or about.aggregate != "total" or not fact.label.startswith(about.measure):
            return fact.label
        if about.relation not in (FactRelation.VALUE, FactRelation.DIFFERENCE):
            return fact.label
        return self.says("page.sum_of", label=fact.label)

    @property
    def each_number(self) -> Markup:
        """What the facts are: results of queries over the table, by the name that those give it."""
        name = writable(self.deck.source.name) if self.deck.source else self.says("page.the_data")
        said = escape(self.says("page.each_number", name="{name}", table="{table}"))
        return said.format(name=name, table=Markup("<code>data</code>"))

    def used_on(self, fact: Fact) -> list[int]:
        return self._used[fact.id]


def _has(scene: Scene, slot: str) -> bool:
    return any(isinstance(each, TextBox) and each.slot == slot for each in scene.elements)


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
    environment.globals |= {
        "script": Markup(SCRIPT),  # noqa: S704 - our own, and the browser compares it with its hash
        "policy": CONTENT_SECURITY_POLICY,
        "named": colours,
        "mapped_colours": mapped_colours,
        "edge": EDGE,
        "padding": PADDING,
        "indent": f"{POINT_INDENT:g}",
    }
    environment.filters |= {"raw_value": _raw, "writable": writable, "minus": minus}
    return environment


def render_html(
    deck: Deck, theme: Theme, *, notice: str = "", downloads: Mapping[str, str] | None = None
) -> str:
    """Returns the deck as a self-contained HTML document; equal decks give equal text.

    `notice` is a sentence that stands above it, about the deck as a whole. `downloads` are the paths of
    its files on the server, with {deck_id} in them; a page that was saved does not show them.
    """
    deck = visible(deck)
    page = _Page(deck, theme)
    template = _environment().get_template("page.html.j2")
    return template.render(deck=deck, page=page, theme=theme, notice=notice, downloads=downloads or {})
