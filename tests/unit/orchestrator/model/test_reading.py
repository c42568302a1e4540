"""What is read of an answer: whatever JSON it is, a text, or a name for what it is instead."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.domain.model_calls import Call
from deckgen.orchestrator.model.call_outcomes import CallOutcome
from deckgen.orchestrator.model.provider import ABSURD, _believed
from deckgen.orchestrator.model.reading import AnswerContent, read

TEXT = '{"title": "It rose", "takeaways": [], "notes": ""}'
MOST_IN, MOST_OUT = 1500, 700
DOCUMENT: dict[str, Any] = {
    "id": "x",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": TEXT, "refusal": None, "annotations": []},
            "logprobs": None,
            "finish_reason": "stop",
        }
    ],
    "usage": {
        "prompt_tokens": 1400,
        "completion_tokens": 200,
        "total_tokens": 1600,
        "prompt_tokens_details": {"cached_tokens": 128},
    },
}
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Of everything in a document, the document itself too."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(place for key, part in inner for place in places(part, (*path, key)))]


def changed(value: Any, path: tuple[Any, ...], other: Any, *, drop: bool) -> Any:
    """The document with something else at a place, or with nothing there."""
    if not path:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    if drop and len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = changed(value[path[0]], path[1:], other, drop=drop)
    return copy


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    document: Any = DOCUMENT
    for _ in range(draw(st.integers(1, 3))):
        where = draw(st.sampled_from(places(document)))
        document = changed(document, where, draw(ODD), drop=draw(st.booleans()))
    return document


def of_choice(**changes: Any) -> AnswerContent:
    choice = DOCUMENT["choices"][0]
    return read(DOCUMENT | {"choices": [choice | changes]})


def of_message(**changes: Any) -> AnswerContent:
    return of_choice(message=DOCUMENT["choices"][0]["message"] | changes)


def of_usage(**usage: Any) -> AnswerContent:
    return read(DOCUMENT | {"usage": usage})


@given(mutated())
def test_whatever_is_answered_is_a_text_or_has_a_name(document: Any) -> None:
    """No document raises, and of none are the counts anything but whole numbers that can be true."""
    assert_sound(read(document))


def test_every_place_of_an_answer_may_hold_anything() -> None:
    """One by one: each of the document's values is another, or is missing."""
    others: list[Any] = [
        None,
        True,
        -1,
        0.5,
        10**400,
        float("nan"),
        "",
        "x",
        [],
        [[]],
        [None],
        {},
        {"": 0},
    ]
    for place in places(DOCUMENT):
        for other in others:
            assert_sound(read(changed(DOCUMENT, place, other, drop=False)))
        assert_sound(read(changed(DOCUMENT, place, None, drop=True)))


def assert_sound(reading: AnswerContent) -> None:
    assert isinstance(reading.text, str)
    assert bool(reading.text) != (reading.outcome is not None)
    counts = _believed(reading, MOST_IN, MOST_OUT)
    into = MOST_IN if counts.into is None else counts.into
    out = MOST_OUT if counts.out is None else counts.out
    assert 0 < into <= ABSURD * MOST_IN
    assert 0 <= out <= ABSURD * MOST_OUT
    cached = min(counts.cached, into)
    Call(model="m", tokens_in=into, tokens_cached=cached, tokens_out=out, cost=None, seconds=0)


@pytest.mark.parametrize("reason", ["stop", "eos_token", "STOP", "", None, 5, [], {}])
def test_reasons_to_end_that_nobody_knows(reason: Any) -> None:
    """Only those that are known to be bad spoil an answer."""
    assert of_choice(finish_reason=reason) == read(DOCUMENT)


def test_a_text_in_parts() -> None:
    """It is joined, thoughts left out; with anything else among them nobody knows what it is."""
    parts = [{"type": "text", "text": TEXT[:5]}, {"type": "output_text", "text": TEXT[5:]}]
    assert of_message(content=[{"type": "thinking", "thinking": "Hm"}, *parts]).text == TEXT
    assert of_message(content=[*parts, {"type": "image_url"}]).outcome is CallOutcome.NO_TEXT
    assert of_message(content={"title": "It rose"}).outcome is CallOutcome.NO_TEXT


@pytest.mark.parametrize(
    ("reading", "outcome"),
    [
        (read(None), CallOutcome.NOT_READABLE),
        (read({}), CallOutcome.NOT_READABLE),
        (read(DOCUMENT | {"choices": None}), CallOutcome.EMPTY),
        (read(DOCUMENT | {"choices": [None]}), CallOutcome.NO_MESSAGE),
        (of_choice(message=None), CallOutcome.NO_MESSAGE),
        (of_choice(error={"code": 502}), CallOutcome.BROKEN_OFF),
        (of_choice(finish_reason="length"), CallOutcome.CUT_OFF),
        (of_choice(finish_reason="content_filter"), CallOutcome.FILTERED),
        (of_message(content=" \n"), CallOutcome.EMPTY),
        (of_message(content=None, reasoning_content="Hm"), CallOutcome.ONLY_THOUGHTS),
        (of_message(content="", reasoning="Hm"), CallOutcome.ONLY_THOUGHTS),
        (of_message(content=None, tool_calls=[{}]), CallOutcome.TOOL_CALL),
        (of_message(refusal="No."), CallOutcome.REFUSAL),
        (of_message(content="x" * 20_001), CallOutcome.TOO_LONG),
        (read({"error": "Oh"}), CallOutcome.BROKEN_OFF),
    ],
)
def test_answers_without_a_text(reading: AnswerContent, outcome: CallOutcome) -> None:
    """Each has a name of its own."""
    assert (reading.text, reading.outcome) == ("", outcome)


@pytest.mark.parametrize(
    ("code", "status"), [(429, 429), ("402", 402), (500, 502), (503, 502), (200, None), ("oh", None)]
)
def test_an_error_instead_of_choices(code: Any, status: int | None) -> None:
    """It stands for the status that it names; a server's is one behind which a model may have begun."""
    error = read({"error": {"message": "Oh", "code": code}, "choices": []}).error
    assert (error and error[0]) == status


@pytest.mark.parametrize("count", [200, 200.0, "200", " 200 ", "200.0"])
def test_counts_that_are_whole(count: Any) -> None:
    """They are taken, also as a text."""
    assert of_usage(prompt_tokens=count, completion_tokens=count).counts.into == 200


@pytest.mark.parametrize(
    "count", [None, 200.5, "200.5", "many", -1, True, [], {}, float("nan"), float("inf"), "²", 0, 10**9]
)
def test_counts_that_are_none(count: Any) -> None:
    """Nothing is taken for a count that can't be one, of nothing too if there is a text."""
    reading = of_usage(prompt_tokens=count, completion_tokens=count)
    believed = _believed(reading, MOST_IN, MOST_OUT)
    assert (believed.into, believed.out) == (None, None)
