"""The words that come up in many texts of a column, counted in plain SQL by their beginning."""

import re
from collections import Counter
from dataclasses import dataclass

from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.stop_words import STOP
from deckgen.orchestrator.analyst.profiling.stemming import stem
from deckgen.orchestrator.analyst.sql import quoting

MOST_TEXTS = 20_000
LEAST_LETTERS = 4
LEAST_TEXTS, LEAST_SHARE = 3, 0.03  # in which a word comes up that is a theme
ALIKE = 0.7  # of the texts of two words, from which on they are one theme
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Theme:
    """A word as it is mostly written, with the beginning that all of its forms share."""

    word: str
    beginning: str


def themes(execute: Executor, column: str, scope: Scope, most: int) -> list[Theme]:
    """Returns the words that come up in most texts, each standing for the texts of its own."""
    texts = _texts(execute, column, scope)
    forms = _forms(texts)
    least = max(LEAST_TEXTS, LEAST_SHARE * len(texts))
    found: list[tuple[Theme, frozenset[int]]] = []
    for theme, places in sorted(
        ((theme, _places(texts, theme)) for theme in forms),
        key=lambda each: (-len(each[1]), each[0].word),
    ):
        if len(places) < least or len(found) == most:
            break
        if not any(len(places & other) >= ALIKE * len(places) for _, other in found):
            found.append((theme, places))
    return [theme for theme, _ in found]


def _texts(execute: Executor, column: str, scope: Scope) -> list[str]:
    name = quoting.name(column)
    where = quoting.where(*execute.conditions(scope), f"{name} IS NOT NULL")
    rows = execute.table.all(
        f"SELECT lower({name}) AS t FROM data{where} ORDER BY t LIMIT {MOST_TEXTS}"
    )
    return [text for (text,) in rows]


def _forms(texts: list[str]) -> list[Theme]:
    """Returns words without the empty ones, forms of one word as one."""
    written: dict[str, Counter[str]] = {}
    for text in texts:
        for word in set(_WORD.findall(text)):
            if len(word) >= LEAST_LETTERS and word not in STOP:
                written.setdefault(stem(word), Counter())[word] += 1
    return [_theme(forms) for forms in written.values() if sum(forms.values()) >= LEAST_TEXTS]


def _theme(forms: Counter[str]) -> Theme:
    """Returns the commonest form, and the letters with which all forms begin."""
    word = min(forms, key=lambda each: (-forms[each], each))
    beginning = word
    while not all(form.startswith(beginning) for form in forms):
        beginning = beginning[:-1]
    return Theme(word, beginning)


def _places(texts: list[str], theme: Theme) -> frozenset[int]:
    return frozenset(place for place, text in enumerate(texts) if theme.beginning in text)
