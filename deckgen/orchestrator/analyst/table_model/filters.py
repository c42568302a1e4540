"""Statuses that change what a row means: failed, refunded, cancelled, test. They are counted apart."""

from typing import Any

from deckgen.domain.table_models import Confidence, Filter, FilterValue
from deckgen.orchestrator.analyst.lexicon import outcome_words
from deckgen.orchestrator.analyst.lexicon import status_words as of
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look

MOST = 0.7  # of the rows, beyond which what a status sets apart is what the table is about
YES = frozenset({pair[0] for pair in outcome_words.YES_NO} | {"1"})
NO = frozenset({pair[1] for pair in outcome_words.YES_NO} | {"0"})
ANNOUNCING = outcome_words.FLAG_WORDS  # is_test, has_refund


def decide(look: Look, made: Decisions) -> None:
    """Add the columns whose values set rows apart, and a warning for each."""
    for known in look.columns:
        if known.name in look.values and (found := _filter(known, look.values[known.name])):
            made.filters.append(found)
            made.warnings.append(told(look, known, found))


def told(look: Look, known: Known, found: Filter) -> str:
    """Returns the warning of rows that are set apart."""
    values = ", ".join(f"{each.value} ({each.rows:,})" for each in found.apart)
    return (
        f"“{known.label}” sets {found.rows:,} of {look.rows:,} rows apart: {values}; they are "
        "in every sum and count that does not leave them out"
    )


def _filter(known: Known, values: dict[Any, int]) -> Filter | None:
    plain_values = {value: plain(str(value)) for value in values}
    if flagged := _of_flag(known, plain_values):
        return _made(known, values, flagged, "its name says that such rows do not count", sure=False)
    if known.is_measure or known.column.type != "VARCHAR":
        return None
    apart = [value for value, text in plain_values.items() if text in of.APART]
    counting = [value for value, text in plain_values.items() if text in of.COUNT]
    is_status = known.says(of.STATUS_NAMES)
    if not apart or not counting:
        return None  # without a value that counts it is no status of rows
    why = "its values say which rows have come to something and which have not"
    never = all(plain_values[value] in of.NEVER_COUNT for value in apart)
    return _made(known, values, apart, why, sure=is_status and never)


def _of_flag(known: Known, values: dict[Any, str]) -> list[Any]:
    """Returns the values of a flag that set rows apart: 1 of is_test."""
    words = [word for word in known.words if word not in ANNOUNCING]
    if len(values) != 2 or len(words) != 1 or words[0] not in of.FLAGS:
        return []
    texts = set(values.values())
    if not (texts & YES and texts & NO):
        return []
    return [value for value, text in values.items() if text in YES]


def _made(
    known: Known, values: dict[Any, int], apart: list[Any], reason: str, *, sure: bool
) -> Filter | None:
    rows = sum(values[value] for value in apart)
    if rows > MOST * sum(values.values()):
        return None
    return Filter(
        column=known.name,
        apart=[FilterValue(value=str(value), rows=values[value]) for value in apart],
        rows=rows,
        reason=reason,
        confidence=Confidence.SURE if sure else Confidence.LIKELY,
    )
