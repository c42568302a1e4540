"""What the checks find in sentences that people write: what is refused, and what stays as their own."""

import pytest

from tests.edited_decks import codes, deck, findings, outcome

ERROR, WARNING = "error", "warning"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{C2}} fell to 8,340 in {{f1}}", "numeral_without_reference"),
        ("{{C2}} fell by eleven percent in {{f1}}", "numeral_without_reference"),
        ("{{C2}} halved in {{f1}}", "numeral_without_reference"),
        ("{{C2}} fell in Q4", "numeral_without_reference"),
        ("{{C2}} fell by ١١ in {{f1}}", "numeral_without_reference"),
        ("{{C2}} fell by {{f77}} in {{f1}}", "unknown_reference"),
        ("{{C2}} fell by {{f7 in {{f1}}", "unknown_reference"),
        ("{{s4}} customers left in {{f1}}", "unknown_reference"),
        ("{{C2}} fell by {{f2}}k in {{f1}}", "number_made_of_reference"),
        ("{{C2}} fell by -{{f7}} in {{f1}}", "number_made_of_reference"),
        ("As {{b30-32}} shows, {{c2}} fell by {{f7}}", "brief_not_quoted"),
        ("{{C2}} rose by {{f7}} in {{f1}}", "claim_contradicted"),
        ("{{C2}} rose from {{f4}} to {{f2}}", "claim_contradicted"),
        ("{{f14}} has the highest {{c2}}: {{f15}}", "claim_contradicted"),
        ("Orders came to {{f2}} in {{f1}}", "number_of_something_else"),
        ("{{C2}} came to {{f4}} in {{f1}}", "number_of_something_else"),
        ("", "text_empty"),
        ("{{C2}} fell\u202e by {{f7}}", "character_not_writable"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    """A number that is no fact, and a sentence that the facts refute."""
    assert codes(deck(), text).get(code) == ERROR


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{C2}} fell by {{f7}} because of the strike", "cause_claimed"),
        ("{{C2}} fell by {{f7}}, and our newsletter suffered", "words_not_covered"),
        ("{{C2}} should grow again soon", "claim_not_shown"),
        ("{{C2}} fell", "title_is_no_statement"),
    ],
)
def test_what_stays_as_their_own(text: str, code: str) -> None:
    """A person may know what no table shows, so it is told and can be saved."""
    found = codes(deck(), text)
    assert found.get(code) == WARNING
    assert ERROR not in found.values()


@pytest.mark.parametrize(
    "text",
    [
        "{{C2}} fell by {{f7}} from {{f3}} to {{f1}}",
        "{{f9}} brings the most {{c2}}: {{f10}}",
        "As “{{b30-32}}” shows, {{c2}} fell by {{f7}}",
    ],
)
def test_what_holds(text: str) -> None:
    """A sentence that the facts bear out has no finding but that a word is unknown."""
    assert codes(deck(), text).keys() <= {"words_not_covered", "claim_not_shown"}


def test_what_could_stand_in_its_place() -> None:
    """A numeral that the deck shows is offered as a reference; so are words of the brief."""
    (number,) = findings(deck(), "{{C2}} fell to 8,340 in {{f1}}")
    assert [each.reference for each in number.suggestions] == ["{{f2}}"]
    assert "Choose 8,340 of the deck (revenue, Q4 2024)" in number.message
    (quarter,) = findings(deck(), "{{C2}} fell in Q4")
    assert [each.reference for each in quarter.suggestions] == ["“{{b27-29}}”"]
    brief = deck().brief.business_context
    assert brief[27:29] == "Q4"


def test_numbers_in_place_of_ids() -> None:
    """A message is read by people, who know no ids of facts."""
    (finding,) = (
        each
        for each in findings(deck(), "{{C2}} rose by {{f7}} in {{f1}}")
        if each.code == "claim_contradicted"
    )
    assert finding.message.startswith("“rose” is said of 11%, which is a fall.")
    assert finding.piece == "rose"


def test_each_sentence_by_itself() -> None:
    """A text of two sentences has two entries, and only the second has a fault."""
    notes = "Tell them slowly. {{C2}} rose by {{f7}} in {{f1}}"
    edit = {"slides": [{"id": "s3", "notes": notes}]}
    first, second = outcome(deck(), edit, saves=False).check.sentences
    assert (first.number, first.text, first.place) == (1, "Tell them slowly.", "notes")
    assert not [each for each in first.findings if each.severity == ERROR]
    assert (second.number, [each.code for each in second.findings]) == (2, ["claim_contradicted"])


def test_another_language() -> None:
    """Only English sentences can be judged: this is told, and a rise that was a fall is found."""
    german = deck("Wie hat sich der Umsatz entwickelt?", language="de")
    assert (
        codes(german, "{{C2}} sank um {{f7}}, wie unsere Leser merken")["language_not_judged"]
        == WARNING
    )
    assert codes(german, "{{C2}} stieg um {{f7}}")["claim_contradicted"] == ERROR


def test_only_what_changed() -> None:
    """Texts that stay are not looked at again, though they come with the edit."""
    slide = deck().slides[2]
    edit = {"slides": [{"id": "s3", "title": slide.title, "bullets": slide.points}]}
    check = outcome(deck(), edit, saves=False).check
    assert (check.savable, check.sentences) == (True, [])


def test_a_slide_that_is_too_full() -> None:
    """It is told of the slide as a whole, and does not keep from saving."""
    edit = {
        "slides": [
            {"id": "s3", "bullets": [f"{{{{C2}}}} fell by {{{{f7}}}} {'so ' * n}" for n in range(9)]}
        ]
    }
    check = outcome(deck(), edit, saves=False).check
    assert check.savable
    assert [each.code for each in check.sentences[-1].findings] == ["slide_too_full"]
    assert check.sentences[-1].place == "slide"
