"""Reading an answer: whatever is unambiguous is read, in any form; else the outcome has a name."""

import re
from dataclasses import dataclass
from typing import Any

from deckgen.orchestrator.model.call_outcomes import CallOutcome

MAX_ANSWER = 20_000  # characters; no usable answer is nearly as long
TEXT_PARTS = ("text", "output_text")
THOUGHT_PARTS = ("thinking", "reasoning", "redacted_thinking")
BAD_GATEWAY = 502
_CUT_OFF = ("length", "max_tokens")
_ERRORS = range(400, 600)
_COUNT = re.compile(r"\d{1,12}(?:\.0+)?", re.ASCII)


@dataclass(frozen=True)
class TokenCounts:
    """Tokens as the provider counts them; None if its count is missing or impossible."""

    into: int | None = None
    cached: int = 0
    out: int | None = None


@dataclass(frozen=True)
class AnswerContent:
    """The text of an answer, or the outcome without one; `error` is a refusal inside an answer: the
    status that it stands for, and its words.
    """

    text: str = ""
    outcome: CallOutcome | None = None
    counts: TokenCounts = TokenCounts()
    error: tuple[int, str] | None = None


def read(document: Any) -> AnswerContent:
    """Returns the content of an answer; never raises, whatever JSON the document is."""
    if not isinstance(document, dict):
        return AnswerContent(outcome=CallOutcome.NOT_READABLE)
    counts = _counts(document.get("usage"))
    choices = document.get("choices")
    if isinstance(choices, list) and choices:
        text, outcome = _of_choice(choices[0])
        return AnswerContent(text=text, outcome=outcome, counts=counts)
    if error := document.get("error"):
        return AnswerContent(outcome=CallOutcome.BROKEN_OFF, counts=counts, error=_refusal(error))
    return AnswerContent(
        outcome=CallOutcome.EMPTY if "choices" in document else CallOutcome.NOT_READABLE, counts=counts
    )


def _of_choice(choice: Any) -> tuple[str, CallOutcome | None]:
    message = choice.get("message") if isinstance(choice, dict) else None
    if isinstance(choice, dict) and (choice.get("error") or choice.get("finish_reason") == "error"):
        return "", CallOutcome.BROKEN_OFF
    if not isinstance(message, dict):
        return "", CallOutcome.NO_MESSAGE
    if message.get("refusal"):
        return "", CallOutcome.REFUSAL
    if choice.get("finish_reason") == "content_filter":
        return "", CallOutcome.FILTERED
    if choice.get("finish_reason") in _CUT_OFF:
        return "", CallOutcome.CUT_OFF
    return _of_message(message)


def _of_message(message: dict[str, Any]) -> tuple[str, CallOutcome | None]:
    content = message.get("content")
    text = content if isinstance(content, str) else _joined(content) if content else ""
    if text is None:
        return "", CallOutcome.NO_TEXT
    if len(text) > MAX_ANSWER:
        return "", CallOutcome.TOO_LONG
    if text.strip():
        return text, None
    if message.get("tool_calls") or message.get("function_call"):
        return "", CallOutcome.TOOL_CALL
    thoughts = [message.get("reasoning_content"), message.get("reasoning"), isinstance(content, list)]
    return "", CallOutcome.ONLY_THOUGHTS if any(thoughts) else CallOutcome.EMPTY


def _joined(content: Any) -> str | None:
    """Returns the text of an answer in parts, without thoughts; None if other kinds are among them."""
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
    """Returns status and words of an error in the place of an answer; None without a status."""
    code = error.get("code", error.get("status")) if isinstance(error, dict) else None
    status = _count(code)
    if status is None or status not in _ERRORS:
        return None
    # It came as an answer, so unless it is a refusal, a model may have begun the work.
    return (status if status < 500 else BAD_GATEWAY), str(error)


def _counts(usage: Any) -> TokenCounts:
    if not isinstance(usage, dict):
        return TokenCounts()
    details = usage.get("prompt_tokens_details")
    cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else None
    return TokenCounts(
        _count(usage.get("prompt_tokens")), cached or 0, _count(usage.get("completion_tokens"))
    )


def _count(value: Any) -> int | None:
    """Returns a whole number of 0 or more, also from a text or with zeros after the point."""
    if isinstance(value, str) and _COUNT.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
