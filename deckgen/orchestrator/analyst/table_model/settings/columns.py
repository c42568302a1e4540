"""What the request says of columns: kinds, outcomes, sentinels, what rates are made of, and weights."""

import numpy as np

from deckgen.domain.overrides import ColumnOverride
from deckgen.domain.table_models import (
    Confidence,
    MeasureModel,
    Outcome,
    RateModel,
    Sentinel,
    WeightModel,
)
from deckgen.orchestrator.analyst.profiling.settings import A_DATE
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.table_model import sentinels
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look
from deckgen.orchestrator.analyst.table_model.outcomes import OTHERS
from deckgen.orchestrator.analyst.table_model.rates import FACTORS, Factor
from deckgen.orchestrator.analyst.table_model.settings import REASON

SURE = Confidence.SURE


def decide(look: Look, made: Decisions) -> None:
    """Replace what was decided of each column that the request says something of."""
    for name, said in look.settings.columns.items():
        known = look.named(name)
        if said.kind is not None:
            made.measures[name] = MeasureModel(kind=said.kind, reason=REASON, confidence=SURE)
        if said.sentinels is not None:
            _say_sentinels(look, made, known, said.sentinels)
        if said.outcome is not None:
            made.outcomes[name] = _outcome(look, known, str(said.outcome), said)
        _say_made_of(look, made, known, said)


def _say_sentinels(look: Look, made: Decisions, known: Known, values: list[float]) -> None:
    for before in made.sentinels.pop(known.name, []):
        made.warnings.remove(sentinels.told(known, before))
    found = [
        Sentinel(value=value, rows=_rows_with(look, known, value), reason=REASON, confidence=SURE)
        for value in values
    ]
    if found:
        made.sentinels[known.name] = found
    made.warnings += [
        f"{each.value:g} in {each.rows:,} rows of “{known.label}” stands for no value, as the request "
        "says: answers leave it out"
        for each in found
    ]


def _rows_with(look: Look, known: Known, value: float) -> int:
    (rows,) = look.table.one(
        f"SELECT count(*) FILTER ({known.sql} = {quoting.literal(value)}) FROM data"
    )
    return int(rows)


def _outcome(look: Look, known: Known, counts: str, said: ColumnOverride) -> Outcome:
    """Returns an outcome; with more than two values all others are what it is held against."""
    good = said.good if said.good is not None or said.better is None else said.better == "higher"
    if counts == A_DATE:
        rows, among, otherwise = look.rows - known.column.missing, look.rows, ""
    else:
        values = look.settings.counts[known.name]
        others = [value for value in values if value != counts]
        rows = values[counts]
        among = look.rows if not others else sum(values.values())
        otherwise = "" if not others else others[0] if len(others) == 1 else OTHERS
    return Outcome(
        counts=counts,
        otherwise=otherwise,
        rows=rows,
        share=rows / among if among else 0.0,
        good=good,
        reason=REASON,
        confidence=SURE,
    )


def _say_made_of(look: Look, made: Decisions, known: Known, said: ColumnOverride) -> None:
    """Replace what a rate is made of; a sum or a weighted mean is made of nothing."""
    if said.summed is not None and not known.is_rate:
        made.rates.pop(known.name, None)
    if said.weight is not None:
        made.rates.pop(known.name, None)
        made.weights[known.name] = WeightModel(column=said.weight, reason=REASON, confidence=SURE)
    if said.numerator is not None and said.denominator is not None:
        made.rates[known.name] = RateModel(
            numerator=said.numerator,
            denominator=said.denominator,
            factor=_factor(look, known, said.numerator, said.denominator),
            rows=0,
            reason=REASON,
            confidence=SURE,
        )


def _factor(look: Look, known: Known, numerator: str, denominator: str) -> Factor:
    """Returns what the quotient is mostly multiplied with: 100 for percentages."""
    above, below = look.named(numerator), look.named(denominator)
    quotient = f"({known.sql} / nullif({above.sql} * {above.scale} / nullif({below.sql}, 0), 0))"
    (times,) = look.table.one(
        f"SELECT median({quotient}) * {below.scale} FROM data WHERE isfinite({quotient})"
    )
    if times is None or times <= 0:
        return 1
    return min(FACTORS, key=lambda factor: abs(np.log10(factor) - np.log10(times)))
