"""The words that checks look for: verbs, causes, directions, ends of an order."""

import re
from collections.abc import Iterator

from deckgen.domain.decks import Deck
from deckgen.domain.facts import REFERENCE
from deckgen.domain.prose.number_words import MARK, own_numbers
from deckgen.orchestrator.analyst.proof.checks.texts import body, deck_texts
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.vocabulary import KINDS, VERBS

WRITTEN = ("title", "bullet", "notes")  # what a model writes


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RISE = _words("""
    rise rises rose risen rising grow grows grew grown growing growth increase increases
    increased increasing gain gains gained up upwards upward above higher larger recovered
    recovery climbed climbs jumped jumps surged surges soared soars doubled tripled expanded exceeded
    plus
""")
FALL = _words("""
    fall falls fell fallen falling drop drops dropped decline declines declined declining
    decrease decreases decreased decreasing lose loses lost loss down downwards downward below
    lower smaller shrank shrunk shrinks shrinking sank sinks halved slumped plunged tumbled collapsed
    collapses slid slipped dipped contracted minus
""")
RISE |= {word for word, kind in KINDS.items() if kind is Kind.RISE}
FALL |= {word for word, kind in KINDS.items() if kind is Kind.FALL}
# These say that something moved or differs, and of some measures either way.
EITHER = {
    word for word, kind in KINDS.items() if kind in (Kind.BETTER, Kind.WORSE, Kind.MORE, Kind.LESS)
}
EITHER -= RISE | FALL
STEADY = _words("steady unchanged flat stable")
HIGHEST = _words("highest largest biggest most best maximum strongest busiest")
LOWEST = _words("lowest smallest least fewest worst minimum weakest quietest")

_CAUSES = re.compile(
    r"\b(because|due to|caused by|causes|fuell?ed by|explained by|stems? from|thereby|hence|"
    r"on account of|leads? to|led to|thanks to|results? from|as a result|"
    r"driven by|owing to|attributable to)\b",
    re.IGNORECASE,
)
# These verbs have no telling ending, unlike regular past tenses.
_VERBS = (
    RISE
    | FALL
    | _words("""
    is are was were be been has have had do does did can could will would may might must shall
    should need needs came come comes stood stand stands held hold holds made make makes lead
    leads led lies lie lay takes take took brings bring brought goes go went gives give gave
    shows show shown tells tell told tend tends moves move differ differs depends depend adds
    add accounts account falls runs run ran sets set settles settle starts start protect collect
    plan review look establish keep kept exceeds exceed follows follow repeats repeat varies
    vary drives drive drove sold sell sells paid pay pays cost costs won win wins beats beat
    remains remain stays stay sits sit sat outweighs outnumber outnumbers overtook overtakes
    leaves leave left lift lifts hides hide tie ties splits split shares share matter matters reaches
    reach answers
    answer rests rest breaks broke shifts shift hits hit peaks peak begins began ends spread
    spreads
""")
)


def has_verb(text: str) -> bool:
    """True if a text has a verb, by a list and by the ending of past tenses."""
    words = re.findall(r"[a-z]+", text.lower())
    return any(
        word in _VERBS or word in VERBS or (len(word) > 4 and word.endswith("ed")) for word in words
    )


def numbers(deck: Deck) -> Iterator[str]:
    """Yields numbers that a model wrote in words or foreign digits, without a fact behind them."""
    for slide in deck.slides:
        if slide.made.engine != "model":
            continue
        notes = slide.notes.partition("\n\n")[0]  # the rest is the analyst's account of the method
        for place, text in [("title", slide.title), *body(slide), ("notes", notes)]:
            if place not in WRITTEN:
                continue
            if stated := own_numbers(REFERENCE.sub(MARK, text)):
                yield f"{slide.id} {place}: “{stated[0]}”"


def causal(deck: Deck) -> Iterator[str]:
    """Yields words that claim a cause: such data show what moves together and where, never why."""
    for place, text in deck_texts(deck):
        if place.endswith("table column"):
            continue  # a heading claims nothing
        if match := _CAUSES.search(REFERENCE.sub(" ", text)):
            yield f"{place}: “{match[0]}”"
