"""Words of names and of the brief, compared by their stems."""

import re
from collections.abc import Iterable

from deckgen.orchestrator.analyst.metrics import Metric

_FILLERS = frozenset({
    "averag", "average", "total", "number", "per", "of", "and", "the", "line", "maximum", "minimum",
    "goods", "good",
})  # fmt: skip
_BUSINESS = frozenset({
    "price", "revenue", "sale", "order", "customer", "cost", "profit", "product", "invoice",
    "purchase", "quantity", "qty", "unit", "discount", "store", "shop", "margin", "budget", "spend",
    "client", "deal", "campaign", "subscription", "churn", "stock", "inventory",
})  # fmt: skip


def stem(word: str) -> str:
    """Crude: orders, ordered and order are one word."""
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)


def text_stems(text: str) -> frozenset[str]:
    """The stems of the words of a text, but for the shortest words."""
    return stems(word for word in re.findall(r"\w+", text.lower()) if len(word) > 2)


def is_about_business(words: Iterable[str]) -> bool:
    return bool(stems(words) & stems(_BUSINESS))


def label_words(metric: Metric) -> frozenset[str]:
    """The stems of the words that say what is measured."""
    label = re.sub(r"\(.*?\)", "", metric.label.lower())
    return stems(re.findall(r"\w+", label)) - _FILLERS


def kin(one: Metric, other: Metric) -> bool:
    """Whether two metrics share a word of their names: they will mostly tell the same story."""
    return bool(label_words(one) & label_words(other))
