"""The deck as JSON, which is what all other forms are made of."""

import json
from typing import Any

import orjson

from deckgen.export.format import Format, Use
from deckgen.export.themes.look import Look


def _render(deck: dict[str, Any], notice: str, look: Look) -> bytes:
    return orjson.dumps(deck)


def _saved(answer: bytes) -> bytes:
    deck = json.loads(answer)["deck"]
    return json.dumps(deck, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"


FORMAT = Format(
    name="presentation",
    ending=".json",
    path="/api/presentations/{deck_id}",
    media_type="application/json",
    description="The deck as JSON, in what is told of it.",
    render=_render,
    use=Use.FIELD,
    saved=_saved,
)
