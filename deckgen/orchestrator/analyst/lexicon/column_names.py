"""The meaning of a column's name: its words, a label for people, its unit, its magnitude."""

import re
from dataclasses import dataclass

from babel.numbers import list_currencies

from deckgen.domain.formatting.display import cut
from deckgen.domain.uploads.lengths import is_long
from deckgen.orchestrator.analyst.lexicon.acronyms import ACRONYMS

CURRENCIES = {
    "usd": "USD", "dollar": "USD", "dollars": "USD", "$": "USD",
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "€": "EUR",
    "gbp": "GBP", "pounds": "GBP", "£": "GBP",
    "jpy": "JPY", "yen": "JPY", "¥": "JPY",
    "chf": "CHF", "cad": "CAD", "aud": "AUD", "inr": "INR", "₹": "INR", "rupees": "INR",
    "cny": "CNY", "rmb": "CNY", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "czk": "CZK",
    "huf": "HUF", "brl": "BRL", "mxn": "MXN", "krw": "KRW", "sgd": "SGD", "hkd": "HKD", "nzd": "NZD",
    "zar": "ZAR", "aed": "AED",
}  # fmt: skip
CURRENCY_CODES = frozenset(list_currencies())
_UNITS = {
    "celsius": "°C", "fahrenheit": "°F", "kg": "kg", "lb": "lb", "lbs": "lb", "km": "km", "kwh": "kWh",
    "mwh": "MWh", "gwh": "GWh", "kw": "kW", "mw": "MW", "mm": "mm", "cm": "cm", "miles": "miles",
    "kmh": "km/h", "mph": "mph", "hectares": "ha", "sqft": "sq ft", "sqm": "m²", "m2": "m²", "m3": "m³",
    "liters": "L", "litres": "L", "hpa": "hPa", "ppm": "ppm", "ppb": "ppb", "db": "dB", "hz": "Hz",
    "rpm": "rpm", "wh": "Wh", "twh": "TWh", "gw": "GW", "khz": "kHz", "mhz": "MHz", "ghz": "GHz",
    "m²": "m²", "m³": "m³", "bpm": "bpm", "mb": "MB", "gb": "GB", "tb": "TB", "ms": "ms", "mg": "mg",
}  # fmt: skip
# Words that are units only after certain other words, which these sets hold.
_LASTING = frozenset({
    "time", "duration", "delay", "stay", "length", "tenure", "age", "runtime", "wait", "term",
    "latency", "lag", "los", "lead", "response", "session", "talk", "call", "handle", "hold", "prep",
    "travel", "cook", "drive", "ride", "visit", "watch", "play", "idle", "setup", "processing",
})  # fmt: skip
_BRACKETED = {"t": "t", "ha": "ha", "l": "L", "L": "L", "g": "g"}
_LONG = frozenset({"length", "height", "width", "depth", "distance", "elevation", "altitude"})
_HEAVY = frozenset({"weight", "gewicht", "mass", "masse", "co2", "emissions", "emissionen", "freight"})
_WARM = frozenset({"temperature", "temp", "temperatur"})
_UNITS_AFTER = {
    "seconds": ("s", _LASTING), "secs": ("s", _LASTING), "sec": ("s", _LASTING), "s": ("s", _LASTING),
    "minutes": ("min", _LASTING), "mins": ("min", _LASTING), "min": ("min", _LASTING),
    "hours": ("h", _LASTING), "hrs": ("h", _LASTING), "h": ("h", _LASTING),
    "days": ("days", _LASTING), "months": ("months", _LASTING), "years": ("years", _LASTING),
    "m": ("m", _LONG), "ft": ("ft", _LONG), "c": ("°C", _WARM), "f": ("°F", _WARM),
    "pounds": ("lb", frozenset({"weight"})), "t": ("t", _HEAVY),
    "v": ("V", frozenset({"voltage", "battery"})),
}  # fmt: skip
# At the end of a name these are always units, unlike days, months and years, which may be groups.
_TIMES = {"seconds": "s", "secs": "s", "minutes": "min", "mins": "min", "hours": "h", "hrs": "h"}
_PER = frozenset({"per", "pro", "je"})  # a unit behind these is that of what it is divided by
_PERCENT = frozenset({"pct", "percent", "percentage", "%"})
_MAGNITUDES = {
    "thousand": 1e3, "thousands": 1e3, "k": 1e3, "000s": 1e3, "tsd": 1e3, "tausend": 1e3,
    "million": 1e6, "millions": 1e6, "mn": 1e6, "mio": 1e6, "millionen": 1e6,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "mrd": 1e9, "milliarden": 1e9,
    "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
_ABBREVIATIONS = {
    "qty": "quantity", "amt": "amount", "amnt": "amount", "inc": "income", "max": "maximum",
    "min": "minimum", "avg": "average", "num": "number", "nr": "number", "nbr": "number", "yr": "year",
    "pct": "percent", "temp": "temperature", "pop": "population", "dept": "department",
    "cust": "customer", "cap": "capita", "rev": "revenue", "prev": "previous", "desc": "description",
    "cat": "category",
}  # fmt: skip
_STAFF = frozenset({"worker", "workers", "staff", "agency", "employee", "employees", "job", "contract"})
_EXTREMES = frozenset({"maximum", "minimum", "average", "mean", "median", "total"})
# "Gdollars", "G2012dollars", "kUSD": an order of magnitude glued to a currency, perhaps with a year.
_GLUED = re.compile(
    r"(?P<size>[KMGTkmb])(?P<year>\d{4})?(?P<money>dollars|euros|usd|eur|gbp|USD|EUR|GBP|CHF)"
)
# Capitals within these are no ends of words: kWh is not k and Wh.
_MIXED_UNITS = re.compile(
    r"(?<![A-Za-z])(?:[kKMGT]?Wh|[kMG]W|hPa|[kMG]Hz|dB|(?:EUR|USD|GBP|CHF|[€$£])(?:m|k|mn|bn))(?![A-Za-z])"
)
# What the separation of words would take apart: USD '000, US$, km/h, EUR/kWh.
_WRITTEN = (
    (re.compile(r"['’]000s?\b"), "thousand"),
    (re.compile(r"\bUS\$"), "USD "),
    (re.compile(r"\bkm/h\b"), "kmh"),
    (re.compile(r"(?<=\w)/(?=(?:[kM]Wh|kg|km|m²|m2|t|l)\b)"), " per "),
)
# Beside a currency these are magnitudes: EUR m, €k, T€.
_AFTER_MONEY = {"m": 1e6, "M": 1e6, "k": 1e3, "K": 1e3, "b": 1e9, "B": 1e9, "000": 1e3}
_BEFORE_MONEY = {"m": 1e6, "k": 1e3, "T": 1e3, "000": 1e3}
_GERMAN = {"teur": 1e3, "tchf": 1e3}  # T for a thousand ("Tausend")
_GLUED_SIZES = {"k": 1e3, "m": 1e6, "g": 1e9, "b": 1e9, "t": 1e12}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PEOPLE = frozenset({"population", "people", "users", "inhabitants", "subscribers", "customers"})


@dataclass(frozen=True)
class Name:
    """A parsed name: `symbol` is a unit, an ISO code of a currency, or %; `scale` one unit's value."""

    words: tuple[str, ...]
    label: str
    symbol: str = ""
    scale: float = 1.0


def unique_names(cells: list[str]) -> list[str]:
    """Returns the names without control characters, completed and unique (DuckDB ignores case)."""
    names: list[str] = []
    used: set[str] = set()
    tried: dict[str, int] = {}
    for index, cell in enumerate(cells):
        base = " ".join(_CONTROL.sub(" ", cell).split()) or f"column {index + 1}"
        name, number = base, tried.get(base.lower(), 1)
        while name.lower() in used:
            number += 1
            name = f"{base} {number}"
        tried[base.lower()] = number  # lower numbers are all used by now
        used.add(name.lower())
        names.append(name)
    return names


def read_name(name: str) -> Name:
    """Returns the parsed name of a column; one that is too long for a name has no meaning."""
    if is_long(name):
        return Name((), cut(" ".join(name.split())))
    return _parsed(name, _split(name))


def _parsed(name: str, parts: list[str]) -> Name:
    label_parts: list[str] = []
    symbol, scale, suffix = "", 1.0, ""
    for index, part in enumerate(parts):
        word = part.lower()
        if glued := _GLUED.fullmatch(part):
            symbol, scale = CURRENCIES[glued["money"].lower()], _GLUED_SIZES[glued["size"].lower()]
            scale = _GERMAN.get(word, scale)
            suffix = _price_base(label_parts, glued["year"], glued["money"].lower())
        elif index > 0 and (unit := _unit_after(word, parts[:index]) or _in_brackets(name, part)):
            symbol = unit
        elif 0 < index == len(parts) - 1 and word in _TIMES:
            symbol = _TIMES[word]
            label_parts.append(part)  # the unit belongs to the label: "billable hours"
        elif index > 0 and word in CURRENCIES:
            symbol = CURRENCIES[word]
        elif word in _UNITS and not (index > 0 and parts[index - 1].lower() in _PER):
            symbol = _UNITS[word]
            label_parts += [part] if index == 0 else []
        elif magnitude := _magnitude(parts, index):
            scale = magnitude
        elif (
            index > 0
            and index + 1 < len(parts)
            and (word == "in" or (word == "of" and _magnitude(parts, index - 1)))
        ):
            continue
        else:
            label_parts.append(word.upper() if word in ACRONYMS else part)
            symbol = "%" if word in _PERCENT else symbol
    label = cut(_label(name, label_parts, parts) + suffix)
    return Name(tuple(part.lower() for part in parts), label, symbol, scale)


def _magnitude(parts: list[str], index: int) -> float | None:
    """Returns the magnitude that a word is; a letter is one only beside a currency."""
    if index > 0 and (scale := _MAGNITUDES.get(parts[index].lower())):
        return scale
    if index > 0 and parts[index] == "M" and _PEOPLE & {part.lower() for part in parts}:
        return 1e6
    before = index > 0 and parts[index - 1].lower() in CURRENCIES
    behind = index + 1 < len(parts) and parts[index + 1].lower() in CURRENCIES
    letter = parts[index]
    return (before and _AFTER_MONEY.get(letter)) or (behind and _BEFORE_MONEY.get(letter)) or None


def _unit_after(word: str, earlier: list[str]) -> str:
    """Returns the unit of a word that is one only after certain others: duration_min, temp_c."""
    if word not in _UNITS_AFTER:
        return ""
    unit, words = _UNITS_AFTER[word]
    return unit if any(part.lower() in words for part in earlier) else ""


def _in_brackets(name: str, part: str) -> str:
    """Returns the unit of a letter or two that stand in brackets at the end: yield (t)."""
    return _BRACKETED.get(part, "") if name.rstrip().endswith((f"({part})", f"[{part}]")) else ""


def _split(name: str) -> list[str]:
    for form, text in _WRITTEN:
        name = re.sub(form, text, name)
    spaced = _MIXED_UNITS.sub(_apart, re.sub(r"[^\w%$€£¥₹]+|_", " ", name))
    # camelCase and ABCDef are split, "2012dollars" after a capital is left for the unit's pattern.
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", spaced)
    spaced = re.sub(r"([%$€£¥₹])", r" \1 ", spaced)
    return spaced.split()


def _apart(unit: re.Match[str]) -> str:
    """Returns a unit that has no capitals within, and a magnitude apart from its currency."""
    money = re.fullmatch(r"([A-Z]{3}|[€$£])([a-z]{1,2})", unit[0])
    return f"{money[1]} {money[2]}" if money else unit[0].lower()


def _price_base(label_parts: list[str], year: str | None, money: str) -> str:
    """Returns the prices that an amount is stated in: " (current dollars)", " (2012 dollars)"."""
    if year:
        return f" ({year} {money})"
    if label_parts and label_parts[-1].lower() in ("current", "constant", "nominal", "real"):
        return f" ({label_parts.pop().lower()} {money})"
    return ""


def _label(name: str, label_parts: list[str], parts: list[str]) -> str:
    if " " in name.strip() and len(label_parts) == len(parts):
        return re.sub(r"[_\s]+", " ", name).strip()
    hired = {part.lower() for part in label_parts} & _STAFF
    words = [
        "temporary"
        if hired and word.lower() == "temp"
        else _ABBREVIATIONS.get(word.lower(), word if word.isupper() else word.lower())
        for word in label_parts
    ]
    if len(words) == 2 and words[1] in _EXTREMES:
        words.reverse()
    if len(words) > 1 and re.fullmatch(r"(19|20)\d\d", words[-1]):
        words[-1] = f"({words[-1]})"
    return " ".join(words) or name.strip()
