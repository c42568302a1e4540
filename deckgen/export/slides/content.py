"""What a slide has to say, by its parts, whatever the order of its blocks."""

from dataclasses import dataclass, replace
from functools import cached_property

from deckgen.domain.blocks import Actions, Block, Bullets, Callout, Kpi, Kpis, Message, Messages, Table
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Slide
from deckgen.domain.facts import Text
from deckgen.export.slide_facts import names_of, told

PARTS = ("charts", "tables", "kpis", "points", "callouts", "messages", "actions")


@dataclass(frozen=True)
class Content:
    """A slide and its place in the deck."""

    slide: Slide
    number: int

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks that hold something."""
        return [block for block in self.slide.blocks if not _is_empty(block)]

    @property
    def charts(self) -> list[Chart]:
        return [block for block in self.blocks if isinstance(block, Chart)]

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def kpis(self) -> list[Kpi]:
        return [each for block in self.blocks if isinstance(block, Kpis) for each in block.items]

    @property
    def points(self) -> list[Text]:
        return self.slide.points

    @property
    def callouts(self) -> list[Text]:
        return [block.text for block in self.blocks if isinstance(block, Callout)]

    @property
    def messages(self) -> list[Message]:
        return [each for block in self.blocks if isinstance(block, Messages) for each in block.items]

    @property
    def actions(self) -> list[Actions]:
        return [block for block in self.blocks if isinstance(block, Actions)]

    @property
    def said(self) -> list[Text]:
        """What a reader should find on the slide, beside its foot, and what charts and tables hold."""
        texts = [text for block in self.blocks for text in told(block)]
        return [self.slide.title, *texts]

    @property
    def names(self) -> list[Text]:
        """What of it names a figure, a chart or a table: a long name may be shortened."""
        return [text for block in self.blocks for text in names_of(block)]

    @property
    def without_figures(self) -> "Content":
        """The slide without its figures, which stand elsewhere on it."""
        blocks = [block for block in self.slide.blocks if not isinstance(block, Kpis)]
        return replace(self, slide=self.slide.model_copy(update={"blocks": blocks}))

    @property
    def counts(self) -> dict[str, int]:
        """How many of each part the slide has."""
        return {part: len(getattr(self, part)) for part in PARTS}


def _is_empty(block: Block) -> bool:
    match block:
        case Bullets() | Kpis() | Messages() | Actions():
            return not block.items
        case Callout():
            return not block.text.strip()
        case Table():
            return not block.columns
    return False
