"""Amounts for each of something that another column counts: incidents per seat, murders per head."""

from deckgen.domain.datasets import Role
from deckgen.domain.formatting.display import Unit, ValueFormat
from deckgen.domain.plans import Level, Mean, Ratio, Rows, Total
from deckgen.domain.table_models import ColumnModel
from deckgen.orchestrator.analyst.lexicon import ratio_words
from deckgen.orchestrator.analyst.lexicon.calendar_words import PERIODS
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered, named
from deckgen.orchestrator.analyst.measures.per_thing import readable
from deckgen.orchestrator.analyst.planning import columns
from deckgen.orchestrator.analyst.profiling.stemming import stems
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import fits

HEADS = stems({"head", "capita", "person", "people", "inhabitant", "resident", "citizen", "kopf",
               "einwohner"})  # fmt: skip
TIMES = stems(PERIODS) | stems({"cent", "annum", "jahr", "monat", "woche", "tag", "quartal", "stunde"})


def is_asked(question: Question, measure: Offered) -> bool:
    """True if an amount is asked for each of something: of what adds up, and no quotient yet."""
    per = question.words.per
    is_amount = isinstance(measure.measured.measure, Total | Rows | Level | Mean)
    return per is not None and per not in TIMES and is_amount


def of(question: Question, table: Table, measure: Offered) -> Offered | None:
    """Returns a measure for each of what the question names, if one column counts that."""
    per = question.words.per
    own = set(measure.columns)
    found = [each for each in columns.numbers(table) if each.name not in own and _counts(each, per)]
    if len(found) != 1 or isinstance(measure.measured.measure, Mean):
        return None
    return _ratio(table, measure, found[0])


def is_known(question: Question, table: Table) -> bool:
    """True if what an amount is asked for is a group, or what each row is: per region, per order."""
    per = question.words.per or ""
    noun = table.model.grain.noun if table.model.grain else "rows"
    names = [named(noun), *(named(each.label) for each in table.dimensions)]
    return any(fits(per, each) for each in names) or any(
        each.role is Role.ID and fits(per, named(each.label)) for each in table.model.columns
    )


def _counts(column: ColumnModel, per: str | None) -> bool:
    if per in HEADS:
        return columns.says(column, ratio_words.HEADS)
    return column.role is Role.MEASURE and per is not None and fits(per, named(column.label))


def _ratio(table: Table, measure: Offered, column: ColumnModel) -> Offered:
    """Returns the quotient of two sums, of so many that it can be read."""
    measured, place = measure.measured, table.model.columns.index(column)
    word, factor = readable(table.data, measured.columns, [column.name])
    key, says = (f"measure.per_{word}" if word else "measure.per"), table.language.say
    ratio = Ratio(over=measured.measure, per=Total(of=cell_of(table.model, column)), factor=factor)
    return Offered(
        measured.model_copy(
            update={
                "measure": ratio,
                "label": says(key, measure=measured.label, of=column.label),
                "noun": says(key, measure=measured.noun, of=f"{{{{c{place}}}}}"), "adds_up": False,
                "columns": [*measured.columns, column.name], "over_time": False,
                "unit": Unit(format=ValueFormat.NUMBER) if measured.unit.format is ValueFormat.COUNT
                else measured.unit,
            }
        ),
        Concept.RATIO,
        measure.names,
    )  # fmt: skip
