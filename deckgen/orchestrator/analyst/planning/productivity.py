"""Productivity: what is done for each hour of work, or by each head, where a question asks for that."""

import re

from deckgen.orchestrator.analyst.lexicon import ratio_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.measures.per_thing import each_of
from deckgen.orchestrator.analyst.profiling.stemming import stem
from deckgen.orchestrator.analyst.questions import for_each, summing
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

SAYS = re.compile(
    r"\bproductiv|\bproduktiv|\b(?:fast|slow)(?:er|est)\b|\b(?:schnell|langsam)(?:er|ste)",
    re.IGNORECASE,
)
WORK = (stem("hours"), stem("person"))


def meant(question: Question, table: Table) -> Offered | None:
    """Returns how much is done an hour, or by each head, if a question asks how productive work is."""
    if not SAYS.search(question.text):
        return None
    done = [
        amount
        for each in table.offered
        if each.concept is Concept.COLUMN and _is_done(each)
        if (amount := summing.amount_of(each, table)) is not None
    ]
    for amount in done[:1]:
        for each in WORK:
            if (effort := for_each.summed(each, amount, table)) is not None:
                return each_of(amount, effort, table.data, table.language)
    return None


def _is_done(offered: Offered) -> bool:
    """True of an amount of work: lines picked, pieces made, calls answered."""
    words = {word for name in offered.columns for word in read_name(name).words}
    return bool(words & ratio_words.DONE) and offered.measured.better != "lower"
