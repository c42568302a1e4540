"""The prompts: files with a version, and data in blocks that no text in them can close."""

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any, TypedDict

from deckgen.domain.facts import Fact, Sign

VERSION = "v3"
# A token has at least so many bytes: prompts are full of references, and other scripts have more.
BYTES_A_TOKEN = 2.5
SCHEMA_TOKENS = 500  # of the shape of the answer with the ids of claims, which is part of the prompt
MAX_LABEL = 70
_SIZE = "size of the "
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


class ChatMessage(TypedDict):
    role: str
    content: str


@cache
def text(name: str) -> str:
    """Returns the part of a prompt that is in the file `name`."""
    file = resources.files("deckgen.orchestrator.model") / "prompts" / VERSION / f"{name}.md"
    return file.read_text("utf-8").strip()


def block(name: str, data: Any) -> str:
    """Returns data as JSON between two tags; the JSON can hold neither a tag nor a line end."""
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
    return f"<{name}>{content}</{name}>"


def fact_rows(facts: Sequence[Fact]) -> list[list[str]]:
    """Returns facts as the model sees them: id, meaning, display form, and direction if any."""
    ids = {fact.label: fact.id for fact in facts}
    rows = ([fact.id, _meaning(fact, ids), fact.display, way(fact)] for fact in facts)
    return [row if row[-1] else row[:-1] for row in rows]


def _meaning(fact: Fact, ids: dict[str, str]) -> str:
    """Returns the meaning of a fact, in brief if the same change is listed with its sign."""
    signed = ids.get(fact.label.removeprefix(_SIZE)) if fact.label.startswith(_SIZE) else None
    return f"{signed} without its sign" if signed else shorten(fact.label)


def shorten(label: str) -> str:
    """Returns a label cut to the length for prompts: a table's names can be of any length."""
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def way(fact: Fact) -> str:
    """Returns "rise" or "fall" for the fact of a change; "" for others."""
    if fact.sign is Sign.PLAIN or not isinstance(fact.value, int | float) or fact.value == 0:
        return ""
    return "rise" if fact.value > 0 else "fall"


def tokens_at_most(messages: Sequence[ChatMessage]) -> int:
    """Returns a safe estimate of a prompt's tokens; the provider counts them exactly."""
    return SCHEMA_TOKENS + round(
        sum(len(message["content"].encode()) + 10 for message in messages) / BYTES_A_TOKEN
    )
