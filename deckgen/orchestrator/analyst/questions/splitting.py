"""Where one question of a brief ends and the next begins."""

import re

from deckgen.orchestrator.analyst.lexicon.question_words import cues_of

_VERBS = (
    r"is|are|was|were|do|does|did|has|have|can|should|will|ist|sind|hat|haben|wird|werden|sollte[n]?"
)
_ASKS = (
    rf"(?:how|what|why|{_VERBS}|which|who|whose|where|when|wie|warum|wieso|welche[rsmn]?|wer|wo|wann)\b"
)
_LED = r"in|on|at|for|by|from|to|with|of|auf|f[üu]r|bei|von|mit|an"
_ONE = r"which|what|whom|whose|welche[rsmn]?|wem"
# After a comma alone, "which" and the like are more often about the word before it.
_BETWEEN = re.compile(
    rf"(?<=[?!.;])\s++|(?:,|(?<![\s,]))\s++(?:and|und)\s++(?=(?:{_LED})\s(?:{_ONE}))|(?:,|(?<![\s,]))\s++(?:and|und)\s++(?={_ASKS})|,\s++(?=(?:how|what|why|{_VERBS})\b)",
    re.IGNORECASE,
)


_BEGINS = re.compile(rf"(?:(?:{_LED})\s)?(?:{_ASKS})", re.IGNORECASE)
LEAST_WORDS = 3  # “When and where do errors occur?” is one question


def questions_of(text: str) -> list[str]:
    """Returns the questions of a text in their order.

    What asks nothing belongs to the question after it, or to the last one; a text without any is one.
    """
    questions: list[str] = []
    before = ""
    for part in _BETWEEN.split(text):
        before = f"{before} {part}".strip()
        asks = part.endswith("?") or _BEGINS.match(part)
        if asks and cues_of(part) and len(part.split()) >= LEAST_WORDS:
            questions.append(before)
            before = ""
    if not questions:
        return [text]
    return [*questions[:-1], f"{questions[-1]} {before}".strip()]
