"""The kind of each measure: what the profile says of its sum, and what its name says beside that."""

from deckgen.domain.datasets import Additivity
from deckgen.domain.table_models import Confidence, MeasureKind, MeasureModel
from deckgen.orchestrator.analyst.lexicon import measure_words as of
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCY_CODES
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look

UNFOUNDED = ("nothing says that it may be summed", "it is read as a level")
SCALE = "marks on a scale"
HEADS = frozenset({"capita", "cap", "head", "person", "kopf"})
REQUESTED = "the request says so"


def decide(look: Look, made: Decisions) -> None:
    """Add the kind of each measure."""
    made.measures = {known.name: _kind(known) for known in look.measures}


def _kind(known: Known) -> MeasureModel:
    additivity, reason = known.column.additivity, known.column.reason
    if REQUESTED in reason:
        # What a request says of a sum is not to be bent by a name.
        kind = MeasureKind(additivity.value if additivity else Additivity.RATE.value)
        return MeasureModel(kind=kind, reason=REQUESTED, confidence=Confidence.SURE)
    found = _of_flow(known) if additivity is Additivity.FLOW else None
    if additivity is Additivity.RATE:
        found = _of_rate(known)
    if found:
        kind, why, sure = found
        return MeasureModel(kind=kind, reason=why, confidence=sure)
    is_guess = any(text in reason for text in UNFOUNDED)
    return MeasureModel(
        kind=MeasureKind(additivity.value if additivity else Additivity.RATE.value),
        reason=reason.partition("; ")[2] or reason,
        confidence=Confidence.GUESS if is_guess else Confidence.LIKELY,
    )


def _of_flow(known: Known) -> tuple[MeasureKind, str, Confidence] | None:
    is_money = known.column.symbol in CURRENCY_CODES or known.says(of.MONEY_WORDS)
    if known.column.type == "BIGINT" and not is_money and (word := _first(known, of.COUNT_WORDS)):
        return MeasureKind.COUNT, f"“{word}” counts things, in whole numbers", Confidence.LIKELY
    return None


def _of_rate(known: Known) -> tuple[MeasureKind, str, Confidence] | None:
    """Returns the kind of a measure that is never summed."""
    if SCALE in known.column.reason:
        return MeasureKind.SCORE, "its cells are marks on a scale", Confidence.LIKELY
    if known.column.symbol == "%":
        return MeasureKind.RATE, "it is in %", Confidence.SURE
    if known.column.symbol in of.TIME_UNITS and known.says(of.DURATION_WORDS):
        return MeasureKind.DURATION, f"it is in {known.column.symbol}", Confidence.SURE
    for kind, words in (
        (MeasureKind.PRICE, of.PRICE_WORDS),
        (MeasureKind.INDEX, of.INDEX_WORDS),
        (MeasureKind.SCORE, of.SCORE_WORDS),
        (MeasureKind.DURATION, of.DURATION_WORDS),
    ):
        if word := _first(known, words):
            return kind, f"“{word}” says so", Confidence.LIKELY
    if known.says(of.UNIT_WORDS) and not known.says(HEADS) and (word := _first(known, of.MONEY_WORDS)):
        return MeasureKind.PRICE, f"it is the {word} of one unit", Confidence.LIKELY
    return None


def _first(known: Known, words: frozenset[str]) -> str | None:
    return next((word for word in known.words if word in words), None)
