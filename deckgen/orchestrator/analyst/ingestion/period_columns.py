"""Names of columns that say a period: what is left of them names what the column holds."""

import re

from deckgen.domain.uploads.lengths import is_long
from deckgen.domain.uploads.period_names import NamedPeriod, period_of

_MAX_WORDS = 8  # of the name of a period
_GLUED = re.compile(r"([^\W\d]+?)_?((?:1[5-9]|2[01])\d\d)")


def split_name(name: str) -> tuple[str, NamedPeriod] | None:
    """Returns the measure (if named) and the period of a column's name: sales_2019, 2023 Q1 (USD),
    Budget 2024 (USD).
    """
    if is_long(name):
        return None
    own, unit = name[: (at := _unit_at(name))], name[at:].strip()
    if unit and (split := split_name(own)):
        return f"{split[0]} {unit}".strip(), split[1]
    words = [word for word in re.split(r"[\s_]+", name) if word]
    for size in range(min(len(words), _MAX_WORDS), 0, -1):
        for part, remaining_words in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            if period := period_of(" ".join(part)):
                return " ".join(remaining_words).strip(" -–:,./|"), period
    if glued := _GLUED.fullmatch(name):
        return glued[1], NamedPeriod("year", int(glued[2]), 1)
    return None


def _unit_at(name: str) -> int:
    """Returns where the unit in brackets at a name's end begins; its length without one."""
    opened = max(name.rfind("("), name.rfind("["))
    return opened if opened >= 0 and name.rstrip().endswith((")", "]")) else len(name)
