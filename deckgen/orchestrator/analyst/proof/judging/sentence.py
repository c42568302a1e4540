"""A sentence as the checks of the judge look at it: what stands near a word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.evidence import Evidence
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning
from deckgen.orchestrator.analyst.proof.judging.reading import (
    GROUP,
    MEASURE,
    NUMBER,
    PERIOD,
    WORD,
    Token,
)
from deckgen.orchestrator.analyst.proof.judging.vocabulary import JOINING

SHORTEST_NOUN = 3  # letters of what is no plural: has, is, was, its


@dataclass(frozen=True)
class Sentence:
    """The tokens of a sentence, and the facts that it may rest on."""

    tokens: Sequence[Token]
    evidence: Evidence

    @property
    def cited(self) -> frozenset[str]:
        """The ids of the facts that it cites."""
        return frozenset(each.meaning.fact.id for each in self.tokens if each.meaning is not None)

    def clause(self, token: Token) -> list[Token]:
        """Returns the clause of a word."""
        return [each for each in self.tokens if each.clause == token.clause]

    def has(self, token: Token, kind: Kind) -> bool:
        """True if another word of the clause is of a kind."""
        return any(each.kind is kind for each in self.clause(token) if each is not token)

    def is_passive(self, token: Token) -> bool:
        """True if something is done to the subject: "is outsold by"."""
        place = list(self.tokens).index(token)
        before, after = self.tokens[max(0, place - 1) : place], self.tokens[place + 1 : place + 2]
        return (
            bool(before and after)
            and before[0].text in particles.PASSIVE
            and after[0].text == particles.BY
        )

    def nearest(self, token: Token, shape: str) -> list[str]:
        """Returns mentions of the clause, the nearest first; without any those of the others."""
        own = [each for each in self.clause(token) if each.shape == shape]
        found = own or [each for each in self.tokens if each.shape == shape]
        return [each.text for each in sorted(found, key=lambda each: abs(each.place - token.place))]

    def all_of(self, shape: str) -> list[str]:
        """Returns what the sentence mentions of a shape, each once."""
        return list(dict.fromkeys(each.text for each in self.tokens if each.shape == shape))

    def groups_before(self, token: Token) -> list[str]:
        """Returns the groups before a word in its clause, the nearest first."""
        before = [
            each for each in self.clause(token) if each.shape == GROUP and each.place < token.place
        ]
        return [each.text for each in reversed(before)]

    def groups_after(self, token: Token) -> list[str]:
        """Returns the groups after a word in its clause, the nearest first."""
        after = [
            each for each in self.clause(token) if each.shape == GROUP and each.place > token.place
        ]
        return [each.text for each in after]

    def groups_told(self, token: Token) -> list[str]:
        """Returns the groups of the clauses before that of a word, the last first."""
        return [
            each.text
            for each in reversed(self.tokens)
            if each.shape == GROUP and each.clause < token.clause
        ]

    def subjects_of(self, token: Token) -> list[str]:
        """Returns groups and periods near a word: those before it first, then those after it."""
        named = [each for each in self.clause(token) if each.shape in (GROUP, PERIOD)]
        groups = [each for each in named if each.shape == GROUP] or named
        before = [each for each in groups if each.place < token.place]
        after = [each for each in groups if each.place > token.place]
        found = [each.text for each in (*reversed(before), *after)]
        return found or self._subject_before(token) or self.nearest(token, GROUP)

    def _subject_before(self, token: Token) -> list[str]:
        """Returns the first group of the last clause that names one: "North beat South and leads"."""
        if self.clause(token)[0].text not in JOINING:
            return []
        earlier = [each for each in self.tokens if each.shape == GROUP and each.clause < token.clause]
        return [each.text for each in earlier if each.clause == earlier[-1].clause][:1]

    def measure_of(self, token: Token) -> str:
        """Returns the measure nearest to a word; of the clauses before if its own has none."""
        measures = [each for each in self.tokens if each.shape == MEASURE and not self._is_one(each)]
        own = [each for each in measures if each.clause == token.clause]
        if own:
            return min(own, key=lambda each: abs(each.place - token.place)).text
        before = [each for each in measures if each.place < token.place]
        after = [each for each in measures if each.place > token.place]
        return before[-1].text if before else after[0].text if after else ""

    def counts_unnamed(self, token: Token) -> bool:
        """True if a word compares or ranks by what no measure is called: "the most units"."""
        place = self.tokens.index(token)
        words = [each for each in self.tokens[place : place + 4] if each.text not in particles.ARTICLES]
        return any(
            word.text in particles.COUNTING and noun.shape == WORD and _is_plural(noun.text)
            for word, noun in pairwise(words)
        )

    def _is_one(self, token: Token) -> bool:
        """True if a sentence speaks of one of what is counted: "{{f1}} per order"."""
        before = [each.text for each in self.tokens if each.place < token.place]
        return bool(before) and before[-1] in particles.PER_EACH

    def measure_told(self, token: Token) -> str:
        """Returns the measure near a word; if none is named that of the nearest number."""
        if named := self.measure_of(token):
            return named
        told = [each for each in self.tokens if each.meaning is not None and each.meaning.measure]
        own = [each for each in told if each.clause == token.clause] or told
        nearest = min(own, key=lambda each: abs(each.place - token.place), default=None)
        return nearest.meaning.measure if nearest and nearest.meaning else ""

    def numbers(self, token: Token) -> list[tuple[Token, Meaning]]:
        """Returns the numbers of a word's clause."""
        return [
            (each, each.meaning)
            for each in self.clause(token)
            if each.shape == NUMBER and each.meaning is not None
        ]

    def changes(self, token: Token) -> list[tuple[Token, Meaning]]:
        """Returns the changes in a word's clause."""
        return [(each, meaning) for each, meaning in self.numbers(token) if meaning.is_change]

    def has_change(self, token: Token) -> bool:
        """True if the clause tells of a change: it cites one, or has a word of direction."""
        ways = (Kind.RISE, Kind.FALL, Kind.MORE, Kind.LESS)
        return bool(self.changes(token)) or any(self.has(token, kind) for kind in ways)


def _is_plural(word: str) -> bool:
    return len(word) > SHORTEST_NOUN and word.endswith("s") and not word.endswith("ss")


# Whether what a word asserts holds; None where no fact says.
Check = Callable[[Sentence, Token], bool | None]
