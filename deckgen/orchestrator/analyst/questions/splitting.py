"""Where one question of a brief ends and the next begins."""

import re
from collections.abc import Iterator

from deckgen.orchestrator.analyst.lexicon.questions import cues_of

_VERBS = (
    r"is|are|was|were|do|does|did|has|have|can|should|will|ist|sind|hat|haben|wird|werden|sollte[n]?"
)
_ASKS = (
    rf"(?:(?:in|on|at|for|with|from|by|bei|für|mit|von) (?=which|what|whom|welche))?"
    rf"(?:how|what|why|{_VERBS}|which|who|whose|where|when|wie|warum|wieso|welche[rsmn]?|wer|wo|wann)\b"
)
_LED = r"in|on|at|for|by|from|to|with|of|auf|f[üu]r|bei|von|mit|an"
_ONE = r"which|what|whom|whose|welche[rsmn]?|wem"
# After a comma alone, "which" and the like are more often about the word before it. They ask where a
# noun follows (one of several, or one with a verb after it), and "where" where a verb does.
_ASKS_OF = (
    rf"(?:which|what)\s(?!(?:{_VERBS})\b)(?:[^\W_]+s\b|[^\W_]+\s(?:{_VERBS})\b)"
    rf"|(?:where|when|who)\s(?:{_VERBS})\s(?!(?:a|an|the|in|on|at)\b)"
    r"|welche[rsmn]?\s(?-i:[A-ZÄÖÜ])"
    r"|(?:wo|wann)\s(?!(?:die|der|das|den|dem|ein|eine|wir|ich|man|sie|es|er)\b)[^\W_]+"
)
_BETWEEN = re.compile(
    r"(?<=[?!.;])\s++(?!(?:halbjahr|quartal)\b)"
    rf"|(?:,|(?<![\s,]))\s++(?:and|und)\s++(?=(?:{_LED})\s(?:{_ONE}))"
    rf"|(?:,|(?<![\s,]))\s++(?:and|und)\s++(?={_ASKS})"
    rf"|,\s++(?=(?:how|what|why|wie|warum|{_VERBS})\b)"
    rf"|,\s++(?={_ASKS_OF})",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"(?:(?:{_LED})\s)?(?:{_ASKS})", re.IGNORECASE)


def is_task(text: str) -> bool:
    """True if a text asks no question but gives a task, or only says what it is about."""
    return "?" not in text and not any(_BEGINS.match(part) for part in _BETWEEN.split(text))


# A task among questions is one of its own, and no introduction to the next.
_TASK = re.compile(
    r"(?:please\s|bitte\s)?(?:show|list|compare|rank|give|name|plot|break|zeig\w*|vergleich\w*|nenn\w*"
    r"|liste)\s",
    re.IGNORECASE,
)
# A question by its form alone, whatever it is about: “what does it rest on”.
_CLAUSE = re.compile(rf"(?:how|what|why|wie|was|warum)\s(?:{_VERBS})\s\S+\s\S", re.IGNORECASE)
_JOINING = re.compile(r"(?:,\s{0,9})?(?:,|\b(?:and|und))\s*$", re.IGNORECASE)
_WORD = re.compile(rf"\s*{_ASKS}\s*", re.IGNORECASE)


def questions_of(text: str) -> list[str]:
    """Returns the questions of a text in their order.

    What asks nothing belongs to the question after it, or to the last one, and so does a question's
    word that stands alone (“when and where”); a text without any is one.
    """
    starts: list[int] = []
    waiting: int | None = None  # where a part without a question of its own began
    for begin, end in _parts(text):
        part = text[begin:end].strip()
        waiting = begin if waiting is None else waiting
        # What ends like a question is one, understood or not: it is to have an end of its own.
        is_asked = _CLAUSE.match(part) or (_BEGINS.match(part) and cues_of(part))
        is_task_of_several = "?" in text and _TASK.match(part) is not None
        asks = part.endswith("?") or is_asked or is_task_of_several
        if asks and not _WORD.fullmatch(part):
            starts.append(waiting)
            waiting = None
    if not starts:
        return [text]
    ends = [*starts[1:], len(text)]
    return [_trimmed(text[start:end]) for start, end in zip(starts, ends, strict=True)]


def _trimmed(question: str) -> str:
    """Returns a question without the word that joins it to the next one."""
    return _JOINING.sub("", question).strip()


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yields begin and end of each part of a text."""
    begin = 0
    for between in _BETWEEN.finditer(text):
        yield begin, between.start()
        begin = between.end()
    yield begin, len(text)
