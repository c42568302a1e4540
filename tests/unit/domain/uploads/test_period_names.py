import pytest

from deckgen.domain.uploads.period_names import NamedPeriod, month_number, period_of


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2019", NamedPeriod("year", 2019, 1)),
        ("FY 2019", NamedPeriod("year", 2019, 1)),
        ("Q3 2024", NamedPeriod("quarter", 2024, 3)),
        ("2024Q3", NamedPeriod("quarter", 2024, 3)),
        ("3Q24", NamedPeriod("quarter", 2024, 3)),
        ("3. Quartal 2024", NamedPeriod("quarter", 2024, 3)),
        ("2024-03", NamedPeriod("month", 2024, 3)),
        ("03/2024", NamedPeriod("month", 2024, 3)),
        ("Mar-24", NamedPeriod("month", 2024, 3)),
        ("März 2024", NamedPeriod("month", 2024, 3)),
        ("sept. 1999", NamedPeriod("month", 1999, 9)),
        ("Q3", NamedPeriod("quarter", None, 3)),
        ("Mai", NamedPeriod("month", None, 5)),
        ("1/22/20", NamedPeriod("day", 2020, 1, 22)),
        ("2020-01-22", NamedPeriod("day", 2020, 1, 22)),
    ],
)
def test_names_of_periods_are_understood(text: str, period: NamedPeriod) -> None:
    """Years, quarters, months and days, as columns are called in English, German and French."""
    assert period_of(text) == period


@pytest.mark.parametrize(
    "text", ["", "12", "2024-13", "2024-02-30", "marketing", "decay", "Q5 2024", "2019 sales", "99999"]
)
def test_other_words_and_numbers_are_no_periods(text: str) -> None:
    """Months and days that do not exist, words that begin like months, and numbers."""
    assert period_of(text) is None


def test_the_first_day_of_a_period_needs_a_year() -> None:
    """It is said in the name or given."""
    assert str(NamedPeriod("quarter", None, 3).start(2024)) == "2024-07-01"
    with pytest.raises(ValueError, match="without a year"):
        NamedPeriod("quarter", None, 3).start()


def test_a_name_that_could_be_two_months_is_none() -> None:
    """In French, June and July begin alike."""
    assert (month_number("juin"), month_number("juil."), month_number("jui")) == (6, 7, None)
