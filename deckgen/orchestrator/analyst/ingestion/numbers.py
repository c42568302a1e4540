"""Numbers as people write them: 1,234.50, 1.234,50, 1'234.50, $5, (5), 5-, '-5, 12 %, 1.2M, 3 Mio. €.

The meaning of comma and point is decided on the whole column; if that leaves it open, by the habit of
the rest of the file.
"""

import re
from dataclasses import replace
from typing import NamedTuple

from deckgen.domain.uploads.headers import MINUS
from deckgen.domain.uploads.lengths import is_long
from deckgen.orchestrator.analyst.ingestion.cells import (
    FIT,
    LIKELY,
    Cells,
    Reading,
    Sample,
    matches,
    replaced,
)
from deckgen.orchestrator.analyst.sql import quoting

_CODES = {
    "US$": "USD", "C$": "CAD", "A$": "AUD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP",
    "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY", "zł": "PLN", "Fr.": "CHF",
}  # fmt: skip
_CURRENCY = (
    r"(US\$|C\$|A\$|R\$|[$€£¥₹₩₺]|zł|Fr\.|USD|EUR|GBP|CHF|JPY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|CNY|INR|"
    r"BRL|MXN|ZAR|SGD|HKD|KRW|TRY)"
)
_FACTORS = {
    1e3: r"[kK]|Tsd\.?|thousand", 1e6: r"M|[Mm]io\.?|[Mm]n|[Mm]ln|[Mm]illions?",
    1e9: r"B|[Mm]rd\.?|[Bb]n|[Bb]illions?",
}  # fmt: skip
_SIZE = f"({'|'.join(_FACTORS.values())})"
NEARLY = 0.8  # the share of numbers from which a column of text is told to hold other cells
_BLANK = r"[\s\x{00a0}\x{202f}]"
_BETWEEN = r"[\s\x{00a0}\x{202f}'’]"

_LIKE_A_NUMBER = re.compile(
    rf"['’]?[\s(+{MINUS}]*+(?:{_CURRENCY}[\s(+{MINUS}]*+)?[.,'’\s]*+\d[\d.,'’\s]*+(?:[eE][+-]?\d++\s*+)?"
    rf"(?:{_SIZE}\s*+)?(?:{_CURRENCY}|%)?[\s){MINUS}]*+"
)
_SPACED = rf"^([+-]?\d{{1,3}}){_BETWEEN}(\d{{3}})" + rf"(?:{_BETWEEN}(\d{{3}}))?" * 3 + r"([.,]\d*)?$"
_PLAIN = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?[12]?\d?\d)?"  # no larger than a DOUBLE
_US_GROUPS = r"[+-]?(\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})+,\d{3})"
_US = _US_GROUPS + r"(\.\d*)?"
_EU_GROUPS = r"[+-]?\d{1,3}(\.\d{3})+"
_EU = rf"({_EU_GROUPS}|[+-]?\d+)(,\d+)?"
_WHOLE = r"[+-]?\d+"
_DECIMALS = r"(\d{1,2}|\d{4,})"
_COMMA_DECIMALS = re.compile(rf"[-+]?[\d.]*,{_DECIMALS}\D*")
_POINT_DECIMALS = re.compile(rf"[-+]?[\d,]*\.{_DECIMALS}\D*")


class Numbers(NamedTuple):
    """The shares of a column's cells that have each form of a number."""

    plain: float
    us: float
    eu: float
    us_whole: float
    eu_whole: float
    comma_decimal: float
    point_decimal: float
    comma_groups: float
    point_groups: float
    percent: float
    padded: float
    sized: float
    long: float
    unmarked: float
    bare: float

    @property
    def american(self) -> float:
        return self.plain + self.us


def says_decimal_comma(rows: list[list[str]], separator: str) -> bool:
    """True if the unambiguous numbers of a file show that 1.234 has a point for thousands."""
    marked = [cell for row in rows for cell in row if "," in cell or "." in cell]
    cells = [cell.strip() for cell in marked if not is_long(cell)]
    commas = sum(_COMMA_DECIMALS.fullmatch(cell) is not None for cell in cells)
    points = sum(_POINT_DECIMALS.fullmatch(cell) is not None for cell in cells)
    return commas > points or (separator == ";" and commas == points)


def _unmarked(cell: str) -> str:
    """Returns SQL for the cell without currency and percent sign."""
    return replaced(cell, f"{_BLANK}*(?:{_CURRENCY}|%){_BLANK}*", "", everywhere=True)


def _bare(cell: str) -> str:
    """Returns SQL for the number without currency, percent sign, size and spaces; (5) and 5- are -5."""
    unforced = replaced(cell, r"^['’](.*\d.*?)['’]?$", r"\1")  # what forces a text in a spreadsheet
    minused = replaced(_unmarked(unforced), f"[{MINUS}]", "-")
    text = replaced(minused, rf"^(.*\d){_BLANK}*{_SIZE}$", r"\1")
    minus = rf"^\({_BLANK}*(.*\d){_BLANK}*\)$|^(.*\d){_BLANK}*-$|^-{_BLANK}+(.*)$"
    return replaced(replaced(text, minus, r"-\1\2\3"), _SPACED, r"\1\2\3\4\5\6")


_CONDITIONS = [
    matches("c", _PLAIN),
    matches("c", _US),
    matches("c", _EU),
    matches("c", f"{_WHOLE}|{_US_GROUPS}"),
    matches("c", f"{_WHOLE}|{_EU_GROUPS}"),
    matches("c", rf".*,{_DECIMALS}|[+-]?0,\d+"),
    matches("c", rf".*[.]{_DECIMALS}|[+-]?0?[.]\d+"),
    matches("c", r".*,\d{3}"),
    matches("c", r".*[.]\d{3}"),
    "contains(cell, '%')",
    matches("cell", "['’]?0[0-9]+"),
    matches("cell", rf".*\d{_BLANK}*{_SIZE}{_BLANK}*{_CURRENCY}?"),
    "length(translate(c, '+-.,', '')) > 15",
    f"c = {_unmarked('cell')}",
    "c = cell",
]


def read_numbers(cells: Cells, sample: Sample, *, decimal_comma: bool) -> Reading | None:
    """Returns the reading as numbers; None if they are none. `decimal_comma` is the file's habit."""
    if sample.share(_LIKE_A_NUMBER) < LIKELY:
        return None
    bare = f"(SELECT cell, n, {_bare('cell')} AS c FROM {cells.source})"
    numbers = Numbers._make(replace(cells, source=bare).fits(_CONDITIONS))
    fit = max(numbers.american, numbers.eu)
    if numbers.padded > 0 or fit < FIT:
        return _nearly(numbers) if fit >= NEARLY and numbers.padded == 0 else None
    comma = _has_decimal_comma(numbers, decimal_comma)
    return _reading(cells, numbers, comma=comma, guessed=_is_open(numbers))


def _nearly(numbers: Numbers) -> Reading:
    """Returns text, and what keeps it from being numbers: nobody expects a column to lack its sum."""
    form = _EU if numbers.eu > numbers.american else f"{_PLAIN}|{_US}"
    return Reading("VARCHAR", misfits="numbers", misfit=f"NOT {matches(_bare('cell'), form)}")


def _has_decimal_comma(numbers: Numbers, decimal_comma: bool) -> bool:
    if numbers.eu < FIT:
        return False
    if numbers.american < FIT:
        return True
    if _is_open(numbers):
        return decimal_comma
    return numbers.comma_decimal > 0 and numbers.point_decimal == 0


def _is_open(numbers: Numbers) -> bool:
    """True if every separator is followed by three digits, so that 1.234 and 1,234 are ambiguous."""
    clear = numbers.comma_decimal > 0 or numbers.point_decimal > 0
    both = numbers.american >= FIT and numbers.eu >= FIT
    return both and not clear and (numbers.comma_groups > 0 or numbers.point_groups > 0)


def _reading(cells: Cells, numbers: Numbers, *, comma: bool, guessed: bool) -> Reading:
    form = f"^(?:{_EU if comma else f'{_PLAIN}|{_US}'})$"
    # The cells are cleaned no more than needed, since that is done for each row.
    bare = (
        "cell" if numbers.bare == 1 else _unmarked("cell") if numbers.unmarked == 1 else _bare("cell")
    )
    number = f"regexp_extract({bare}, {quoting.literal(form)})"  # empty, so no number, if it is none
    digits = (
        f"replace(replace({number}, '.', ''), ',', '.')" if comma else f"replace({number}, ',', '')"
    )
    value = f"try_cast({digits} AS DOUBLE)"
    if numbers.sized > 0:
        value = f"round({value} * {_factor()}, 6)"
    value, symbol, notes = _percent(cells, numbers, value)
    fits = numbers.eu if comma else numbers.american
    whole = (numbers.eu_whole if comma else numbers.us_whole) == fits
    is_whole = whole and not numbers.percent and not numbers.sized and not numbers.long
    kind = "BIGINT" if is_whole else "DOUBLE"
    if not symbol:
        symbol, more = _currency(cells)
        notes += more
    notes += _notes(numbers, comma=comma, guessed=guessed)
    misfits = "" if fits == 1 else "numbers"
    return Reading(kind, f"CAST({value} AS {kind})", symbol, tuple(notes), misfits)


def _factor() -> str:
    sizes = {
        factor: rf".*\d{_BLANK}*({size}){_BLANK}*{_CURRENCY}?" for factor, size in _FACTORS.items()
    }
    cases = " ".join(f"WHEN {matches('cell', size)} THEN {factor!r}" for factor, size in sizes.items())
    return f"(CASE {cases} ELSE 1.0 END)"


def _percent(cells: Cells, numbers: Numbers, value: str) -> tuple[str, str, list[str]]:
    """Returns percentages as fractions. If only some cells have the sign, the others are read alike."""
    if numbers.percent == 0:
        return value, "", []
    if numbers.percent == 1:
        return f"({value}) / 100", "%", []
    unsigned = f"NOT contains(cell, '%') AND abs({value}) > 1"
    if cells.fit(unsigned) == 0:
        per_cell = f"({value}) / (CASE WHEN contains(cell, '%') THEN 100 ELSE 1 END)"
        return per_cell, "%", ["cells without a percent sign were read as fractions"]
    if numbers.percent > 0.5:
        return f"({value}) / 100", "%", ["cells without a percent sign were read as if they had one"]
    return value, "", ["the percent signs of some cells were left out"]


def _currency(cells: Cells) -> tuple[str, list[str]]:
    signs = cells.con.execute(
        f"SELECT DISTINCT regexp_extract(cell, {quoting.literal(_CURRENCY)}) AS sign "
        f"FROM {cells.source} WHERE {matches(_bare('cell'), f'{_PLAIN}|{_US}|{_EU}')} ORDER BY sign"
    ).fetchall()
    codes = sorted({_CODES.get(sign, sign) for (sign,) in signs if sign})
    if len(codes) > 1:
        return "", [f"amounts in different currencies ({', '.join(codes)}) stand in it, not converted"]
    return (codes[0], []) if codes else ("", [])


def _notes(numbers: Numbers, *, comma: bool, guessed: bool) -> list[str]:
    notes = []
    if guessed and (comma or numbers.point_groups > 0):
        kind = "thousands" if (numbers.point_groups > 0) == comma else "decimals"
        mark = "points" if numbers.point_groups > 0 else "commas"
        notes.append(f"{mark} can be read in two ways and were read as separators of {kind}")
    elif comma and numbers.comma_decimal > 0:
        notes.append("decimal commas were read as such")
    elif comma and numbers.point_groups > 0:
        notes.append("points were read as thousands separators")
    elif numbers.us > 0 and not comma:
        notes.append("commas were read as thousands separators")
    if numbers.sized > 0:
        notes.append("letters such as k and M were read as thousands and millions")
    return notes
