"""Sentences that no longer hold: their numbers are new, and their words say something else.

A sentence that deckgen makes again of the new table holds. Of any other, whoever wrote it, the claims
are derived again from the new facts, its words are judged by them, and what they contradict now, and
did not before, is told.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from deckgen.domain.charts import Chart
from deckgen.domain.claims import Claim, ClaimRelation
from deckgen.domain.decks import Deck, Layout, Slide, Storyline
from deckgen.domain.facts import REFERENCE, Fact, references
from deckgen.domain.language.phrasebook import words_of
from deckgen.export.pptx.reading.slides import plain
from deckgen.export.text import Words
from deckgen.orchestrator.analyst.proof import claiming
from deckgen.orchestrator.analyst.proof.checks import directions, groups
from deckgen.orchestrator.analyst.proof.checks.lexicon import checked_words
from deckgen.orchestrator.analyst.proof.checks.proof import same
from deckgen.orchestrator.analyst.proof.checks.texts import body, texts
from deckgen.orchestrator.analyst.proof.judging.judge import LANGUAGE, Judge
from deckgen.orchestrator.refresher.outcome import Told
from deckgen.orchestrator.refresher.renewing import Renewed
from deckgen.orchestrator.refresher.succession import with_names

_SAID = {
    ClaimRelation.ROSE: "it rose", ClaimRelation.FELL: "it fell",
    ClaimRelation.UNCHANGED: "it did not change", ClaimRelation.HIGHEST: "it is the highest",
    ClaimRelation.LOWEST: "it is the lowest", ClaimRelation.HIGHER: "it is higher",
    ClaimRelation.LOWER: "it is lower", ClaimRelation.ALIKE: "both are alike",
    ClaimRelation.IS: "it is neither first nor last", ClaimRelation.SHARE: "it is a share",
}  # fmt: skip
_ENDS = {ClaimRelation.HIGHEST: max, ClaimRelation.LOWEST: min}
_ENDS_IN_WORDS = words_of("""
    peak peaked peaks top first leads lead led leading leader record last bottom no
    spitze höchststand führt führte führend erste erster letzte letzter rekord kein keine
""")
# Words of size that no claim covers: how far something moved, which new numbers may not bear out.
_SIZES = words_of("""
    halved halves doubled doubles tripled triples quadrupled slowed half double twice thrice
""")
NOT_SHOWN = "is not what the facts show"  # as the judge says it of what a word asserts
OPEN = "can't be told from the facts alone, and deckgen does not say it of this table"
NOT_JUDGED = "its numbers are new, and only English sentences can be judged"
MOST_NAMED = 3  # reasons of a sentence
LEAST = 2  # words around its numbers: with fewer it claims nothing
NOT_MADE = "the table does not show any more what is said of these numbers together"


class Holding:
    """What the sentences of a deck claimed, and what they may claim now."""

    def __init__(self, before: Deck, renewed: Renewed, anew: Deck) -> None:
        """`anew` is the deck that deckgen makes of the new table."""
        self._before, self._renewed, self._after = before, renewed, renewed.deck
        self._old, self._new = (
            {fact.id: fact for fact in each.facts} for each in (before, self._after)
        )
        self._own = {slide.id: set(_rendered(slide, self._after)) for slide in self._after.slides}
        self._old_judge = Judge(before.facts, before.source)
        self._new_judge = Judge(self._after.facts, self._after.source)
        self._stated = {(each.relation, *each.facts) for each in self._after.claims}
        self._ends = _end(before.facts), _end(anew.facts)
        self._anew = {each for slide in anew.slides for each in _rendered(slide, anew)}

    def problems(self, told: Told) -> list[str]:
        """Returns why a sentence of the refreshed file does not hold, or can't be said to."""
        names = self._renewed.names.get(told.id, {})
        back = {new: old for old, new in names.items()}
        now = self._whole(told)
        before = with_names(now, back)
        found = [*self._lacking(told.references)]
        is_own = any(plain(told.text) in each for each in self._own.get(told.id, ()))
        is_sentence = len(REFERENCE.sub(" ", told.told).split()) >= LEAST and _facts(told.references)
        is_own = is_own and told.id in self._renewed.succeeded
        if is_sentence and not is_own and plain(told.text) not in self._anew:
            found += self._claims(before, names)
            found += self._words(before, now)
            if told.id not in self._renewed.succeeded:
                found += self._ended(told.references)
        return list(dict.fromkeys(found))[:MOST_NAMED]

    def _whole(self, told: Told) -> str:
        """Returns the sentence of which a paragraph is the end: its claim stands over its numbers."""
        end = told.told.casefold()
        every = (text for slide in self._after.slides if slide.id == told.id for _, text in body(slide))
        return next((text for text in every if text.casefold().endswith(f": {end}")), told.told)

    def _lacking(self, cited: Sequence[str]) -> Iterator[str]:
        for name in _facts(cited):
            if name in self._renewed.lacking:
                fact = self._new[name]
                yield f"“{fact.display}” ({fact.label}) is not renewed: {self._renewed.lacking[name]}"

    def _claims(self, told: str, names: dict[str, str]) -> Iterator[str]:
        cited = set(references(told))
        for claim in self._before.claims:
            if claim.relation in _ENDS and not self._speaks_of_ends(told):
                continue
            new = [self._new[names[each]] for each in claim.facts if names.get(each) in self._new]
            if cited.issuperset(claim.facts) and len(new) == len(claim.facts):
                yield from self._claim(claim, new)

    def _claim(self, claim: Claim, facts: list[Fact]) -> Iterator[str]:
        before = [self._old[name] for name in claim.facts]
        old = claiming.of_facts(before)
        if old is None or old.relation is not claim.relation:
            if claim.relation in _alone(before):
                return  # it stands as a claim of its own
            if (claim.relation, *(fact.id for fact in facts)) not in self._stated:
                shown = ", ".join(fact.display for fact in facts)
                yield f"{NOT_MADE}: {shown}"
            return
        new = claiming.of_facts(facts)
        if new is not None and new.relation is not claim.relation:
            of = claim.about.measure if claim.about else facts[0].label
            yield f"of {of}: {_SAID[claim.relation]}, was said; {_SAID[new.relation]} now"
        elif claim.relation in _ENDS and not self._is_end(claim, facts[0]):
            yield f"that {facts[0].display} ({facts[0].label}) is the {claim.relation} does not hold"

    def _speaks_of_ends(self, told: str) -> bool:
        """True if a sentence says that something is first or last, and does not only cite it."""
        known = checked_words(self._before.language)
        words = {word.strip(".,;:!?()").casefold() for word in told.split()}
        return bool(words & (known.highest | known.lowest | _ENDS_IN_WORDS))

    def _is_end(self, claim: Claim, fact: Fact) -> bool:
        """True if a value is still at the end of the order in which it stood: that of a chart."""
        if not fact.unit.is_numeric:
            return True  # its query asks for the name at the end
        was, pick = self._old[claim.facts[0]], _ENDS[claim.relation]
        for before, after in zip(_series(self._before), _series(self._after), strict=False):
            if before and after and same(pick(before), was.value):
                return same(pick(after), fact.value)
        return fact.about is not None and fact != was.model_copy(
            update={"value": fact.value, "rows": fact.rows, "display": fact.display}
        )

    def _words(self, old_told: str, told: str) -> Iterator[str]:
        """Yields what the words contradict now and did not with the facts before."""
        before, after = (Counter(_contradictions(*each)) for each in (
            (self._before, old_told), (self._after, told)))  # fmt: skip
        yield from (each for each in after if after[each] > before[each])
        if self._before.language != LANGUAGE:
            yield NOT_JUDGED
            return
        old, new = (
            Counter(judge.faults(text))
            for judge, text in ((self._old_judge, old_told), (self._new_judge, told))
        )
        for each in new:
            if new[each] > old[each]:
                yield _in_words(each, self._after)
            elif each.endswith(NOT_SHOWN):
                yield f"{each.removesuffix(NOT_SHOWN)}{OPEN}"
            elif (said := each.partition("”")[0].lstrip("“")).casefold() in _SIZES:
                yield f"“{said}” {OPEN}"

    def _ended(self, cited: Sequence[str]) -> Iterator[str]:
        before, now = self._ends
        for name in _facts(cited):
            about = self._new[name].about if name in self._new else None
            if about and about.period and str(about.period.end) == before < now:
                yield f"it tells of the time before {before}, and the table goes on to {now}"


def _alone(facts: Sequence[Fact]) -> set[ClaimRelation]:
    """Returns what facts say each by itself, or two by two."""
    groups = [[fact] for fact in facts] + [list(pair) for pair in combinations(facts, 2)]
    return {claim.relation for group in groups if (claim := claiming.of_facts(group))}


def _facts(cited: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(f"f{name[1:]}" for name in cited if name[0] in "ftq"))


def _end(facts: Sequence[Fact]) -> str:
    """Returns where the latest period ends that facts are about."""
    periods = (fact.about.period for fact in facts if fact.about and fact.about.period)
    return max((str(each.end) for each in periods), default="")


def _rendered(slide: Slide, deck: Deck) -> Iterator[str]:
    words = Words(deck)
    yield from (plain(words.line(text)) for _, text in texts(slide))


def _series(deck: Deck) -> list[list[Any]]:
    return [
        [value for value in series.values if value is not None]
        for slide in deck.slides
        for block in slide.blocks
        if isinstance(block, Chart)
        for series in block.series
    ]


def _contradictions(deck: Deck, told: str) -> Iterator[str]:
    """Yields where a sentence contradicts its numbers, as the checks of a deck find it."""
    slide = Slide(id="s0", layout=Layout.CHART, title=told)
    storyline = Storyline(question="", answer="", arguments=[])
    alone = deck.model_copy(update={"slides": [slide], "title": "", "storyline": storyline})
    checks = [directions.problems] + [groups.problems] * (deck.language != LANGUAGE)
    for check in checks:
        yield from (_in_words(each.partition(": ")[2], deck) for each in check(alone))


def _in_words(problem: str, deck: Deck) -> str:
    """Returns a problem with displays in place of the ids of facts."""
    values = deck.reference_values()
    for fact in deck.facts:
        problem = problem.replace(f"{fact.id} ({fact.display})", fact.display)
    return re.sub(r"\bf\d+\b", lambda match: values.get(match[0], match[0]), problem)
