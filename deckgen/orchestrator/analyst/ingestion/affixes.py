"""What stands behind the numbers of a column: DR and CR, which are signs, and flags such as *, (p)
and r, which are none.
"""

import re
from dataclasses import dataclass, replace

from deckgen.domain.uploads.headers import MINUS
from deckgen.orchestrator.analyst.ingestion.cells import Cells, Reading, Sample, matches, replaced
from deckgen.orchestrator.analyst.lexicon import role_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name

_DIGITS = rf"[+{MINUS}]?[$€£]?\d[\d.,'’]*+"
# House and room numbers end in a, b, c or d; other letters than these are units.
_FLAG = r"(?:\s*(?:[*†‡]+|\([a-z]{1,2}\)|\[[a-z0-9]{1,2}\])|\s*[efnpruz]|\s+[bcds]|\s+[bcdefnprsuz]{2})"
_FLAGGED = re.compile(rf"{_DIGITS}{_FLAG}")
_BARE = re.compile(rf"{_DIGITS}|\({_DIGITS}\)")
_SIDE = r"(?:DR|CR|Dr|Cr|dr|cr)\.?"
_SIDED = re.compile(rf"[(]?{_DIGITS}[)]?\s*{_SIDE}|{_SIDE}\s*{_DIGITS}")
# Soll and Haben, as German accounts end their amounts.
_LETTERED = re.compile(rf"[(]?{_DIGITS}[)]?\s*[SH]")
_SQL_FLAG = rf"^(.*\d)(?:{_FLAG})$"
_SQL_SIDE = rf"^{_SIDE}\s*(.*\d.*)$|^(.*\d\)?)\s*{_SIDE}$"
_SQL_LETTER = r"^()(.*\d\)?)\s*[SH]$"
_FIT = 0.9
_MOST_FLAGGED = 0.6  # of the cells: where nearly all have one, it is a unit
_NAMES = (
    role_words.ID_WORDS | role_words.CODE_WORDS | role_words.NUMBER_WORDS | role_words.GROUP_WORDS
) | {"seat", "house", "apartment", "flat", "address", "hausnummer", "grade", "flight", "lot"}


@dataclass(frozen=True)
class Affix:
    """`text` is SQL for the cell without it; `flag` SQL that is true of a cell that has one, if it is
    to be counted; `sign` SQL for the sign that it gives, and `note` what that is.
    """

    text: str
    flag: str = ""
    sign: str = ""
    note: str = ""


def affix_of(cells: Cells, sample: Sample, name: str) -> Affix | None:
    """Returns what stands behind the numbers of a column; None if nothing does, or not only that."""
    sided, bare = sample.share(_SIDED), sample.share(_BARE)
    if sided > 0 and sided + bare >= _FIT:
        return _sides(cells, "DR", "CR", _SQL_SIDE)
    if sample.share(_LETTERED) >= _FIT and cells.fit(matches("cell", ".*H")) > 0:
        return _sides(cells, "S", "H", _SQL_LETTER)
    flagged = sample.share(_FLAGGED)
    if not 0 < flagged <= _MOST_FLAGGED or flagged + bare < _FIT:
        return None
    if _NAMES & set(read_name(name).words):
        return None
    return Affix(replaced("cell", _SQL_FLAG, r"\1"), flag=matches("cell", _SQL_FLAG))


def _sides(cells: Cells, dr: str, cr: str, pattern: str) -> Affix:
    """Returns debit and credit as the signs of one measure. Marks of one kind alone make the exceptions
    of a statement negative; where all amounts have it, it says nothing.
    """
    debit, credit = (matches("cell", rf"(?i).*{mark}\.?|{mark}.*") for mark in (dr, cr))
    of_debit, of_credit = cells.fits([debit, credit])
    if of_debit and of_credit:
        negative = credit
        note = f"amounts marked {dr} were taken as positive, those marked {cr} as negative"
    elif of_debit + of_credit < 1:
        mark, negative = (dr, debit) if of_debit else (cr, credit)
        note = f"amounts marked {mark} were taken as negative, those without a mark as positive"
    else:
        mark, negative = (dr if of_debit else cr), "false"
        note = f"all amounts are marked {mark}, and were taken as positive"
    sign = f"(CASE WHEN {negative} THEN -1 ELSE 1 END)"
    return Affix(replaced("cell", pattern, r"\1\2"), sign=sign, note=note)


def with_affix(affix: Affix, reading: Reading) -> Reading:
    """Returns the reading of the cells with what stands behind their numbers."""
    value = reading.of(affix.text)
    if affix.sign:
        value = f"CAST(({value}) * {affix.sign} AS {reading.type})"
        return replace(reading, expression=value, notes=(*reading.notes, affix.note))
    one, many = "one flag behind its numbers was", "{:,} flags behind its numbers were"
    counted = (f"{one} left out", f"{many} left out", affix.flag)
    return replace(reading, expression=value, counted=(*reading.counted, counted))
