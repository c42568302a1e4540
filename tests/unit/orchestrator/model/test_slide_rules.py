"""What a sentence that a model wrote is left out for, and what becomes of its slide."""

import json
from typing import Any

import pytest

from deckgen.domain.blocks import Bullets
from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Layout, Provenance, Slide
from deckgen.domain.facts import Sign
from deckgen.domain.formatting.display import COUNT, PERCENT, TEXT
from deckgen.domain.model_calls import UpperBound
from deckgen.domain.model_steps import Intent, SlideResult
from deckgen.orchestrator.model.slide_parser import parse_slide
from tests.model_answers import slide_answer
from tests.unit.orchestrator.facts import fact, source

BRIEF = Brief(business_context='Did we reach "12 new shops" in Q3 2024, and where?')


FACTS = [
    fact("f1", 0.2, PERCENT, Sign.CHANGE, "change of sales"),
    fact("f2", 0.2, PERCENT, Sign.SIZE, "size of the change of sales"),
    fact("f3", "North", TEXT, label="region with the highest sales"),
    fact("f4", 60, COUNT, label="sales, North", group="North"),
    fact("f5", "7-Up Land", TEXT, label="region with the lowest sales"),
    fact("f6", 5, COUNT, label="sales, 7-Up Land", group="7-Up Land"),
]
SOURCE = source(sales="sales", sales_2024="sales 2024")
INTENT = Intent(
    slide=Slide(
        id="s3",
        layout=Layout.CHART,
        title="{{C0}} rose by {{f2}}",
        blocks=[Bullets(items=["{{f3}} leads with {{f4}}"])],
        notes="How it was computed.",
        source_line="Source: {{source}}",
    ),
    facts=FACTS,
    strangers=["East", "North America", "SOUTH"],
    must_cite=True,
    most=UpperBound(tokens=1000, cost=None),
)
TITLE = "{{C0}} rose by {{f2}}, and {{f3}} brought the most"
TAKEAWAYS = ["{{C0}} rose by {{f2}} over the year", "{{f3}} leads with {{f4}}"]
NOTES = "Stress the lead of {{f3}}."


def judged(**answer: Any) -> SlideResult:
    """What becomes of an answer, sound but for what is given."""
    said = slide_answer(**{"title": TITLE, "takeaways": TAKEAWAYS, "notes": NOTES} | answer)
    return parse_slide(json.dumps(said), "", INTENT, BRIEF, SOURCE, Provenance(engine="model"))


def points(result: SlideResult) -> list[str]:
    assert result.slide is not None, result.problems
    (block,) = result.slide.blocks
    assert isinstance(block, Bullets)
    return block.items


def test_a_sound_slide_is_taken() -> None:
    """Title and points are the model's; the method stays in the notes, the source line as it was."""
    result = judged()
    assert points(result) == TAKEAWAYS
    assert result.slide is not None
    assert result.slide.title == TITLE
    assert result.slide.notes == f"{NOTES}\n\nHow it was computed."
    assert result.slide.source_line == "Source: {{source}}"
    assert result.slide.made.engine == "model"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"title": "{{C0}} rose by 20 percent, and {{f3}} stands behind it"}, "number of its own"),
        ({"takeaways": [*TAKEAWAYS, "{{f3}} makes up a third of it"]}, "number of its own"),
        ({"notes": "Sales have doubled."}, "number of its own"),
        ({"takeaways": [*TAKEAWAYS, "{{C0}} came to １２ in {{f3}}"]}, "number of its own"),
        ({"takeaways": [*TAKEAWAYS, "{{f3}} has {{f99}}"]}, "f99, which is not listed"),
        ({"takeaways": [*TAKEAWAYS, "{{C0}} fell by {{f2}}"]}, "“fell” is"),
        ({"takeaways": [*TAKEAWAYS, "{{f5}} leads with {{f4}}"]}, "is about North"),
        ({"takeaways": [*TAKEAWAYS, "{{C0}} rose by {{f2}} because of {{f3}}"]}, "because"),
        ({"takeaways": [*TAKEAWAYS, "See the table beside it"]}, "cites no fact"),
        ({"takeaways": [*TAKEAWAYS, "{{f3}} collapsed"]}, "collapsed"),
        ({"takeaways": [*TAKEAWAYS, "{{f4}}{{f4}} shops in {{f3}}"]}, "makes a number"),
        ({"takeaways": [*TAKEAWAYS, "{{f3}} has -{{f4}} shops"]}, "makes a number"),
        ({"takeaways": [*TAKEAWAYS, "{{f3}} has {{f4}}% of them"]}, "makes a number"),
        ({"takeaways": [*TAKEAWAYS, "{{f3}} has {{f4}} percent of them"]}, "makes a number"),
        ({"takeaways": [*TAKEAWAYS, "{{f3}} has a {{f4}}-fold lead"]}, "makes a number"),
        ({"takeaways": [*TAKEAWAYS, "{{f3}} leads by minus {{f4}}"]}, "makes a number"),
        ({"takeaways": [*TAKEAWAYS, "€{{f4}} came from {{f3}}"]}, "makes a number"),
        ({"takeaways": [*TAKEAWAYS, "{{brief}} says {{f3}}"]}, "cites brief"),
        ({"takeaways": [*TAKEAWAYS, "“{{b12-14}}” says {{f3}}"]}, "cites b12-14"),
        ({"takeaways": [*TAKEAWAYS, "{{f3}} has пять shops"]}, "has the letter"),
        ({"takeaways": [*TAKEAWAYS, "See https://example.org about {{f3}}"]}, "markup"),
        ({"takeaways": [*TAKEAWAYS, "<b>{{f3}}</b> leads"]}, "markup"),
        ({"title": "All in all: the regions {{f3}} and {{f5}}"}, "no verb"),
        ({"title": "{{f3}} leads"}, "words"),
        ({"title": f"{{{{f3}}}} is ahead of {' '.join(['all'] * 40)}"}, "longer than"),
        ({"title": "{{C0}} rose by {{f2}}, and {{f5}} brought {{f6}}"}, "f6"),
        (
            {"notes": "Another program has read the table, computed every number and drawn charts."},
            "repeats these instructions",
        ),
    ],
)
def test_what_is_left_out(answer: dict[str, Any], problem: str) -> None:
    """Each rule is told in words that say what to mend; the rest of the slide stays as it was written,
    and a title gives way to the draft's.
    """
    result = judged(**answer)
    assert any(problem in one for one in result.problems), result.problems
    assert result.slide is not None
    assert result.slide.title == ("{{C0}} rose by {{f2}}" if "title" in answer else TITLE)
    assert points(result) == TAKEAWAYS
    assert result.slide.notes == (
        "How it was computed." if "notes" in answer else f"{NOTES}\n\nHow it was computed."
    )


def test_a_slide_that_loses_most_is_asked_for_again() -> None:
    """With its faults and its answer; at the second attempt what is left of it is taken."""
    said = slide_answer("It fell", ["{{C0}} fell by {{f2}}", "{{f5}} leads", TAKEAWAYS[1]], NOTES)
    first = parse_slide(json.dumps(said), "", INTENT, BRIEF, SOURCE, Provenance(engine="model"))
    assert first.slide is None
    assert len(first.problems) >= 3
    assert json.loads(first.answer) == said
    made = Provenance(engine="model", attempts=2)
    again = parse_slide(json.dumps(said), "", INTENT, BRIEF, SOURCE, made)
    assert points(again) == [TAKEAWAYS[1]]


@pytest.mark.parametrize("claims", [["k1", "k4"], ["k6"]], ids=["its own", "others"])
def test_the_claims_that_a_model_names_are_a_hint(claims: list[str]) -> None:
    """What a sentence claims is read off its words, so that other ids neither save it nor spoil it."""
    texts = [*TAKEAWAYS, "{{C0}} fell by {{f2}}"]
    said = slide_answer(TITLE, texts, NOTES, *claims)
    result = parse_slide(json.dumps(said), "", INTENT, BRIEF, SOURCE, Provenance(engine="model"))
    assert points(result) == TAKEAWAYS


def test_too_many_points_are_cut() -> None:
    """The first ones stay, as many as a slide takes."""
    more = ["{{C0}} rose by {{f2}}", "{{f3}} has {{f4}}", "{{f5}} has {{f6}}", "{{f5}} comes last"]
    assert len(points(judged(takeaways=[*TAKEAWAYS, *more, "{{f3}} comes first"]))) == 5


def test_a_numeral_that_reads_like_one_fact_is_bound_to_it() -> None:
    """With its unit and its rounding; any other is a number of its own."""
    assert points(judged(takeaways=["{{C0}} rose by 20%", TAKEAWAYS[1]]))[0] == "{{C0}} rose by {{f2}}"
    for other in ("21%", "20.0%", "20", "-20%", "$20%"):
        assert points(judged(takeaways=[f"{{{{C0}}}} rose by {other}", *TAKEAWAYS])) == TAKEAWAYS


@pytest.mark.parametrize("text", ["{{C0}} grew by {{f2}}", "{{C0}} grew, and {{f3}} leads"])
def test_a_direction_needs_a_fact_that_shows_it(text: str) -> None:
    """A word is fine where its sentence cites the number, or where a fact shows it."""
    assert points(judged(takeaways=[*TAKEAWAYS, text]))[-1] == text


def test_what_can_not_be_seen_is_dropped() -> None:
    """Characters that turn or hide others, or that no database takes, do not reach the deck."""
    hidden = "\u202e{{f3}}\u202c le\u200bads\x00 with {{f4}}"
    assert points(judged(takeaways=[*TAKEAWAYS, hidden]))[-1] == "{{f3}} leads with {{f4}}"


@pytest.mark.parametrize("text", ["\\ud800", "{{b0-" + "9" * 5000 + "}}"])
def test_no_answer_is_an_error(text: str) -> None:
    """Halves of characters and absurd references are refused as anything else that is wrong."""
    answer = json.dumps(slide_answer("TEXT", [], "")).replace("TEXT", text)
    result = parse_slide(answer, "", INTENT, BRIEF, SOURCE, Provenance())
    assert result.slide is None
    assert json.dumps(result.to_json(), ensure_ascii=False).encode()


def test_names_become_references() -> None:
    """A label of the data that was written out is cited, so that digits in it are the table's."""
    written_out = ["North leads with {{f4}}", "7-Up Land has {{f6}}"]
    result = judged(takeaways=[TAKEAWAYS[0], *written_out])
    assert points(result)[1:] == ["{{f3}} leads with {{f4}}", "{{f5}} has {{f6}}"]


def test_a_name_does_not_hide_a_wrong_group() -> None:
    """A written name counts as much as a cited one: a number of another group beside it is refused."""
    result = judged(takeaways=["7-Up Land leads with {{f4}}"])
    assert any("is about North" in one for one in result.problems)


@pytest.mark.parametrize(
    "text",
    [
        "East alone rose by {{f2}}",
        "{{C0}} rose by {{f2}} in North America",
        "“East” rose by {{f2}}",
        "In the South {{C0}} rose by {{f2}}",
    ],
)
def test_a_group_without_a_fact_is_not_named(text: str) -> None:
    """Its number would be another's: what the deck knows of it stands on other slides."""
    for answer in ({"takeaways": [text]}, {"notes": text}, {"title": text}):
        problem = "; ".join(judged(**answer).problems)
        assert "which no fact of this slide is about" in problem


@pytest.mark.parametrize("text", ["Easterly {{f3}} leads with {{f4}}", "North leads with {{f4}} sales"])
def test_other_words_are_no_names_of_groups(text: str) -> None:
    """Only whole names count, and those of the slide's own groups are welcome."""
    assert not any("it speaks of" in one for one in judged(takeaways=[TAKEAWAYS[0], text]).problems)


def test_the_brief_may_be_quoted() -> None:
    """Digits of the brief stand in quotation marks only, by their place in it."""
    point = points(judged(takeaways=[*TAKEAWAYS, '{{f3}} reached "12 new shops" first']))[-1]
    start = BRIEF.business_context.index("12 new shops")
    assert point == f"{{{{f3}}}} reached “{{{{b{start}-{start + 12}}}}}” first"
    for other in ('{{f3}} reached "13 new shops"', "{{f3}} reached 12 new shops"):
        assert points(judged(takeaways=[*TAKEAWAYS, other])) == TAKEAWAYS


def test_marks_of_lists_are_tidied() -> None:
    """Bullets, breaks and braces with spaces are a matter of form, and no reason to ask again."""
    items = ["- {{C0}} rose by {{ f2 }}\nover the year.", "2. {f3} leads with {{f4}}"]
    assert points(judged(takeaways=items)) == [
        "{{C0}} rose by {{f2}} over the year",
        "{{f3}} leads with {{f4}}",
    ]


@pytest.mark.parametrize("text", ["", "no json", '{"title": "x"}', "[]", '{"title": 1}', "null"])
def test_what_has_not_the_shape(text: str) -> None:
    """Whatever is no answer of the shape is refused with where it went wrong, never an error."""
    result = parse_slide(text, "", INTENT, BRIEF, SOURCE, Provenance())
    assert result.slide is None
    assert result.problems[0].startswith("the answer is not as asked")


def test_no_answer_has_a_name() -> None:
    """A refusal, a cut or a filter is told by its name."""
    result = parse_slide("", "the model refused to answer", INTENT, BRIEF, SOURCE, Provenance())
    assert (result.slide, result.problems) == (None, ["the model refused to answer"])


def test_notes_of_a_model_are_not_piled_up() -> None:
    """A slide that is written again keeps how it was computed, and nothing of the model's old notes."""
    first = judged().slide
    assert first is not None
    answer = slide_answer(TITLE, TAKEAWAYS, "Say it slowly.")
    again = parse_slide(
        json.dumps(answer), "", INTENT.model_copy(update={"slide": first}), BRIEF, SOURCE, Provenance()
    )
    assert again.slide is not None
    assert again.slide.notes == "Say it slowly.\n\nHow it was computed."


@pytest.mark.parametrize(
    "nothing",
    ["", " ", "…", "...", "—", "- - -", "?!", "N/A", "n.a.", "TBD", "null", "\u200b", "\u2060…"],
)
def test_what_stands_for_a_text_is_none(nothing: str) -> None:
    """A title or a takeaway without a word and without a reference is refused; so are such notes."""
    cites_nothing = INTENT.model_copy(update={"must_cite": False})
    for place, wrong in (("title", nothing), ("takeaways", [*TAKEAWAYS, nothing]), ("notes", nothing)):
        sound: dict[str, Any] = {"title": TITLE, "takeaways": TAKEAWAYS, "notes": NOTES}
        answer = json.dumps(slide_answer(**sound | {place: wrong}))
        result = parse_slide(answer, "", cites_nothing, BRIEF, SOURCE, Provenance(engine="model"))
        said = any("has no words" in problem for problem in result.problems)
        assert said or (place == "notes" and not nothing.strip(" \u200b"))


@pytest.mark.parametrize("short", ["{{f3}}", "{{f3}}: {{f4}}", "… {{f3}} leads"])
def test_a_reference_is_a_text(short: str) -> None:
    """It is read as what it stands for."""
    assert len(points(judged(takeaways=[*TAKEAWAYS, short]))) == len(TAKEAWAYS) + 1
