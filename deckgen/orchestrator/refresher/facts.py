"""The facts of a deck over a new table: found again by the analysis, or computed by their queries."""

from typing import TypeAlias

from deckgen.domain.blocks import Block
from deckgen.domain.decks import Deck, Slide
from deckgen.domain.facts import Fact, subject
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.refresher import computing
from deckgen.orchestrator.refresher.computing import NotGiven

Lacking: TypeAlias = dict[str, str]
Empty: TypeAlias = dict[str, list[str]]


class Computed:
    """The facts of a deck by their own queries, each computed once."""

    def __init__(
        self, deck: Deck, table: DataTable, found: list[Fact], lacking: Lacking, empty: Empty
    ) -> None:
        self.deck, self.table = deck, table
        self.lacking, self.empty = lacking, empty
        self._found = found
        self._again = {meaning(fact): fact for fact in self._found}
        self._facts: dict[str, Fact] = {}

    def fact(self, old: Fact) -> Fact:
        if old.id not in self._facts:
            self._facts[old.id] = self._computed(old)
        return self._facts[old.id]

    def rest(self, names: dict[str, str]) -> list[Fact]:
        return [fact for fact in self.deck.facts if fact.id not in names]

    def block(self, slide: Slide, block: Block) -> Block:
        try:
            return computing.block(block, self.table)
        except NotGiven as why:
            self.empty.setdefault(slide.id, []).append(str(why))
            return block

    def _computed(self, old: Fact) -> Fact:
        if named := self._of_its_name(old):
            return named
        try:
            fact = computing.fact(old, self.table, self.deck.writes)
        except NotGiven as why:
            self.lacking[old.id] = str(why)
            return old
        if old.statistics is not None:
            self.lacking[old.id] = "its test was not made again over this table"
        return fact

    def _of_its_name(self, old: Fact) -> Fact | None:
        """Returns the fact that was found again: by its query, or by a name that can mean only one.

        A query may hold numbers of the earlier table, as the bounds of four classes of equal size.
        """
        if again := self._again.get(meaning(old)):
            return again
        queried = [each for each in self._found if (each.sql, each.sign, each.unit) == _query(old)]
        if len(queried) == 1:
            return queried[0]  # the first of an order has another name now
        if old.about is None and not old.unit.is_numeric:
            return None
        before = [each for each in self.deck.facts if subject(each) == subject(old)]
        after = [each for each in self._found if subject(each) == subject(old)]
        return after[0] if len(before) == len(after) == 1 else None


def _query(fact: Fact) -> tuple[object, ...]:
    return fact.sql, fact.sign, fact.unit


def meaning(fact: Fact) -> tuple[object, ...]:
    """Returns what tells a fact from others of its table."""
    return fact.label, fact.sql, fact.sign
