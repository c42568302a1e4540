"""The prompts: files with a version, and data in blocks that no text in them can close."""

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any, TypedDict

from deckgen.domain.facts import Fact, Sign

VERSION = "v2"
# So many bytes a token, or more: prompts are long in references, and other scripts have more bytes.
BYTES_A_TOKEN = 2.5
SCHEMA_TOKENS = 200  # of the shape of the answer, which is part of the prompt
MAX_LABEL = 70
_SIZE = "size of the "
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


class Message(TypedDict):
    role: str
    content: str


@cache
def text(name: str) -> str:
    """A part of a prompt, as its file has it."""
    file = resources.files("deckgen.orchestrator.model") / "prompts" / VERSION / f"{name}.md"
    return file.read_text("utf-8").strip()


def block(name: str, data: Any) -> str:
    """Data as JSON between two tags; in it neither a tag nor the end of a line can be written."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
    return f"<{name}>{written}</{name}>"


def fact_rows(facts: Sequence[Fact]) -> list[list[str]]:
    """What the model sees of facts: id, what it is, what it reads, and its way if it has one."""
    ids = {fact.label: fact.id for fact in facts}
    rows = ([fact.id, _meaning(fact, ids), fact.display, way(fact)] for fact in facts)
    return [row if row[-1] else row[:-1] for row in rows]


def _meaning(fact: Fact, ids: dict[str, str]) -> str:
    """What a fact is; of a change that is listed with its sign as well, no more than that."""
    signed = ids.get(fact.label.removeprefix(_SIZE)) if fact.label.startswith(_SIZE) else None
    return f"{signed} without its sign" if signed else shorten(fact.label)


def shorten(label: str) -> str:
    """Names of columns and groups can be as long as their table likes."""
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def way(fact: Fact) -> str:
    """Whether a fact is of a rise or of a fall; "" if it is neither."""
    if fact.sign is Sign.PLAIN or not isinstance(fact.value, int | float) or fact.value == 0:
        return ""
    return "rise" if fact.value > 0 else "fall"


def tokens_at_most(messages: Sequence[Message]) -> int:
    """A safe estimate of what a prompt takes; the provider counts."""
    return SCHEMA_TOKENS + round(
        sum(len(one["content"].encode()) + 10 for one in messages) / BYTES_A_TOKEN
    )
