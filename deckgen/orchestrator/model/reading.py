"""What an answer says: what can be read without doubt is, whatever its form; the rest has a name."""

import re
from dataclasses import dataclass
from typing import Any

from deckgen.orchestrator.model.call_outcomes import Outcome

MAX_ANSWER = 20_000  # characters; no answer that can be used is nearly as long
TEXT_PARTS = ("text", "output_text")
THOUGHT_PARTS = ("thinking", "reasoning", "redacted_thinking")
BAD_GATEWAY = 502
_CUT_OFF = ("length", "max_tokens")
_ERRORS = range(400, 600)
_COUNT = re.compile(r"\d{1,12}(?:\.0+)?", re.ASCII)


@dataclass(frozen=True)
class Counts:
    """Tokens as the provider counts them; None where it says nothing that can be true."""

    into: int | None = None
    cached: int = 0
    out: int | None = None


@dataclass(frozen=True)
class Reading:
    """The text of an answer, or why there is none; `error` is a refusal inside of an answer: the status
    that it stands for, and its words.
    """

    text: str = ""
    outcome: Outcome | None = None
    counts: Counts = Counts()
    error: tuple[int, str] | None = None


def read(document: Any) -> Reading:
    """Never raises, whatever JSON the document is."""
    if not isinstance(document, dict):
        return Reading(outcome=Outcome.NOT_READABLE)
    counts = _counts(document.get("usage"))
    choices = document.get("choices")
    if isinstance(choices, list) and choices:
        text, outcome = _of_choice(choices[0])
        return Reading(text=text, outcome=outcome, counts=counts)
    if error := document.get("error"):
        return Reading(outcome=Outcome.BROKEN_OFF, counts=counts, error=_refusal(error))
    return Reading(
        outcome=Outcome.EMPTY if "choices" in document else Outcome.NOT_READABLE, counts=counts
    )


def _of_choice(choice: Any) -> tuple[str, Outcome | None]:
    message = choice.get("message") if isinstance(choice, dict) else None
    if isinstance(choice, dict) and (choice.get("error") or choice.get("finish_reason") == "error"):
        return "", Outcome.BROKEN_OFF
    if not isinstance(message, dict):
        return "", Outcome.NO_MESSAGE
    if message.get("refusal"):
        return "", Outcome.REFUSAL
    if choice.get("finish_reason") == "content_filter":
        return "", Outcome.FILTERED
    if choice.get("finish_reason") in _CUT_OFF:
        return "", Outcome.CUT_OFF
    return _of_message(message)


def _of_message(message: dict[str, Any]) -> tuple[str, Outcome | None]:
    content = message.get("content")
    text = content if isinstance(content, str) else _joined(content) if content else ""
    if text is None:
        return "", Outcome.NO_TEXT
    if len(text) > MAX_ANSWER:
        return "", Outcome.TOO_LONG
    if text.strip():
        return text, None
    if message.get("tool_calls") or message.get("function_call"):
        return "", Outcome.TOOL_CALL
    thoughts = [message.get("reasoning_content"), message.get("reasoning"), isinstance(content, list)]
    return "", Outcome.ONLY_THOUGHTS if any(thoughts) else Outcome.EMPTY


def _joined(content: Any) -> str | None:
    """The text that came in parts, without thoughts; None if something else is among them."""
    if not isinstance(content, list):
        return None
    texts = []
    for part in content:
        kind = part.get("type") if isinstance(part, dict) else None
        if kind in THOUGHT_PARTS:
            continue
        text = part.get("text") if isinstance(part, dict) else None
        if kind not in TEXT_PARTS or not isinstance(text, str):
            return None
        texts.append(text)
    return "".join(texts)


def _refusal(error: Any) -> tuple[int, str] | None:
    """An error as it stands in an answer that is none; None if it names no status."""
    code = error.get("code", error.get("status")) if isinstance(error, dict) else None
    status = _count(code)
    if status is None or status not in _ERRORS:
        return None
    # It came as an answer: if it is no refusal, a model may have begun with it.
    return (status if status < 500 else BAD_GATEWAY), str(error)


def _counts(usage: Any) -> Counts:
    if not isinstance(usage, dict):
        return Counts()
    details = usage.get("prompt_tokens_details")
    cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else None
    return Counts(
        _count(usage.get("prompt_tokens")), cached or 0, _count(usage.get("completion_tokens"))
    )


def _count(value: Any) -> int | None:
    """A whole number that is not below zero, also as a text or with zeros behind the point."""
    if isinstance(value, str) and _COUNT.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
