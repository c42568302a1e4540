"""Rows of the summary: a figure, what it is, a sentence beside it, and as much support as fits."""

from deckgen.domain.answers import Answer, Move, Row
from deckgen.domain.questions import End
from deckgen.orchestrator.analyst.narrative.summary import MAX_WORDS, messages


def answer(name: str, *rows: Row, points: tuple[str, ...] = (), **more: object) -> Answer:
    return Answer.model_validate(
        {
            "question": name,
            "end": End.ANSWERED,
            "headline": f"{name} rose",
            "short": f"{name} is up",
            "rows": rows or (row(name),),
            "points": points,
            **more,
        }
    )


def row(name: str, figure: str = "{{f1}}") -> Row:
    return Row(of=f"{name} rose", figure=figure, label=name, text=f"{name} stands first")


def count(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def test_each_answer_has_a_row_with_its_slide() -> None:
    """In the order of the questions; advice comes last, with what each move is worth."""
    move = {"first": "Look", "worth": "profit"}
    moves = [
        Move(text="Do this", name="North", size="f7", **move),
        Move(text="Do that", name="South", size="f8", **move),
    ]
    advice = answer("Advice", moves=moves)
    found = messages([answer("Sales"), answer("Cost")], advice, set(), count)
    assert [each.slide for each in found] == ["{{s3}}", "{{s4}}", "{{s5}}"]
    assert found[-1].support == "North: {{f7}}; South: {{f8}}"


def test_nothing_in_a_row_is_a_title() -> None:
    """Where its sentence is one, another wording stands there, and a point that is none supports it."""
    sales = answer("Sales", points=("Sales rose", "May was best", "June was worst"))
    (found,) = messages([sales], None, {"Sales stands first", "May was best"}, count)
    assert (found.text, found.support) == ("Sales is up", "June was worst")


def test_the_only_answer_has_rows_for_what_else_it_says() -> None:
    """A point with a figure of its own is a row; one with the same figure is not."""
    rows = (row("Sales"), row("May", "{{f2}}"), row("June", "{{f2}}"), row("July", "{{f3}}"))
    found = messages([answer("Sales", *rows)], None, set(), count)
    assert [each.label for each in found] == ["Sales", "May", "July"]


def test_supports_give_way_to_answers() -> None:
    """The last ones are left out where a slide has no room for all words."""
    long = " ".join(["word"] * (MAX_WORDS // 3))
    answers = [answer(f"Sales {place}", points=(f"{place} {long}",)) for place in "abcd"]
    found = messages(answers, None, set(), count)
    assert [bool(each.support) for each in found] == [True, True, False, False]
