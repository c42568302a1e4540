from hypothesis import given
from hypothesis import strategies as st

from deckgen.export.layout.scales import nice

VALUES = st.lists(st.floats(-1e12, 1e12).filter(lambda each: each == 0 or abs(each) > 1e-6), min_size=1)


@given(VALUES, st.booleans())
def test_a_scale_holds_every_value(values: list[float], zero: bool) -> None:
    """All values lie on the scale, its ticks reach from end to end and are few."""
    scale = nice(values, zero=zero)
    slack = (scale.high - scale.low) * 1e-6
    assert scale.low - slack <= min(values)
    assert max(values) <= scale.high + slack
    assert 2 <= len(scale.ticks) <= 8
    assert scale.ticks[0] == scale.low


@given(VALUES)
def test_a_scale_with_zero_begins_at_zero(values: list[float]) -> None:
    """Bars begin at zero: with no value below it, it is the lowest tick."""
    scale = nice([abs(value) for value in values], zero=True)
    assert scale.low == 0
