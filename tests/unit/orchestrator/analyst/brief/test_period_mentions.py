"""The periods that a brief names."""

import datetime

import pytest

from deckgen.orchestrator.analyst.brief.period_mentions import named_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in March 2015", [("month", "2015-03-01")]),
        ("Dec. 2014 and 2015-01", [("month", "2014-12-01"), ("month", "2015-01-01")]),
        ("Q3 2014, 2013 Q1", [("quarter", "2014-07-01"), ("quarter", "2013-01-01")]),
        ("the second quarter of 2012", [("quarter", "2012-04-01")]),
        ("from 2010 to 2015", [("year", "2010-01-01"), ("year", "2015-01-01")]),
        ("im März 2015", [("month", "2015-03-01")]),
        ("in 2012 dollars", []),
        ("2015-03-17 was a Tuesday", []),
        ("we may march on", []),
        ("in March", [("month", "None")]),
        ("in May", [("month", "None")]),
        ("in Q3", [("quarter", "None")]),
        ("last year and this month", [("year", "None"), ("month", "None")]),
    ],
)
def test_periods_are_found_in_the_order_of_the_text(text: str, found: list[tuple[str, str]]) -> None:
    """Months, quarters and years, with a year or without, and never out of other words."""
    assert [(named.grain, str(named.start)) for named in named_in(text, "de_DE")] == found


def test_a_period_that_a_span_begins_with_is_told_from_one_on_its_own() -> None:
    """Since 2010 is not in 2010."""
    assert [named.since for named in named_in("since 2010, not in 2012", "en_US")] == [True, False]
    assert named_in("since Q2 2011", "en_US")[0].start == datetime.date(2011, 4, 1)
