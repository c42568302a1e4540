"""The schemas of the model's answers, and the parser of a text by one. That of a slide names the claims
that the slide can tell, as a hint; whether a fact exists, and a sentence holds, is checked in code.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

_THOUGHT = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_THINKING = re.compile(r"<(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t]*+```[ \t]*+(?:\w++[ \t]*+)?$", re.MULTILINE)


class ResponseSchema(BaseModel):
    """A strict JSON Schema: every member is there, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlannedSlide(ResponseSchema):
    id: str
    title: str
    facts: list[str]


class StorylineAnswer(ResponseSchema):
    title: str
    answer: str
    slides: list[PlannedSlide]


class Sentence(ResponseSchema):
    """A sentence with the ids of the claims that it is meant to tell.

    They are a hint by which a model keeps to what the facts show, and nothing reads them: what a
    sentence claims is read off its words.
    """

    text: str
    claims: list[str]


class SlideAnswer(ResponseSchema):
    title: Sentence
    takeaways: list[Sentence]
    notes: str

    @property
    def texts(self) -> list[str]:
        """All that was written."""
        return [self.title.text, *(each.text for each in self.takeaways), self.notes]


@dataclass(frozen=True)
class Shape:
    """What an answer must look like, as the provider is told."""

    name: str
    schema: dict[str, Any]


@cache
def shape_of(kind: type[ResponseSchema]) -> Shape:
    """Returns the shape of a kind of answer."""
    return Shape(kind.__name__, kind.model_json_schema())


def slide_shape(claims: Sequence[str]) -> Shape:
    """Returns the shape of a slide whose sentences may name these claims, and no others."""
    schema = SlideAnswer.model_json_schema()
    if claims:
        schema["$defs"]["Sentence"]["properties"]["claims"]["items"]["enum"] = list(claims)
    return Shape(SlideAnswer.__name__, schema)


S = TypeVar("S", bound=ResponseSchema)


def parsed(shape: type[S], text: str) -> S:
    """Returns the answer in a text; it may follow thoughts, or be in fences or prose, if it is the only
    one. ValueError if there is none. Unknown members are dropped.
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
    """Returns the likely JSON in a text; the text itself if that is ambiguous."""
    text = _THOUGHT.split(text)[-1].strip()
    if _THINKING.search(text):
        return text  # it was cut off while thinking
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
    """Returns an object; ValueError if a name is in it twice, which would be ambiguous."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name stands in it twice")
    return members
