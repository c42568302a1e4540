"""Amounts that are asked for each of something, of whatever measure a question means."""

from deckgen.domain.datasets import Role
from deckgen.domain.plans import Level, Mean, Rows, Total
from deckgen.orchestrator.analyst.measures.offered import Offered, named
from deckgen.orchestrator.analyst.measures.per_thing import each_of
from deckgen.orchestrator.analyst.questions import for_each
from deckgen.orchestrator.analyst.questions.for_each import TIMES
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import fits


def is_asked(question: Question, measure: Offered) -> bool:
    """True if an amount is asked for each of something: of what adds up, and no quotient yet."""
    per = question.words.per
    is_amount = isinstance(measure.measured.measure, Total | Rows | Level | Mean)
    return per is not None and per not in TIMES and is_amount


def of(question: Question, table: Table, measure: Offered) -> Offered | None:
    """Returns a measure for each of what the question names, if one column counts that."""
    per = question.words.per
    thing = for_each.summed(per, measure, table) if per else None
    if thing is None or isinstance(measure.measured.measure, Mean):
        return None
    return each_of(measure, thing, table.data, table.language)


def is_known(question: Question, table: Table) -> bool:
    """True if what an amount is asked for is a group, or what each row is: per region, per order."""
    per = question.words.per or ""
    noun = table.model.grain.noun if table.model.grain else "rows"
    names = [named(noun), *(named(each.label) for each in table.dimensions)]
    return any(fits(per, each) for each in names) or any(
        each.role is Role.ID and fits(per, named(each.label)) for each in table.model.columns
    )
