"""Shares of rows that questions mean without naming a measure: of “it”, of what happens most often."""

import re

from deckgen.orchestrator.analyst.execution import mixes
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

SURE = 0.9  # of a fit: a telling word of the name is said, or all of it meant
_IT = re.compile(r"\b(?:it|they|that|er|sie|es)\b", re.IGNORECASE)


def before(question: Question, table: Table) -> Offered | None:
    """Returns the share that the question before asked for, if this one only says “it”: 5 % of what,
    and where is it highest.
    """
    said = question.before
    if said is None or not said.has(Cue.SHARE) or not _IT.search(question.text):
        return None
    if any(fit >= SURE for fit, _ in said.measures):
        return None
    return _share_of_rows(said, table)


def that_occurs(question: Question, table: Table) -> Offered | None:
    """Returns the share of rows of a group, if a question asks of what others that happens most often:
    which kind of tree is most often in bad condition.
    """
    is_asked = question.has(Cue.OCCUR) and question.has(Cue.WHICH, Cue.WHO, Cue.WHERE)
    return _share_of_rows(question, table) if is_asked and question.groups else None


def _share_of_rows(question: Question, table: Table) -> Offered | None:
    """Returns the share of rows that are of the one group that a question names."""
    named = [each for each in question.filters if len(each.values) == 1]
    if len(named) != 1:
        return None
    part, says = str(named[0].values[0]), table.language.say
    measured = mixes.share_of(table.language, table.rows.measured, named[0]).model_copy(
        update={
            "label": says("label.share_of_column", column=part),
            "noun": says("label.share_of", measure=part) if part.isalpha() else says("label.share"),
        }
    )
    return Offered(measured, Concept.OUTCOME, ())
