"""What a table says of lateness: a flag, a date that was due, or a time that was promised."""

from deckgen.domain.formatting.display import PERCENT, Unit, ValueFormat
from deckgen.domain.plans import Condition, Delay, Elapsed, Mean, Measured, Ratio, Relation, Rows
from deckgen.domain.table_models import ColumnModel
from deckgen.orchestrator.analyst.lexicon import due_words
from deckgen.orchestrator.analyst.measures.derived import share_of
from deckgen.orchestrator.analyst.planning import columns, elapsed
from deckgen.orchestrator.analyst.questions.table import Table


def measures_of(table: Table) -> list[Measured]:
    """Returns the share that is late, and of dates that were due the mean delay."""
    outcome, dates, promise = _outcome_of(table), elapsed.due_pair(table), elapsed.promise(table)
    if outcome is not None:
        return [_share_of_outcome(table, outcome)]
    if dates is not None:
        return [_share_after_due(table, *dates), _days_after_due(table, *dates)]
    return [_share_after_promise(table, promise)] if promise is not None else []


def is_told(table: Table) -> bool:
    dates = elapsed.due_pair(table), elapsed.promise(table)
    return any(dates) or _outcome_of(table) is not None


def _outcome_of(table: Table) -> ColumnModel | None:
    """Returns the column that says of each row whether it was in time or late."""
    for column in table.model.columns:
        outcome = column.outcome
        named = columns.says(column, due_words.IN_TIME)
        valued = outcome is not None and set(outcome.counts.lower().split()) & due_words.IN_TIME
        if outcome is not None and outcome.counts != "(a date)" and (named or valued):
            return column
    return None


def _share_of_outcome(table: Table, column: ColumnModel) -> Measured:
    """Returns the share of rows that are late, or in time: whichever the outcome says."""
    assert column.outcome is not None
    flag = columns.noun_of(table, column)
    says = columns.words(column) & due_words.IN_TIME
    noun = flag if says else column.outcome.counts
    return Measured(
        measure=share_of(column.name, column.outcome),
        label=table.language.say("label.share_of_column", column=column.label),
        noun=noun,
        unit=PERCENT,
        columns=[column.name],
        adds_up=False,
        over_time=False,
        better="lower" if _is_bad(column) else "higher",
    )


def _is_bad(column: ColumnModel) -> bool:
    """True if the outcome that counts is that something is late."""
    assert column.outcome is not None
    told = columns.words(column) | set(column.outcome.counts.lower().split())
    return column.outcome.good is False or bool(told & {"late", "delayed", "overdue", "verspatet"})


def _share_after_due(table: Table, due: ColumnModel, came: ColumnModel) -> Measured:
    """Returns the share that came later than due, of those that came."""
    return _share_of(
        table, Condition(column=came.name, relation=Relation.MORE, other=due.name), [due, came]
    )


def _share_after_promise(table: Table, promise: elapsed.Promise) -> Measured:
    """Returns the share that took longer than was promised, of those that came."""
    start, end, within = promise.start, promise.end, promise.within
    after = Delay(column=within.name, unit=promise.unit)
    later = Condition(column=end.name, relation=Relation.MORE, other=start.name, after=after)
    return _share_of(table, later, [start, end, within])


def _share_of(table: Table, later: Condition, needed: list[ColumnModel]) -> Measured:
    known = [Condition(column=each.name, relation=Relation.KNOWN) for each in needed]
    return Measured(
        measure=Ratio(over=Rows(where=[later]), per=Rows(where=known)),
        label=table.language.say("label.share_late"), noun=table.language.say("label.late"),
        unit=PERCENT, columns=[each.name for each in needed], adds_up=False, over_time=False,
        better="lower",
    )  # fmt: skip


def _days_after_due(table: Table, due: ColumnModel, came: ColumnModel) -> Measured:
    """Returns the mean time from when something was due to when it came, below 0 if early."""
    unit = elapsed.between(table, due, came).unit.symbol
    measure = Mean(of=Elapsed.model_validate({"start": due.name, "end": came.name, "unit": unit}))
    named = table.language.say("label.due_after")
    return Measured(
        measure=measure, label=named, noun=named,
        unit=Unit(format=ValueFormat.NUMBER, symbol=unit), columns=[due.name, came.name],
        adds_up=False, over_time=False, better="lower",
    )  # fmt: skip
