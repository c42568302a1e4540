"""Words of assumptions: how far and which way something should change, in English and German."""

import re

_PERCENT = re.compile(r"(?<!\d)(\d++(?:[.,]\d++)?+)\s*+(?:%|per ?cent\b|prozent\b)", re.IGNORECASE)
_DOWN = re.compile(
    r"\b(?:cut|lower|reduc|decreas|drop|fewer|less|shrink|discount|cheaper|halv|senk|kürz|verringer"
    r"|reduzier|halbier|weniger|günstiger|fall|sink)\w*",
    re.IGNORECASE,
)
CHANGING = re.compile(
    r"\b(?:rais|increas|cut|lower|reduc|decreas|drop|doubl|halv|grow|rise|rose|hire|spen[dt]|add|charg"
    r"|erhöh|steiger|anheb|angehob|senk|kürz|verringer|reduzier|verdoppel|halbier|steig|stieg)\w*",
    re.IGNORECASE,
)
_DOUBLE = re.compile(r"\b(?:double|doubled|doubling|verdoppel\w*|twice as)\b", re.IGNORECASE)
_HALF = re.compile(r"\b(?:halve|halved|halving|halbier\w*|in half)\b", re.IGNORECASE)
USUAL = 0.1  # what is supposed where a question says no figure
UNITS = frozenset({
    "units", "quantity", "qty", "volume", "sold", "pieces", "menge", "stück", "absatz", "orders",
})  # fmt: skip
RESULT = frozenset({
    "profit", "result", "margin", "earnings", "net", "surplus", "gewinn", "ergebnis", "überschuss",
})  # fmt: skip
REVENUE = frozenset({
    "revenue", "sales", "turnover", "umsatz", "erlös", "amount", "income", "betrag",
})  # fmt: skip


def assumed_in(text: str) -> float:
    """Returns the change that a text supposes, as a fraction below or above zero."""
    if _DOUBLE.search(text):
        return 1.0
    if _HALF.search(text):
        return -0.5
    found = _PERCENT.search(text)
    size = float(found[1].replace(",", ".")) / 100 if found else USUAL
    return -size if _DOWN.search(text) else size
