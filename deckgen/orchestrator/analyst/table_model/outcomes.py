"""Outcomes: columns of two values, or of dates and blanks, that say whether something happened."""

from typing import Any

from deckgen.domain.datasets import Role
from deckgen.domain.table_models import Confidence, Outcome
from deckgen.orchestrator.analyst.lexicon import outcome_words as of
from deckgen.orchestrator.analyst.lexicon import role_words
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.profiling.settings import A_DATE
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look

OTHERS = "(any other value)"
FEWEST, MOST = 0.01, 0.98  # of the rows with a date, between which a blank says something
NEGATIONS = frozenset({"not", "no", "non", "nicht", "never", "un", "days", "kein", "keine"})


def decide(look: Look, made: Decisions) -> None:
    """Add the outcomes."""
    for known in look.columns:
        found = _of_dates(known, look) if known.is_date else _of_values(known, look)
        if found:
            made.outcomes[known.name] = found


def _of_dates(known: Known, look: Look) -> Outcome | None:
    """Returns the outcome of a date that is only there if something has happened: churned_at."""
    dated = look.rows - known.column.missing
    if not (known.says(of.DATED) and FEWEST * look.rows <= dated <= MOST * look.rows):
        return None
    if known is look.axis or known.says(NEGATIONS):
        return None
    return Outcome(
        counts=A_DATE,
        otherwise="",
        rows=dated,
        share=dated / look.rows,
        good=not known.says(of.BAD_DATES),
        reason="its name says what happened, and it is blank where it has not",
        confidence=Confidence.LIKELY,
    )


def _of_values(known: Known, look: Look) -> Outcome | None:
    values = look.values.get(known.name, {})
    if len(values) != 2 or known.says(of.NEVER):
        return None
    texts = {plain(str(value)): value for value in values}
    if len(texts) != 2:
        return None
    if known.column.type == "BIGINT":
        return _of_numbers(known, values)
    return _of_yes_and_no(known, values, texts) or _of_pair(known, values, texts)


def _of_numbers(known: Known, values: dict[Any, int]) -> Outcome | None:
    """Returns the outcome of 0 and 1, if the name says what happens or that it is a flag."""
    if set(values) != {0, 1} or known.column.role is Role.ID:
        return None
    if known.says(role_words.GROUP_WORDS) and not known.says(of.FLAG_WORDS):
        return None
    good, named = _good(known)
    if named:
        reason, sure = "its name says what happens, and 1 that it did", Confidence.SURE
    elif known.says(of.FLAG_WORDS) and len(known.words) > 1:
        reason, sure = "its name asks a question, which 1 answers with yes", Confidence.LIKELY
    else:
        return None
    return _made(values, 1, 0, good, reason, sure)


def _of_yes_and_no(known: Known, values: dict[Any, int], texts: dict[str, Any]) -> Outcome | None:
    for yes, no in of.YES_NO:
        if set(texts) == {yes, no}:
            good, named = _good(known)
            reason = f"“{texts[yes]}” says that it is so; " + (
                "its name says what happens" if named else "nothing says if that is good"
            )
            sure = Confidence.SURE if named else Confidence.LIKELY
            return _made(values, texts[yes], texts[no], good, reason, sure)
    return None


def _of_pair(known: Known, values: dict[Any, int], texts: dict[str, Any]) -> Outcome | None:
    for counts, others, good in of.PAIRS:
        for text, opposite in (tuple(texts), tuple(texts)[::-1]):
            if text in counts and opposite in others:
                by_name, named = _good(known)
                if named and by_name is not None and by_name is not good:
                    # “passed” asks for those that have passed, whatever else may happen.
                    text, opposite, good = opposite, text, by_name  # noqa: PLW2901
                reason = f"“{texts[text]}” is what may happen, and “{texts[opposite]}” its opposite"
                sure = Confidence.SURE if named else Confidence.LIKELY
                return _made(values, texts[text], texts[opposite], good, reason, sure)
    return None


def _good(known: Known) -> tuple[bool | None, bool]:
    """Returns if it is good that it happens, None if nothing or both say so; and if it has a name."""
    good, bad = known.says(of.GOOD), known.says(of.BAD)
    named = good or bad or known.says(of.HAPPENS) or known.says(role_words.OUTCOME_WORDS)
    if known.says(NEGATIONS):
        return None, named
    return (good if good != bad else None), named


def _made(
    values: dict[Any, int], counts: Any, other: Any, good: bool | None, reason: str, sure: Confidence
) -> Outcome:
    rows = values[counts]
    return Outcome(
        counts=str(counts),
        otherwise=str(other),
        rows=rows,
        share=rows / (rows + values[other]),
        good=good,
        reason=reason,
        confidence=sure,
    )
