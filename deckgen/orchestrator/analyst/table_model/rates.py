"""What rates are made of: a rate that is one column divided by another in all rows, within rounding.

Rows from all over the table are looked at. A rate can then be weighted: the mean of rates is wrong
wherever denominators differ.
"""

from itertools import permutations
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from deckgen.domain.datasets import Additivity
from deckgen.domain.table_models import Confidence, RateModel
from deckgen.orchestrator.analyst.lexicon import role_words
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look, Numbers

MAX_RATES, MAX_PARTS = 8, 10
LEAST_ROWS, MANY_ROWS = 8, 20
LEAST_VALUES = 5  # that a rate has after rounding, else much would fit it
NEAR, FAR = 4, 20  # roundings that its values lie apart: more of them if there are few values
DECIMALS = 6  # beyond which a rate was not rounded
FIT = 0.995  # of the rows
SLACK = 1.02  # rounding of halves, and of floats
Factor = Literal[1, 100, 1000, 10_000, 100_000, 1_000_000]
FACTORS: tuple[Factor, ...] = (1, 100, 1000, 10_000, 100_000, 1_000_000)


class _Parts(NamedTuple):
    numerator: Known
    less: Known | None
    denominator: Known


def decide(look: Look, made: Decisions) -> None:
    """Add what each rate is made of, if one way fits, and no other."""
    if look.rows < LEAST_ROWS:
        return
    rates = [
        known
        for known in look.measures
        if known.column.additivity is Additivity.RATE and known.name not in made.outcomes
    ]
    for rate in [known for known in rates if known.name in look.sample][:MAX_RATES]:
        if found := _found(look, rate, _candidates(look, rate)):
            made.rates[rate.name] = found


def _candidates(look: Look, rate: Known) -> list[_Parts]:
    """Returns the amounts of which a rate may be made; also the difference of two over one of them."""
    parts = [
        known
        for known in look.measures
        if known is not rate and known.name in look.sample and _is_amount(known)
    ][:MAX_PARTS]
    pairs = list(permutations(parts, 2))
    divided = [_Parts(above, None, below) for above, below in pairs]
    return divided + [_Parts(above, less, above) for above, less in pairs]


def _is_amount(known: Known) -> bool:
    return known.adds_up or not (known.says(role_words.RATE_WORDS) or known.column.symbol == "%")


def _fitting(look: Look, rate: Known, candidates: list[_Parts]) -> list[tuple[int, _Parts, Factor]]:
    """Returns the ways in which a rate may be made, each with the rows that were looked at."""
    values = look.sample[rate.name]
    tolerance, is_rounded = _tolerance(values)
    fitting = []
    for parts in candidates:
        computed, known = _computed(look, parts, values)
        if known.sum() < LEAST_ROWS:
            continue
        rate_values, quotients = values[known], computed[known]
        for factor in FACTORS:
            rows = _fits(rate_values, factor * quotients, tolerance, is_rounded=is_rounded)
            if rows:
                fitting.append((rows, parts, factor))
    # Where ads and circulation make revenue, ads are also revenue less circulation.
    return [each for each in fitting if each[1].less is None] or fitting


def _found(look: Look, rate: Known, candidates: list[_Parts]) -> RateModel | None:
    """Returns what a rate is made of, if it is made in one way only."""
    fitting = _fitting(look, rate, candidates)
    if len(fitting) != 1:
        return None  # what fits in several ways is said by none of them
    rows, parts, factor = fitting[0]
    named = parts.numerator.adds_up and parts.denominator.adds_up
    if not named and not rate.says(role_words.RATE_WORDS):
        return None  # of three unknown columns each is made of the other two
    return RateModel(
        numerator=parts.numerator.name,
        less=parts.less.name if parts.less else None,
        denominator=parts.denominator.name,
        factor=factor,
        rows=rows,
        reason=_reason(parts, rows, factor),
        confidence=Confidence.SURE if rows >= MANY_ROWS and named else Confidence.LIKELY,
    )


def _computed(look: Look, parts: _Parts, values: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """Returns what the rate would be, and in which rows it can be compared."""
    above, below = _scaled(look, parts.numerator), _scaled(look, parts.denominator)
    if parts.less:
        above = above - _scaled(look, parts.less)
    with np.errstate(divide="ignore", invalid="ignore"):
        computed = above / below
    return computed, np.isfinite(computed) & np.isfinite(values)


def _scaled(look: Look, known: Known) -> Numbers:
    """Returns amounts in whole units, not in millions: their ratio is told so, mostly."""
    return look.sample[known.name] * known.column.scale


def _tolerance(values: Numbers) -> tuple[float, bool]:
    """Returns half of the last decimal's unit, and if the values were rounded at all."""
    known = values[np.isfinite(values)]
    for decimals in range(DECIMALS):
        if np.allclose(known, np.round(known, decimals), rtol=0, atol=1e-9):
            return 0.5 * 10.0**-decimals * SLACK, True
    return 0.0, False


def _fits(rate: Numbers, computed: Numbers, tolerance: float, *, is_rounded: bool) -> int:
    """Returns the number of rows, if the rate is computed so in them; 0 if it is not, or by chance."""
    margin = tolerance if is_rounded else 1e-6 * np.abs(rate) + 1e-9
    fit = np.abs(rate - computed) <= margin
    if fit.mean() < FIT:
        return 0
    # Few values after rounding, or all within the rounding of one, would be fitted by much else.
    spread = float(np.percentile(rate, 90) - np.percentile(rate, 10))
    many = len(np.unique(rate)) >= LEAST_VALUES and spread > NEAR * tolerance
    return len(rate) if many or spread > FAR * tolerance else 0


def _reason(parts: _Parts, rows: int, factor: int) -> str:
    above = f"“{parts.numerator.label}”"
    if parts.less:
        above = f"({above} − “{parts.less.label}”)"
    times = f" × {factor:,}" if factor != 1 else ""
    return (
        f"it is {above} ÷ “{parts.denominator.label}”{times}, within rounding, in all {rows:,} rows "
        "that were looked at"
    )
