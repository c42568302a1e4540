"""What is usual at a time: the median of the periods around it, or of those in the same season."""

import datetime
import statistics
from dataclasses import dataclass

from deckgen.domain.facts import Fact
from deckgen.domain.formatting.display import Grain
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.series import Series
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.stats.aligned_ranks import cycle_test

SEASONAL = 0.01  # the p-value below which only periods of the same season are compared
AROUND: dict[Grain, int] = {"day": 7, "week": 6, "month": 6, "quarter": 4, "year": 4}
LENGTHS: dict[Grain, int] = {"day": 1, "month": 1, "quarter": 3}  # in days, or else in months
ENOUGH = 3  # neighbours on one side, from which it can say alone what is usual
MOST_CYCLES = 4  # to either side
FEWEST_CYCLES: dict[Grain, int] = {"day": 4, "month": 3, "quarter": 3}


@dataclass(frozen=True)
class Neighbours:
    """Which other periods a period is held against: those up to `reach` away, each `step` periods."""

    series: Series
    reach: int
    step: int

    def expected(self) -> list[float]:
        """Returns for each period the median of its neighbours; its own value where it has none.

        Of those before it, those after it and all of them the nearest median counts: where a level has
        shifted, one side alone says what is usual.
        """
        numbers = [time.number_of(start, self.series.grain) for start in self.series.starts]
        values = dict(zip(numbers, self.series.values, strict=True))
        return [self._nearest(number, values) for number in numbers]

    def _nearest(self, number: int, values: dict[int, float]) -> float:
        before, after = (self._side(number, values, sign) for sign in (-1, 1))
        sides = [side for side in (before, after) if len(side) >= ENOUGH] + [before + after]
        medians = [statistics.median(side) for side in sides if side]
        own = values[number]
        return min(medians, key=lambda median: abs(median - own), default=own)

    def _side(self, number: int, values: dict[int, float], sign: int) -> list[float]:
        places = range(self.step, self.reach + 1, self.step)
        others = [number + sign * place for place in places]
        return [values[each] for each in others if each in values]

    def usual(self, execute: Executor, start: datetime.date) -> Fact:
        """Returns the median of a period's neighbours as a fact."""
        grain, measured = self.series.grain, self.series.measured
        first, last = (time.shift(start, grain, place) for place in (-self.reach, self.reach))
        same = {"day": "isodow", "month": "month", "quarter": "quarter"}
        season = f" AND {same[grain]}(period) = {same[grain]}(DATE '{start}')" if self.step > 1 else ""
        query = (
            f"SELECT median(value) FROM ({self.series.query}) WHERE period BETWEEN DATE '{first}' "
            f"AND DATE '{last}' AND period <> DATE '{start}'{season}"
        )
        label = execute.says(
            "label.usual_around", measure=execute.label(measured, self.series.scope), start=str(start)
        )
        return execute.book.query(
            label, query, measured.unit, *execute.conditions(self.series.scope),
            groups=(str(self.series.group),) if self.series.scope.group else (),
        )  # fmt: skip


def of(series: Series) -> Neighbours:
    """Returns the neighbours that suit a series: those of the same season if it has one."""
    grain = series.grain
    cycle = time.CYCLES.get(grain)
    if cycle and len(series) >= FEWEST_CYCLES[grain] * cycle and _is_seasonal(series, cycle):
        return Neighbours(series, MOST_CYCLES * cycle, cycle)
    return Neighbours(series, AROUND[grain], 1)


def _is_seasonal(series: Series, cycle: int) -> bool:
    first = series.starts[0]
    placed = []
    for start, value in zip(series.starts, series.values, strict=True):
        days = (start - first).days + first.weekday()
        months = 12 * (start.year - first.year) + start.month - 1
        place = days if series.grain == "day" else months // LENGTHS[series.grain]
        placed.append((place, place % cycle, value))
    test = cycle_test(placed, cycle)
    return test is not None and test.test.p_value < SEASONAL
