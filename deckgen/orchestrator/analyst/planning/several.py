"""Several measures in one question: revenue and costs, GDP and unemployment."""

import re

from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import slots
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import fits

FIT = 0.5  # of a name, at least: a word for it is said
MOST = 3
_TOGETHER = re.compile(r"\b(and|und)\b|[,&+]", re.IGNORECASE)


def measures_of(question: Question, table: Table) -> list[Offered]:
    """Returns the measures of a question: several if it names them side by side, each by a word of
    its own.
    """
    first = slots.measure_of(question, table)
    if not _TOGETHER.search(question.text):
        return [first]
    found: list[Offered] = []
    said: frozenset[str] = frozenset()
    for offered in _named(question):
        own = _words_of(question, offered)
        if own and not own & said:
            found.append(offered)
            said |= own
    several = sorted(found[:MOST], key=lambda each: _place(question, each))
    return several if len(several) > 1 else [first]


def _named(question: Question) -> list[Offered]:
    """Returns the measures that are named, columns first: a margin has the names of both its sides."""
    named = [offered for fit, offered in question.measures if fit >= FIT]
    counted = [each for each in named if each.concept is not Concept.COUNT]
    return sorted(counted, key=lambda each: each.concept is not Concept.COLUMN)


def _place(question: Question, offered: Offered) -> int:
    """Returns where in the question a measure is named, so that answers have its order."""
    text = question.text.lower()
    places = [text.find(word) for word in _words_of(question, offered)]
    return min((place for place in places if place >= 0), default=len(text))


def _words_of(question: Question, offered: Offered) -> frozenset[str]:
    """Returns the words of the question that name a measure."""
    return frozenset(
        word for word in question.words.stems for names in offered.names if fits(word, names)
    )
