"""What Office makes of the number formats that deckgen writes."""

import re
from decimal import ROUND_HALF_UP, Decimal

from deckgen.domain.formatting.locales import locale_of
from deckgen.domain.formatting.numerals import digits

PART = re.compile(r'"([^"]*)"|([#0,.]+)|(%)|(-)')


def excel(number_format: str, value: float, locale: str) -> str:
    """What Office shows to a reader with this locale, for the few kinds of format written here."""
    sections = number_format.split(";")
    section = sections[0]
    if value < 0:
        section = sections[min(1, len(sections) - 1)]
    elif not value:
        section = sections[2 if len(sections) > 2 else 0]
    section = re.sub(r"^\[\$-[0-9A-F]+\]", "", section)
    number = abs(Decimal(str(value)))
    bare = re.sub(r'"[^"]*"', "", section)
    minus = "-" if value < 0 and len(sections) == 1 and "0" in bare else ""
    shown = ""
    for literal, places, percent, dash in PART.findall(section):
        if places:
            pattern = places.rstrip(",")
            scaled = number * (100 if "%" in bare else 1)
            scaled /= 1000 ** (len(places) - len(pattern))
            decimals = len(pattern.partition(".")[2])
            shown += digits(
                scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), locale_of(locale)
            )
        shown += literal or percent or dash
    return minus + shown
