"""English names out of a table decide whether a verb is of one or of several."""

import pytest

from deckgen.domain.language.en.nouns import is_plural
from deckgen.domain.language.languages import languages


@pytest.mark.parametrize(
    "noun",
    ["orders", "order lines", "units scrapped", "room nights available", "people", "Sales (EUR)",
     "visits per day"],
)  # fmt: skip
def test_these_name_several(noun: str) -> None:
    """The head of the name is a plural, whatever stands after it."""
    assert is_plural(noun)


@pytest.mark.parametrize(
    "noun",
    ["revenue", "time to first response", "share of orders", "price (in cents)", "average score",
     "gross", "status", "units' price", ""],
)  # fmt: skip
def test_these_name_one(noun: str) -> None:
    """A plural that only tells more of the head does not count, nor does a word that ends like one."""
    assert not is_plural(noun)


def test_a_reference_counts_as_the_column_that_it_stands_for() -> None:
    """The text keeps the reference, and the verb follows the name of the column."""
    english = languages()["en"].of_columns(["orders", "revenue"])
    assert english.noun("{{c0}}", "was|were") == "were"
    assert english.noun("{{C1}}", "was|were") == "was"
