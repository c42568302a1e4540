"""What is taken for the answer in a text, and what is too doubtful to be."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.orchestrator.model.response_schemas import (
    SlideAnswer,
    StorylineAnswer,
    parsed,
    slide_shape,
)
from tests.model_answers import slide_answer

SLIDE = slide_answer("It rose by {{f1}}", ["By {{f1}}"], "Say {this}.", "k1")
TEXT = json.dumps(SLIDE)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"\ufeff\n {TEXT} \n",
        f"```json\n{TEXT}\n```",
        f"```\n{TEXT}\n```",
        f"Here is the slide:\n\n```json\n{json.dumps(SLIDE, indent=1)}\n```\nTell me what to change.",
        f"<think>\nThey want {{JSON}}. ```\n</think>\n\n{TEXT}",
        f"Hm, {{f1}} it is.</think>```json\n{TEXT}\n```",
        f"Sure! {TEXT} I hope that this helps.",
        json.dumps(SLIDE | {"confidence": 0.9, "sources": [{"a": 1}]}),
    ],
)
def test_what_is_clear_is_read(text: str) -> None:
    """Thoughts before it, fences and prose around it, and members beside it change nothing."""
    assert parsed(SlideAnswer, text) == SlideAnswer.model_validate(SLIDE)


def test_members_beside_a_planned_slide() -> None:
    """They are left out at every depth."""
    planned = {"id": "s1", "title": "T", "facts": [], "why": "x"}
    told = parsed(StorylineAnswer, json.dumps({"title": "T", "answer": "A", "slides": [planned]}))
    assert [one.id for one in told.slides] == ["s1"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        TEXT[:-1],
        f"Here it is:\n{TEXT[:-1]}",
        f"{TEXT}\n{TEXT}",
        f"Instead of {{f2}}: {TEXT}",
        f"```json\n{TEXT}\n```\nor\n```json\n{TEXT}\n```",
        f"```json\n{TEXT}",
        f"<think>\n{TEXT}",
        f"[{TEXT}]",
        json.dumps({"slide": SLIDE}),
        json.dumps({"title": "T", "bullets": [], "notes": ""}),
        json.dumps(SLIDE | {"takeaways": "By {{f1}}"}),
        json.dumps(SLIDE | {"notes": None}),
        TEXT.replace('"notes"', '"title": {"text": "B", "claims": []}, "notes"'),
        json.dumps(SLIDE | {"takeaways": ["By {{f1}}"]}),
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
)
def test_what_is_doubtful_is_refused(text: str) -> None:
    """Also what is not as asked."""
    with pytest.raises(ValueError):  # noqa: PT011 - which one is only for the words
        parsed(SlideAnswer, text)


@given(st.text() | st.text(alphabet='{}[]":,`\n</think>').map(lambda noise: noise + TEXT))
def test_whatever_is_said(text: str) -> None:
    """It is an answer, or a ValueError."""
    with contextlib.suppress(ValueError):
        parsed(SlideAnswer, text)


def test_a_slide_can_tell_only_its_claims() -> None:
    """The ids of the claims stand in the schema that the provider holds the answer to."""
    schema = slide_shape(["k1", "k2"]).schema
    assert schema["$defs"]["Sentence"]["properties"]["claims"]["items"]["enum"] == ["k1", "k2"]
    assert "enum" not in json.dumps(slide_shape([]).schema)
