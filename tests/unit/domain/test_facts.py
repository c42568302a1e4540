"""Text that refers to facts."""

import pytest

from deckgen.domain.facts import References, Span, references, render, spans, unbound_numerals

VALUES = {"f1": "38%", "f12": "classic", "c3": "Price (USD)", "source": "a.csv", "brief": "Q4?"}


def test_references_are_filled() -> None:
    """Facts, columns, the file and the brief are put in where they are referred to."""
    assert render("{{f12}} has {{f1}} of {{c3}} in {{source}}", VALUES) == (
        "classic has 38% of Price (USD) in a.csv"
    )


def test_filled_text_is_not_filled_again() -> None:
    """A label out of the data that looks like a reference stays a label."""
    assert render("{{f1}}", {"f1": "{{f2}}", "f2": "secret"}) == "{{f2}}"


def test_an_unknown_reference_is_an_error() -> None:
    """It is never shown as it stands."""
    with pytest.raises(KeyError):
        render("{{f99}}", VALUES)


def test_spans_keep_where_text_came_from() -> None:
    """Each piece says which reference it came from, so that a page can link it."""
    assert list(spans("It is {{f1}}.", VALUES)) == [Span("It is "), Span("38%", "f1"), Span(".")]
    assert references("{{f1}} and {{c3}}") == ["f1", "c3"]


@pytest.mark.parametrize("text", ["38% of all", "{{f1}} and 4", "Q4", "x２y", "{{f1}}5", "{{ f1 }}"])
def test_digits_outside_references_are_found(text: str) -> None:
    """Any digit, of any script, that somebody wrote into a text is found."""
    assert unbound_numerals(text)


def test_bound_numerals_are_fine() -> None:
    """References are no numerals of the text's own."""
    assert unbound_numerals("{{f1}} of {{f12}}, {{c3}}") == []


def test_a_text_is_filled_as_a_whole_or_not_at_all() -> None:
    """One unknown reference leaves the text as it is."""
    values = References({"c0": "revenue", "f1": "12%"})
    assert values.filled("{{c0}} rose by {{f1}}") == "revenue rose by 12%"
    assert values.filled("{{c0}} rose by {{f2}}") == "{{c0}} rose by {{f2}}"
