"""What the name of a column says: its words, a label for people, its unit, its order of magnitude."""

import re
from dataclasses import dataclass

CURRENCIES = {
    "usd": "USD", "dollar": "USD", "dollars": "USD", "$": "USD",
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "€": "EUR",
    "gbp": "GBP", "pounds": "GBP", "£": "GBP",
    "jpy": "JPY", "yen": "JPY", "¥": "JPY",
    "chf": "CHF", "cad": "CAD", "aud": "AUD", "inr": "INR", "₹": "INR",
}  # fmt: skip
CURRENCY_CODES = frozenset(CURRENCIES.values())
MAX_LABEL = 44
_UNITS = {
    "celsius": "°C", "fahrenheit": "°F", "kg": "kg", "km": "km", "kwh": "kWh", "mwh": "MWh",
    "mm": "mm", "cm": "cm", "kmh": "km/h", "mph": "mph", "hectares": "ha",
}  # fmt: skip
_PERCENT = frozenset({"pct", "percent", "percentage", "%"})
_MAGNITUDES = {
    "thousand": 1e3, "thousands": 1e3, "k": 1e3, "000s": 1e3,
    "million": 1e6, "millions": 1e6, "mn": 1e6, "mio": 1e6,
    "billion": 1e9, "billions": 1e9, "bn": 1e9,
}  # fmt: skip
_SAID = {
    "qty": "quantity", "amt": "amount", "max": "maximum", "min": "minimum", "avg": "average",
    "num": "number", "nr": "number", "yr": "year", "pct": "percent", "temp": "temperature",
    "pop": "population", "dept": "department", "cust": "customer", "cap": "capita", "rev": "revenue",
    "prev": "previous", "desc": "description", "cat": "category",
}  # fmt: skip
_EXTREMES = frozenset({"maximum", "minimum", "average", "mean", "median", "total"})
# "Gdollars", "G2012dollars", "kUSD": an order of magnitude glued to a currency, perhaps with a year.
_GLUED = re.compile(
    r"(?P<size>[KMGTkmb])(?P<year>\d{4})?(?P<money>dollars|euros|usd|eur|gbp|USD|EUR|GBP)"
)
_GLUED_SIZES = {"k": 1e3, "m": 1e6, "g": 1e9, "b": 1e9, "t": 1e12}
_PEOPLE = frozenset({"population", "people", "users", "inhabitants", "subscribers", "customers"})


@dataclass(frozen=True)
class Name:
    """`symbol` is a unit, an ISO code of a currency, or %; `scale` is what one of the column counts."""

    words: tuple[str, ...]
    label: str
    symbol: str = ""
    scale: float = 1.0


def read_name(name: str) -> Name:
    """Take the name of a column apart."""
    parts = _split(name)
    kept: list[str] = []
    symbol, scale, suffix = "", 1.0, ""
    for index, part in enumerate(parts):
        word = part.lower()
        if glued := _GLUED.fullmatch(part):
            symbol, scale = CURRENCIES[glued["money"].lower()], _GLUED_SIZES[glued["size"].lower()]
            suffix = _price_base(kept, glued["year"], glued["money"].lower())
        elif index > 0 and word in CURRENCIES:
            symbol = CURRENCIES[word]
        elif index > 0 and word in _UNITS:
            symbol = _UNITS[word]
        elif index > 0 and word in _MAGNITUDES:
            scale = _MAGNITUDES[word]
        elif index > 0 and part == "M" and _PEOPLE & {word.lower() for word in parts}:
            scale = 1e6
        elif index > 0 and word == "in" and index + 1 < len(parts):
            continue
        else:
            kept.append(part)
            symbol = "%" if word in _PERCENT else symbol
    label = cut(_label(name, kept, parts) + suffix)
    return Name(tuple(part.lower() for part in parts), label, symbol, scale)


def cut(label: str) -> str:
    """Labels stand in titles and on axes: the longest end at a word with an ellipsis."""
    if len(label) <= MAX_LABEL:
        return label
    return label[: MAX_LABEL - 1].rsplit(" ", 1)[0].rstrip() + "…"


def _split(name: str) -> list[str]:
    spaced = re.sub(r"[^\w%$€£¥₹]+|_", " ", name)
    # camelCase and ABCDef come apart, "2012dollars" after a capital stays for the unit to be read.
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", spaced)
    spaced = re.sub(r"([%$€£¥₹])", r" \1 ", spaced)
    return spaced.split()


def _price_base(kept: list[str], year: str | None, money: str) -> str:
    """ " (current dollars)", " (2012 dollars)": which prices an amount is stated in."""
    if year:
        return f" ({year} {money})"
    if kept and kept[-1].lower() in ("current", "constant", "nominal", "real"):
        return f" ({kept.pop().lower()} {money})"
    return ""


def _label(name: str, kept: list[str], parts: list[str]) -> str:
    if " " in name.strip() and len(kept) == len(parts):
        return re.sub(r"[_\s]+", " ", name).strip()
    words = [_SAID.get(word.lower(), word if word.isupper() else word.lower()) for word in kept]
    if len(words) == 2 and words[1] in _EXTREMES:
        words.reverse()
    if len(words) > 1 and re.fullmatch(r"(19|20)\d\d", words[-1]):
        words[-1] = f"({words[-1]})"
    return " ".join(words) or name.strip()
