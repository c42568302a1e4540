"""The charts of the console as numbers."""

from deckgen.pages.console.charts import bars, line


def test_a_line() -> None:
    """The largest value is at the top, zero at the bottom, and time goes to the right."""
    drawn = line([0, 4, 2])
    assert drawn.points == ["0.0,46.0 120.0,2.0 240.0,24.0"]
    assert (drawn.most, drawn.total) == (4, 6)


def test_a_value_that_is_not_known() -> None:
    """It parts the line, and is not taken for zero."""
    assert line([1, None, 1]).points == ["0.0,2.0", "240.0,2.0"]
    assert line([None]).points == []


def test_bars() -> None:
    """Each has its place; nothing has no height."""
    first, second = bars([0, 3])
    assert first.height == 0
    assert (second.x, second.width) == (132.0, 96.0)
    assert second.y + second.height == 48
