"""Across: columns of one kind compared with each other, such as the questions of a survey."""

import re
from itertools import groupby
from statistics import median

from deckgen.domain.datasets import Role
from deckgen.domain.plans import Measured, Plan, Ratio, Total
from deckgen.domain.table_models import ColumnModel, MeasureKind
from deckgen.orchestrator.analyst.execution import columns, parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, Result, Statement, state
from deckgen.orchestrator.analyst.execution.row_values import row_value
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.offered import Concept
from deckgen.orchestrator.analyst.planning import comparing, factors, order, shares, slots
from deckgen.orchestrator.analyst.planning.operation import NOT, PHRASE, WORDS, Operation
from deckgen.orchestrator.analyst.profiling.stemming import stem
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import fits
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats.signed_ranks import signed_ranks

FEWEST = 3
MARKS = 10  # different marks of a score, at most
RANGE = 2.5  # how many times as high the marks of one kind may be
SHARED = 0.7  # of a fit: half of a name
FEW_PAIRS = 10  # of rows, below which nothing is tested
_UNHAPPY = re.compile(r"unhapp|dissatisf|complain|struggl|unzufrieden|schwer|probleme|worst|weakest")
_EITHER = re.compile(
    r"\b(?:more|less|higher|lower|better|worse|happier|mehr|weniger|lieber|besser)\b"
    r".{0,50}\b(?:or|oder|than|als)\b(?!\s*[\d$€£])"
)
_IT = re.compile(r"\b(?:it|they|es|er|sie)\b", re.IGNORECASE)
_ONE_OF = re.compile(
    r"\b(?:rated?|bewertet|beurteilt|(?:type|kind|categor)\w*|\w*art|happy|happier|happiest|satisfied"
    r"|unhappy|dissatisfied|pleased|zufrieden\w*|unzufrieden\w*)\b"
    r"|\b(?:aspects?|subjects?|questions?|statements?|topics?|items?|skills?|criteri\w+|areas?|"
    r"fach|fächer\w*|fragen?|bereich\w*|themen?|kriteri\w+|punkte?)\b"
)


def asks(question: Question, table: Table) -> float:
    """What comes first or last, where the things that are compared are columns."""
    compares = _EITHER.search(question.text.lower())
    if compares and len(_of_one_kind(_named(question, table))) >= 2:
        return PHRASE + 0.2
    ends = question.has(Cue.MOST, Cue.LEAST, Cue.GOOD, Cue.BAD)
    if not ends or _names_groups(question, table):
        return NOT
    named = _named(question, table)
    if len(named) >= 2 or (_ONE_OF.search(question.text.lower()) and len(named) != 1):
        return (
            WORDS + 0.7 if len(_compared(question, table)) >= min(FEWEST, len(named) or FEWEST) else NOT
        )
    return NOT


def _names_groups(question: Question, table: Table) -> bool:
    """True if it names a column of groups, not of those who answered: a pupil on each row is none, if
    nobody asks which pupil.
    """
    which = re.search(r"\b(?:which|welche[rsmn]?)\s+([^\W\d_]+)", question.text, re.IGNORECASE)
    if which and any(fits(stem(which[1].lower()), table.words_of(table.model.columns[each.index].name))
                     for fit, each in question.groups if fit >= shares.SURE):  # fmt: skip
        return True
    return any(
        fit >= shares.SURE and 2 * dimension.groups <= table.model.rows
        for fit, dimension in question.groups
    )


def plan(question: Question, table: Table) -> Plan | Lacking:
    compared = _compared(question, table)
    if len(compared) < 2:
        return Lacking(state("lacks.columns_could_compared_each_other"))
    lowest = _UNHAPPY.search(question.text.lower()) or order.of(question, compared[0]) == "lowest"
    return Plan(
        operation="across",
        measures=compared,
        filters=slots.filters_of(question, table, slots.main_of(table)),
        period=comparing.period_of(question),
        order="lowest" if lowest else "highest",
    )


def _named(question: Question, table: Table) -> list[Measured]:
    """Returns the columns of numbers that a question names itself: the best named ones of one whole
    name, and where two are compared also the other one that shares a word, or the one before.
    """
    columns = [
        (fit, each.measured) for fit, each in question.measures if each.concept is Concept.COLUMN
    ]
    sure = [each for fit, each in columns if fit >= shares.SURE]
    if len(sure) != 1 or not _EITHER.search(question.text.lower()):
        return sure
    others = [each for fit, each in columns if shares.SURE > fit >= SHARED]
    if not others and question.before is not None and _IT.search(question.text):
        measure = question.before.measure
        others = [measure.measured] if measure and measure.concept is Concept.COLUMN else []
    alike = [each for each in others if _kind(each) == _kind(sure[0]) and each != sure[0]]
    return [*sure, *alike] if len(alike) == 1 else sure


def _compared(question: Question, table: Table) -> list[Measured]:
    """Returns the columns that are compared: those that are named, else the scores, else those of the
    largest set with one unit.
    """
    named = _of_one_kind(_named(question, table))
    if len(named) >= 2:
        return named
    scores = _of_one_range(table, _scores(table))
    if len(scores) >= FEWEST:
        return scores
    own = [each.measured for each in table.offered if each.concept is Concept.COLUMN]
    keyed = sorted(own, key=_kind)
    sets = [list(same) for _, same in groupby(keyed, key=_kind)]
    return _of_one_range(table, max(sets, key=len, default=[]))


def _of_one_kind(named: list[Measured]) -> list[Measured]:
    """Returns the named columns of one kind, where kinds are mixed: shares before sums and means, since
    only they are alike for the large and the small.
    """
    kinds = list(dict.fromkeys(_kind(each) for each in named))
    if len(kinds) < 2:
        return named
    sets = [[each for each in named if _kind(each) == kind] for kind in kinds]
    several = [each for each in sets if len(each) > 1]
    return max(
        several, key=lambda each: (isinstance(each[0].measure, Ratio), not each[0].adds_up), default=[]
    )


def _of_one_range(table: Table, compared: list[Measured]) -> list[Measured]:
    """Returns the columns whose highest values are about as high: days are not compared with marks."""
    if len(compared) < FEWEST:
        return compared
    listed = ", ".join(f"max({quoting.name(each.columns[0])})" for each in compared)
    highest = [float(value) for value in table.data.one(f"SELECT {listed} FROM data")]
    middle = median(highest)
    alike = [
        each
        for each, most in zip(compared, highest, strict=True)
        if each.adds_up or middle / RANGE <= most <= middle * RANGE
    ]
    return alike if len(alike) >= FEWEST else compared


def _kind(measured: Measured) -> str:
    return f"{measured.measure.kind} {measured.unit.model_dump_json()}"


def _scores(table: Table) -> list[Measured]:
    """Returns the columns of scores; one whose few marks look like groups is a score beside others."""
    found = [each for each in table.model.columns if _is_score(each)]
    most = max((each.distinct for each in found), default=MARKS)
    alike = [each for each in table.model.columns if each in found or _looks_alike(each, most)]
    return [factors.mean_of(table, each) for each in alike]


def _is_score(column: ColumnModel) -> bool:
    return column.measure is not None and column.measure.kind is MeasureKind.SCORE


def _looks_alike(column: ColumnModel, most: int) -> bool:
    is_group = column.role in (Role.DIMENSION, Role.MEASURE) and column.type in factors.NUMBERS
    return is_group and column.outcome is None and 2 <= column.distinct <= most


def run(plan: Plan, execute: Executor) -> Result | Lacking:
    scope, lowest = Scope.of(plan), plan.order == "lowest"
    valued = [(execute.number(each, scope), each) for each in plan.measures]
    known = [(value, each) for value, each in valued if value is not None]
    if len(known) < 2:
        return Lacking(state("lacks.two_columns_values_could_compared"))
    ranked = [
        each
        for _, each in sorted(known, key=lambda each: (each[0] * (1 if lowest else -1), each[1].label))
    ]
    first, second, last = ranked[0], ranked[1], ranked[-1]
    apart = _differ(execute, first, second, scope)
    statements = [
        _head(execute, first, second, scope, lowest=lowest, apart=apart),
        *([_one(execute, "across.next", second, scope)] if apart is not False else []),
        *(
            [_one(execute, "across.highest" if lowest else "across.lowest", last, scope)]
            if len(ranked) > 2
            else []
        ),
        *parts.left_out(plan, execute),
    ]
    chart = columns.bars(execute, ranked, scope)
    method = state("across.method", rows=parts.rows(execute, scope), things=parts.things(execute))
    return Result(statements, chart, [], method)


def _head(
    execute: Executor,
    first: Measured,
    second: Measured,
    scope: Scope,
    *,
    lowest: bool,
    apart: bool | None,
) -> Statement:
    """Returns which column comes first; with the next one if chance could have put it there."""
    end, kind = ("lowest" if lowest else "highest"), ("total" if _is_sum(first) else "mean")
    if apart is not False:
        return _one(execute, f"across.{kind}.{end}", first, scope)
    return state(
        f"across.level.{end}", first=columns.noun(execute, first), second=columns.noun(execute, second),
        value=execute.value(first, scope), other=execute.value(second, scope),
    )  # fmt: skip


def _is_sum(measured: Measured) -> bool:
    return measured.adds_up and isinstance(measured.measure, Total)


def _one(execute: Executor, says: str, measured: Measured, scope: Scope) -> Statement:
    return state(says, column=columns.noun(execute, measured), value=execute.value(measured, scope))


def _differ(execute: Executor, first: Measured, second: Measured, scope: Scope) -> bool | None:
    """Returns whether two columns differ row by row more than by chance; None if that is not tested."""
    if isinstance(first.measure, Total):
        return None
    values = [row_value(execute.compiler, each.measure) for each in (first, second)]
    pairs = columns.pairs(execute, [each for each in values if each], scope)
    gaps = [float(one) - float(other) for one, other in pairs if one != other]
    if len(pairs) < FEW_PAIRS:
        return None
    return bool(gaps) and signed_ranks(gaps).p_value < execute.level


OPERATION = Operation(asks, plan, run)
