"""Stems, by which words of names and of the brief are compared."""

import re
from collections.abc import Iterable
from itertools import takewhile

_DOUBLED = frozenset(letter * 2 for letter in "bdgmnprt")


def stem(word: str) -> str:
    """Returns a crude stem: orders, ordered and order share one, as do prices, price and pricing."""
    for ending, replacement in (
        ("ies", "y"),
        ("ings", ""),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
    ):
        if ending == "s" and word.endswith("ss"):
            break
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + replacement
            if ending in ("ings", "ing", "ed") and word[-2:] in _DOUBLED:
                word = word[:-1]  # scrapped, scrap
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


_FOLDED = str.maketrans("äöü", "aou")
_GERMAN = ("en", "n", "e")


def base(word: str) -> str:
    """Returns a stem without what German adds to it: länder and land, kunden and kunde."""
    folded = word.translate(_FOLDED)
    if folded != word and folded.endswith(("er", "ern")):
        folded = folded.removesuffix("n").removesuffix("er")
    for ending in _GERMAN:
        if folded.endswith(ending) and len(folded) - len(ending) >= 4:
            return folded.removesuffix(ending)
    return folded


def stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)


_FILLERS = stems({
    "average", "total", "number", "per", "of", "and", "the", "line", "maximum", "minimum", "goods",
    "share",
})  # fmt: skip
# Words of questions name nothing in a table.
_EMPTY = stems({
    "the", "and", "how", "what", "why", "when", "which", "who", "where", "did", "does", "are", "was",
    "were", "has", "have", "our", "their", "for", "from", "with", "this", "that", "these", "those",
    "most", "more", "less", "best", "worst", "top", "last", "first", "per", "not", "can", "all", "any",
    "into", "over", "than", "they", "you", "your", "its", "there", "about",
})  # fmt: skip
# Words that many names share do not single out a column.
_GENERIC = stems({
    "rate", "number", "average", "total", "share", "count", "value", "amount", "type", "name", "code",
    "group", "level", "index", "percent", "ratio", "maximum", "minimum", "key", "day", "days",
})  # fmt: skip
# These words count as synonyms, unless the table has a name with the word itself.
_SYNONYMS = tuple(
    stems(group)
    for group in (
        {"revenue", "sales", "turnover", "gmv", "takings", "umsatz"},
        {"customer", "client", "account", "buyer", "shopper"},
        {"employee", "staff", "headcount", "workforce", "people", "fte"},
        {"cost", "spend", "expense", "spending", "charge"},
        {"profit", "earnings", "margin"},
        {"product", "item", "article", "sku"},
        {"country", "region", "market", "state", "city", "location", "place", "area", "territory"},
        {"churn", "attrition", "turnover", "cancellation"},
        {"visit", "session", "traffic"},
        {"quantity", "unit", "volume", "qty"},
        {"store", "shop", "branch", "outlet"},
        {"channel", "source", "medium"},
        {"temperature", "warm", "warmer", "cold", "colder", "hot", "hotter", "heat"},
        {"energy", "electricity", "consumption", "kwh"},
        {"mileage", "mpg", "miles"},
        {"stock", "inventory", "hand"},
    )
)


def words_of(text: str) -> list[str]:
    """Returns the stems of a text's words in order."""
    return [stem(word) for word in re.findall(r"\w+", text.lower())]


def text_stems(text: str) -> frozenset[str]:
    """Returns the stems of a text's words, without the shortest and those that name nothing."""
    return stems(word for word in re.findall(r"\w+", text.lower()) if len(word) > 2) - _EMPTY


def telling(label: str) -> frozenset[str]:
    """Returns the words of a column's name that single it out; all if there is no such word."""
    words = text_stems(label)
    return words - _GENERIC or words


def matched(words: frozenset[str], text_words: frozenset[str]) -> frozenset[str]:
    """Returns the words of a name that a text has: the same, with another ending, or in full."""
    return frozenset(word for word in words if any(_akin(word, other) for other in text_words))


# Heads of German compounds that only say that there is some of the first part: Gasverbrauch.
_HEADS = frozenset({"verbrauch", "meng", "bedarf"})


def _akin(word: str, other: str) -> bool:
    """True if one word is a form of the other: readmitted and readmission, circ and circulation; or
    what a compound is about: Gas and Gasverbrauch.
    """
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    longer = shared >= 6 and shared >= 0.6 * min(len(word), len(other))
    shortened = len(word) >= 4 and other.startswith(word) and len(other) >= 2 * len(word)
    short, long = sorted((word, other), key=len)
    about = len(short) >= 2 and long.startswith(short) and long[len(short) :] in _HEADS
    return word == other or longer or shortened or about or base(word) == base(other)


# What German compounds end in that say which kind of it is meant: Kaltmiete, Wartezeit.
_KINDS = stems({
    "miete", "preis", "kosten", "umsatz", "menge", "dauer", "zeit", "quote", "fläche", "tage",
    "stunden", "erlös", "gewinn", "gehalt", "lohn", "betrag", "zahl", "gebühr",
})  # fmt: skip


def of_kind(words: frozenset[str], text_words: frozenset[str]) -> frozenset[str]:
    """Returns the words of a name whose kind a text has: Kaltmiete is a Miete, but no Miete is kalt."""
    said = _KINDS & text_words
    return frozenset(word for word in words if any(word.endswith(kind) for kind in said))


def synonyms(words: frozenset[str]) -> frozenset[str]:
    """Returns the words together with their synonyms."""
    return words.union(*(group for group in _SYNONYMS if group & words))
