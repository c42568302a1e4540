"""The unit that a line above the header gives all values: “(in kUSD)”, “Angaben in Tsd. €”."""

import re

from deckgen.domain.uploads.lengths import is_long
from deckgen.orchestrator.analyst.lexicon import role_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name

_OF_ALL = re.compile(
    r"(?:all |alle )?(?:amounts?|figures?|values?|numbers?|angaben|betr[äa]ge?|werte|zahlen)?[ :]*"
    r"(?:are |sind )?(?:stated |expressed )?\bin (?P<unit>.{1,30})",
    re.IGNORECASE,
)
_ENDS = re.compile(r".*[(,–-] ?in (?P<unit>[^(),]{1,30})\)?", re.IGNORECASE)
# Blanks count from their first one on, which keeps a run of them from being looked at again and again.
_BETWEEN_PARTS = re.compile(r"(?<!\s)\s*+[:|–]\s*+|[:|–]\s*+|\s-\s")
_MEASURES = role_words.FLOW_WORDS | role_words.STOCK_WORDS | role_words.RATE_WORDS

_OTHERS = role_words.RATE_WORDS | {
    "employees", "headcount", "fte", "ftes", "mitarbeiter", "units", "pieces", "stück", "number",
    "anzahl", "customers", "kunden", "orders", "stores", "count",
}  # fmt: skip


def unit_of_titles(titles: list[str]) -> str:
    """Returns the unit as written; "" if the titles name none, or a period or a place in its stead."""
    for title in titles:
        text = "" if is_long(title) else title.strip().strip("()[]")
        match = _OF_ALL.fullmatch(text) or _ENDS.fullmatch(title if text else "")
        if match and _is_unit(match["unit"].strip(" .")):
            return match["unit"].strip(" ")
    return ""


def _is_unit(text: str) -> bool:
    name = read_name(f"x ({text})")
    return name.label == "x" and (name.symbol != "" or name.scale != 1)


def with_unit(name: str, unit: str) -> str:
    """Returns a name with the unit of all values, unless it has its own, or is of a rate or a count."""
    parsed = read_name(name)
    if not unit or parsed.symbol or parsed.scale != 1 or _OTHERS & set(parsed.words):
        return name
    return f"{name} ({unit})"


def part_with_measure(title: str) -> str:
    """Returns the part of a title that names a measure (“Acme: projected revenue”), or its first."""
    parts = [part for part in _BETWEEN_PARTS.split(title) if part]
    named = (part for part in parts if _MEASURES & set(read_name(part).words))
    return next(named, parts[0] if parts else "")
