"""A model's answer about a slide, in the shape that it has to have."""

from collections.abc import Iterable
from typing import Any


def slide_answer(title: str, takeaways: Iterable[str], notes: str, *claims: str) -> dict[str, Any]:
    """Each sentence names the same claims; without any the judge finds out what it claims."""
    return {
        "title": sentence(title, *claims),
        "takeaways": [sentence(text, *claims) for text in takeaways],
        "notes": notes,
    }


def sentence(text: str, *claims: str) -> dict[str, Any]:
    """A sentence with the claims that it tells."""
    return {"text": text, "claims": list(claims)}
