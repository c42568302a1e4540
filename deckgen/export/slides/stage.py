"""The stage of one slide: what archetypes place on it, measured so that nothing overflows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from deckgen.domain.blocks import Table
from deckgen.domain.charts import Chart
from deckgen.domain.facts import Text
from deckgen.domain.language.phrasebook import at_start
from deckgen.export.charts.viewing import view_of
from deckgen.export.layout import table_grid
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import (
    Align,
    Anchor,
    Cell,
    ChartBox,
    Element,
    Panel,
    Paragraph,
    TableBox,
    TextBox,
)
from deckgen.export.scene.setting import Plain, Setter, tall
from deckgen.export.text import Words
from deckgen.export.themes.theme import Grid, Theme

PADDING = 16  # points inside of a panel
_GAP = 0.7  # between two takeaways, in lines of their size
_AFTER_TITLE = 8


@dataclass
class Stage:
    """Sets texts, charts and tables into boxes, measured so that nothing overflows."""

    words: Words
    theme: Theme

    def __post_init__(self) -> None:
        self.set = Setter(self.words, self.theme.face)

    @property
    def grid(self) -> Grid:
        return self.theme.grid

    def split(self, body: Box, columns: int) -> tuple[Box, Box]:
        """Returns so many of the twelve columns, and those to their right."""
        wide = self.grid.span(columns)
        left = replace(body, width=wide)
        start = left.right + self.grid.gutter
        return left, replace(body, left=start, width=body.right - start)

    def text(
        self,
        slot: str,
        text: Text,
        box: Box,
        sizes: Sequence[int],
        *,
        most: int = 0,
        bold: bool = False,
        colour: str = "ink",
        align: Align = "left",
        anchor: Anchor = "top",
    ) -> TextBox:
        """Returns a text in the largest size at which it fits its box, cut where none does."""
        for size in sizes:
            lines = most or max(1, int(box.height / height(1, size) + 0.01))
            if self.set.count(text, size, box.width, bold=bold) <= lines:
                break
        else:
            size, lines = sizes[-1], most or max(1, int(box.height / height(1, sizes[-1]) + 0.01))
        made = self.set.paragraph(
            text, size, box.width, most=lines, bold=bold, colour=colour, align=align
        )
        return TextBox(slot, box, (made,), anchor)

    def points(
        self,
        slot: str,
        items: Sequence[Text],
        box: Box,
        sizes: Sequence[int],
        *,
        bulleted: bool = True,
        spread: bool = False,
        colour: str = "ink",
        align: Align = "left",
    ) -> TextBox:
        """Returns sentences under one another, as many as fit; `spread` parts them over the box."""
        for size in sizes:
            made = self._paragraphs(items, size, box.width, bulleted, colour, align)
            if tall(made) <= box.height:
                break
        else:
            made = self._those_that_fit(made, sizes[-1], box)
        if spread and len(made) > 1:
            made = _spread(made, box.height)
        return TextBox(slot, box, tuple(made))

    def _paragraphs(
        self, items: Sequence[Text], size: int, limit: float, bulleted: bool, colour: str, align: Align
    ) -> list[Paragraph]:
        return [
            self.set.paragraph(
                item,
                size,
                limit,
                colour=colour,
                align=align,
                is_point=bulleted,
                before=_GAP * size if number else 0,
            )
            for number, item in enumerate(items)
        ]

    def leads(self, slot: str, items: Sequence[Text], box: Box, sizes: Sequence[int]) -> TextBox:
        """Returns sentences as many as fit, what leads each in bold: what stands before its colon."""
        for size in sizes:
            made = [
                self._lead(item, size, box.width, first=not number) for number, item in enumerate(items)
            ]
            if sum(map(tall, made)) <= box.height:
                break
        kept = list(made)
        while kept and sum(map(tall, kept)) > box.height - (
            0 if len(kept) == len(made) else 1.9 * size
        ):
            kept.pop()
        paragraphs = [paragraph for each in kept for paragraph in each]
        if len(kept) < len(made):
            paragraphs.append(self.more(len(made) - len(kept), size, box.width))
        return TextBox(slot, box, tuple(paragraphs))

    def leading_size(self, item: Text, box: Box, sizes: Sequence[int]) -> int:
        """Returns the largest size at which a sentence fits a box, what leads it in bold."""
        fitting = (
            size for size in sizes if tall(self._lead(item, size, box.width, first=True)) <= box.height
        )
        return next(fitting, sizes[-1])

    def _lead(self, item: Text, size: int, limit: float, *, first: bool) -> list[Paragraph]:
        lead, mark, support = item.partition(": ")
        before = 0 if first else _GAP * size
        made = [self.set.paragraph(lead, size, limit, bold=bool(mark), before=before)]
        if mark:
            made.append(self.set.paragraph(support, size - 1, limit, colour="muted", before=2))
        return made

    def _those_that_fit(self, made: list[Paragraph], size: int, box: Box) -> list[Paragraph]:
        """Returns the first paragraphs that fit, and a line that says how many are in the notes."""
        kept = list(made)
        while kept:
            count = len(made) - len(kept)
            more = self.more(count, size, box.width) if count else None
            if tall([*kept, more] if more else kept) <= box.height:
                break
            kept.pop()
        more = self.more(len(made) - len(kept), size, box.width)
        return [*kept, more]

    def more(self, count: int, size: int, limit: float) -> Paragraph:
        """Returns the line that says how many sentences stand in the notes."""
        key = "points.one_more" if count == 1 else "points.more"
        return self.set.paragraph(
            Plain(self.words.says(key, count=str(count))),
            size,
            limit,
            most=1,
            colour="muted",
            before=_GAP * size,
        )

    def panel(self, box: Box, *, edge: str = "accent") -> tuple[list[Element], Box]:
        """Returns a panel and the room inside of it."""
        inner = box.inset(PADDING)
        return [Panel(box, "wash", edge)], inner

    def chart(self, chart: Chart, box: Box) -> list[Element]:
        """Returns a chart with its title and what is to be known of it above; without values it is the
        title and a word about that."""
        view = view_of(chart, self.words, self.theme.face)
        if view.is_empty:
            why = at_start(self.words.says("chart.no_values"))
            return self.heading(chart.title, box, why)[0]
        head, below = self.heading(chart.title, box, view.note)
        return [*head, ChartBox(below, chart, self.theme.sizes.chart[0])]

    def heading(self, title: Text, box: Box, note: str = "") -> tuple[list[Element], Box]:
        """Returns the title of an exhibit and a muted note, and the room below them."""
        made: list[Paragraph] = []
        title = at_start(title)
        if self.words.line(title):
            size = self.set.largest(title, self.theme.sizes.lead_in, box.width, 2)
            made.append(self.set.paragraph(title, size, box.width, most=2, colour="muted"))
        if note:
            made.append(
                self.set.paragraph(
                    Plain(note), self.theme.sizes.source[0], box.width, most=2, colour="muted"
                )
            )
        if not made:
            return [], box
        used = tall(made)
        place = Box(box.left, box.top, box.width, used)
        return [TextBox("lead-in", place, tuple(made))], box.below(used + _AFTER_TITLE)

    def table(self, table: Table, box: Box) -> list[Element]:
        """Returns a table, cut to its room, with its title above."""
        head, below = self.heading(table.title, box)
        face = self.theme.face
        for size in self.theme.sizes.table:
            cut = table_grid.grid(table, self.words, face, size, below.width, below.height)
            if not cut.cut:
                break
        rows = tuple(
            self._row(texts, cut.widths, cut.right, size, is_head=number == 0)
            for number, texts in enumerate([cut.header, *cut.rows])
        )
        used = sum(cut.heights)
        title = self.words.line(table.title)
        alt = self.words.says(
            "table.alt",
            title=title,
            rows=str(len(cut.rows)),
            columns=", ".join(cut.header),
            cut=cut.cut,
        ).strip()
        place = Box(below.left, below.top, sum(cut.widths), used)
        found: list[Element] = [
            *head,
            TableBox(place, title, alt, tuple(cut.widths), tuple(cut.heights), rows),
        ]
        if cut.cut:
            sizes = self.theme.sizes.source
            room = Box(below.left, below.top + used + 5, below.width, height(1, sizes[0]))
            found.append(self.text("cut", Plain(cut.cut), room, sizes, colour="muted"))
        return found

    def _row(
        self, texts: Iterable[str], widths: list[float], right: list[bool], size: int, *, is_head: bool
    ) -> tuple[Cell, ...]:
        return tuple(
            Cell(
                self.set.paragraph(
                    Plain(text),
                    size,
                    wide - 2 * table_grid.PADDING,
                    bold=is_head,
                    colour="muted" if is_head else "ink",
                    align="right" if to_right else "left",
                )
            )
            for text, wide, to_right in zip(texts, widths, right, strict=True)
        )


def _spread(made: list[Paragraph], room: float) -> list[Paragraph]:
    """Returns paragraphs further apart, within what looks like one list."""
    spare = (room - tall(made)) / (len(made) - 1)
    size = made[0].size
    more = min(max(spare, 0.0), 1.1 * size)
    return [made[0], *(replace(each, before=each.before + more) for each in made[1:])]
