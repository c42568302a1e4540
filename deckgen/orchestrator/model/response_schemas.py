"""The shapes of the model's answers, and how a text is read as one. The shapes are static: which facts
there are is checked in code.
"""

import json
import re
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

_THOUGHT = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_THINKING = re.compile(r"<(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t]*+```[ \t]*+(?:\w++[ \t]*+)?$", re.MULTILINE)


class Shape(BaseModel):
    """A strict JSON Schema: every member is there, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlannedSlide(Shape):
    id: str
    title: str
    facts: list[str]


class StorylineAnswer(Shape):
    title: str
    answer: str
    slides: list[PlannedSlide]


class SlideAnswer(Shape):
    title: str
    takeaways: list[str]
    notes: str


S = TypeVar("S", bound=Shape)


def parsed(shape: type[S], text: str) -> S:
    """The answer in a text: it may stand behind thoughts, between fences or in prose, if it is the only
    one. ValueError if there is none. Members that were not asked for are left out.
    """
    return shape.model_validate(_json(text), extra="ignore")


def _json(text: str) -> Any:
    text = text.strip("\ufeff \t\r\n")
    try:
        return _loaded(text)
    except ValueError:
        bare = _bare(text)
        if bare == text:
            raise
        return _loaded(bare)


def _bare(text: str) -> str:
    """What may be the JSON of a text; the text itself if it is not clear which part of it."""
    text = _THOUGHT.split(text)[-1].strip()
    if _THINKING.search(text):
        return text  # it was cut off while it thought
    fenced = _FENCE.split(text)
    if len(fenced) == 3:
        return fenced[1].strip()
    if len(fenced) > 1:
        return text
    begin, end = text.find("{"), text.rfind("}")
    return text[begin : end + 1] if 0 <= begin < end else text


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_members)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; which of two members with the same name is meant nobody knows."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name stands in it twice")
    return members
