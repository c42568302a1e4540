"""Turning points: where a series went up and then down, or down and then up, for long enough."""

from dataclasses import dataclass

from deckgen.orchestrator.analyst.stats.mann_kendall import trend_of

MIN_TAU = 0.3
MIN_SIDE, MIN_TURN, MAX_TURN_P = 6, 0.05, 0.01


@dataclass(frozen=True)
class Turn:
    """Where a series turned, and how far it went on either side, as shares of the larger level.

    The side before begins at `start`, the side after at `index`.
    """

    start: int
    index: int
    is_peak: bool
    tau: float
    p_value: float
    before: float
    after: float


def turning_in(values: list[float]) -> Turn | None:
    """Returns the turn of values in the order of time with the larger movement on its smaller side.

    The extreme was chosen by looking, and a random walk has one as well: so both sides must hold at a
    level that hardly any noise reaches.
    """
    turns = [turn for is_peak in (True, False) if (turn := _turn_at(values, is_peak))]
    held = [turn for turn in turns if turn.p_value < MAX_TURN_P]
    return max(held, key=lambda turn: min(abs(turn.before), abs(turn.after)), default=None)


def _turn_at(values: list[float], is_peak: bool) -> Turn | None:
    sign = 1 if is_peak else -1
    if (sides := _sides(values, sign)) is None:
        return None
    start, index = sides
    before, after = trend_of(values[start : index + 1]), trend_of(values[index:])
    if before is None or after is None or before.tau * sign < MIN_TAU or after.tau * -sign < MIN_TAU:
        return None
    level = max(abs(value) for value in values)
    rise, fall = (values[index] - values[start]) / level, (values[-1] - values[index]) / level
    if min(abs(rise), abs(fall)) < MIN_TURN:
        return None
    p_value = max(before.p_value, after.p_value)
    return Turn(start, index, is_peak, after.tau, p_value, rise, fall)


def _sides(values: list[float], sign: int) -> tuple[int, int] | None:
    """Returns where the side before begins and where it turns; None if a side is short.

    The side before begins at the opposite extreme: a low is measured from the high before it.
    """
    if len(values) < 2 * MIN_SIDE:
        return None
    index = max(range(len(values)), key=lambda place: sign * values[place])
    if index == 0:
        return None
    start = min(range(index), key=lambda place: sign * values[place])
    if index - start < MIN_SIDE - 1 or len(values) - index < MIN_SIDE:
        return None
    return start, index
