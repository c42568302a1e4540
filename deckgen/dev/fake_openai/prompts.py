"""The request within a prompt: the data in its blocks, and any text that would steer the model."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deckgen.dev.fake_openai.requests import Message, text_of

STORYLINE, SLIDE = "storyline-data", "slide-data"
INJECTION = "ignore your instructions"
_BLOCK = re.compile(r"<([a-z]+(?:-[a-z]+)*)>([\[{].*?)</\1>", re.DOTALL)


@dataclass(frozen=True)
class Prompt:
    """`kind` names the block that says what is to be written, "" if there is none.

    `steered` says that an instruction stands outside the blocks, or that the content of one closed it.
    """

    system: str
    kind: str
    data: dict[str, Any]
    steered: bool


def read(messages: Sequence[Message]) -> Prompt:
    """Read the messages as a careless model does, without its own earlier answers."""
    text = "\n".join(text_of(message) for message in messages if message.role != "assistant")
    blocks: dict[str, list[Any]] = {}
    for name, written in _BLOCK.findall(text):
        blocks.setdefault(name, []).append(_parsed(written))
    kind = next((name for name in (STORYLINE, SLIDE) if name in blocks), "")
    forged = any(name.endswith("-data") and len(contents) > 1 for name, contents in blocks.items())
    broken = any(None in contents for contents in blocks.values())
    return Prompt(
        system="\n".join(
            text_of(message) for message in messages if message.role in ("system", "developer")
        ),
        kind=kind,
        data=blocks[kind][0] if kind else {},
        steered=forged or broken or INJECTION in _BLOCK.sub(" ", text).lower(),
    )


def _parsed(written: str) -> Any:
    try:
        return json.loads(written)
    except ValueError:
        return None
