"""The faults that a call can have, by name."""

import json
import re
from collections.abc import Callable
from typing import Any

from deckgen.dev.fake_openai.answers import Answer, cited
from deckgen.dev.fake_openai.oddities import ODDITIES
from deckgen.dev.fake_openai.prompts import Prompt
from deckgen.dev.fake_openai.refusals import Refused

SOUND = "sound"  # in a script: a call without a fault
DIRECTIONS = """
    rise/fall rises/falls rose/fell risen/fallen rising/falling higher/lower highest/lowest up/down
    increase/decrease increases/decreases increased/decreased increasing/decreasing
    grow/shrink grows/shrinks grew/shrank growing/shrinking growth/decline gain/loss above/below
"""
_PAIRS = [tuple(pair.split("/")) for pair in DIRECTIONS.split()]
_OPPOSITES = {word: opposite for pair in _PAIRS for word, opposite in (pair, pair[::-1])}
_DIRECTION = re.compile(rf"\b(?:{'|'.join(_OPPOSITES)})\b", re.IGNORECASE)
_CITES_FACT = re.compile(r"\{\{f\d+\}\}")

# These are refused before anything is generated.
REFUSALS = {
    "rate_limit": Refused(
        429, "Rate limit reached for requests.", "rate_limit_exceeded", None, "requests"
    ),
    "server_error": Refused(
        500, "The server had an error while processing your request.", None, None, "server_error"
    ),
    "overloaded": Refused(
        503, "The engine is currently overloaded, please try again later.", None, None, "server_error"
    ),
    "wrong_key": Refused(401, "Incorrect API key provided.", "invalid_api_key"),
    "no_balance": Refused(402, "Insufficient Balance"),
    "no_quota": Refused(
        429,
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        None,
        "insufficient_quota",
    ),
    "no_such_model": Refused(404, "The model does not exist.", "model_not_found"),
    "too_large": Refused(413, "Request too large"),
    "context_length": Refused(
        400, "This model's maximum context length is 1024 tokens.", "context_length_exceeded"
    ),
}
# These are not answered, or not to the end.
SILENCES = ("hang", "drip", "reset")
# These are generated and billed, and of no use.
BAD_ENDS = ("truncation", "refusal", "content_filter", "empty_choices", "malformed_json")


def wrong_shape(answer: Answer, prompt: Prompt) -> Answer:
    return {"headline": answer.get("title", "text"), "points": 1}


def invented_numbers(answer: Answer, prompt: Prompt) -> Answer:
    suffixes = iter([" by 12%", ", a third of it"] + [", twelve percent of the whole"] * 100)
    return _each_text(answer, lambda text: text + next(suffixes, ", twice as much"))


def wrong_signs(answer: Answer, prompt: Prompt) -> Answer:
    """Returns the answer with reversed directions where facts are cited, or with a wrong one added.

    Without a fact that has a direction nothing can be wrong, and the answer stays sound.
    """
    reversed_ = _each_text(answer, lambda text: _reversed(text) if _CITES_FACT.search(text) else text)
    if reversed_ != answer:
        return reversed_
    changes = [fact for fact in _facts(prompt.data) if len(fact) > 3]
    verbs = {"rise": "fell", "fall": "rose"}
    return _with_texts(answer, *(f"It {verbs[fact[3]]} by {cited(fact)}" for fact in changes[:1]))


def unknown_facts(answer: Answer, prompt: Prompt) -> Answer:
    return _each_text(answer, lambda text: f"{text} beside {{{{f9999}}}}")


def prompt_echo(answer: Answer, prompt: Prompt) -> Answer:
    return _with_texts(answer, prompt.system[:300])


def overlong(answer: Answer, prompt: Prompt) -> Answer:
    is_slide = isinstance(answer["title"], dict)
    words = answer["title"]["text"] if is_slide else answer["title"]
    title = " ".join((f"{words} and so on".split() * 40)[:40])
    long_title = answer["title"] | {"text": title} if is_slide else title
    return _with_texts(answer, *[title] * 12) | {"title": long_title}


def causal(answer: Answer, prompt: Prompt) -> Answer:
    facts = _facts(prompt.data)
    return _with_texts(answer, f"It is so because of {cited(facts[0]) if facts else 'the season'}")


# The content of these answers is wrong, whatever its form.
LIES: dict[str, Callable[[Answer, Prompt], Answer]] = {
    "wrong_shape": wrong_shape,
    "invented_numbers": invented_numbers,
    "wrong_signs": wrong_signs,
    "unknown_facts": unknown_facts,
    "prompt_echo": prompt_echo,
    "overlong": overlong,
    "causal": causal,
}
# The JSON of these answers is right, but the text around it is not.
WRAPPINGS: dict[str, Callable[[str], str]] = {
    "fenced": lambda written: f"Here is the slide:\n```json\n{written}\n```\nTell me what to change.",
    "thinking": lambda written: f"<think>\nThey want {{JSON}}.\n</think>\n\n{written}",
    "extra_key": lambda written: f'{written[:-1]}, "confidence": 0.9}}',
}
FAULTS = (*REFUSALS, *SILENCES, *BAD_ENDS, *LIES, *WRAPPINGS, *ODDITIES)


def spoilt(answer: Answer, prompt: Prompt, fault: str | None) -> str:
    """Returns the answer as JSON with the fault; only answers about a deck can lie."""
    if fault in LIES and (fault == "wrong_shape" or "title" in answer):
        answer = LIES[fault](answer, prompt)
    written = json.dumps(answer, ensure_ascii=False)
    if fault in WRAPPINGS:
        return WRAPPINGS[fault](written)
    return f"Here it is:\n{written[:-1]}" if fault == "malformed_json" else written


def _each_text(answer: Answer, change: Callable[[str], str]) -> Answer:
    """Returns the answer with every text changed; ids stay."""

    def changed(value: Any, name: str) -> Any:
        match value:
            case dict():
                return {key: changed(part, key) for key, part in value.items()}
            case list():
                return [changed(part, name) for part in value]
        return value if name in ("id", "facts", "claims") else change(value)

    result: Answer = changed(answer, "")
    return result


def _with_texts(answer: Answer, *texts: str) -> Answer:
    """Returns the answer with more texts: as takeaways, or in the storyline's sentence."""
    if "takeaways" in answer:
        sentences = [{"text": text, "claims": []} for text in texts]
        return answer | {"takeaways": [*sentences, *answer["takeaways"]]}
    return answer | {"answer": " ".join([*texts, answer["answer"]])}


def _reversed(text: str) -> str:
    def opposite(match: re.Match[str]) -> str:
        word = _OPPOSITES[match[0].lower()]
        return word.capitalize() if match[0][0].isupper() else word

    return _DIRECTION.sub(opposite, text)


def _facts(data: dict[str, Any]) -> list[list[str]]:
    parts = [data, *data.get("slides", [])]
    return [fact for part in parts for fact in part.get("facts", [])]
