"""References for words that the model wrote out: names of groups and columns, words of the brief.

They are data, so they become references: the text then repeats the table and the brief exactly, and
the checks see which group a sentence is about.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from deckgen.domain.datasets import Source
from deckgen.domain.facts import REFERENCE, Fact, Text
from deckgen.domain.formatting.display import ValueFormat

_LOOSE = re.compile(r"(?<!\{)\{++\s*+([ftq]\d+|[cC]\d+)\s*+\}++")
QUOTED = re.compile(r"[\"“„«]([^\"“”„«»{}]{2,200})[\"”“»]")
# Before a year that is written out; "2017 units" is no year.
_WHEN = r"(?:(?<=\bin )|(?<=\bto )|(?<=\bof )|(?<=\bfrom )|(?<=\bsince )|(?<=\buntil )|(?<=\bby ))"
_NO_NUMBER_BEFORE = r"(?<![\w.,+$€£¥-])"  # nor a sign or a currency, which would make it another
_PLAIN_NUMERAL = re.compile(r"\d{1,2}")  # "the top 3" may mean no fact at all
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")


def tidy(text: str) -> str:
    """Returns the text without list marks, line breaks and invisible characters, and with well-formed
    references. Characters that turn the order of letters have no place in a deck.
    """
    visible = "".join(
        char if unicodedata.category(char)[0] != "C" else " " * char.isspace() for char in text
    )
    plain = " ".join(_BULLET.sub("", visible).split())
    return _LOOSE.sub(lambda match: "{{" + match[1] + "}}", plain)


def bound(text: Text, facts: Sequence[Fact], source: Source | None, brief: str) -> Text:
    """Returns the text with references for its quotations of the brief, for labels of the data, and for
    numerals that read like exactly one fact.
    """
    text = QUOTED.sub(lambda match: _quotation(match, brief), text)
    for numeral, name in sorted(_numerals(facts), key=lambda pair: -len(pair[0])):
        text = _outside(text, numeral, "{{" + name + "}}", _NO_NUMBER_BEFORE)
    for label, name in sorted(_labels(facts, source), key=lambda pair: -len(pair[0])):
        before = _WHEN if label.isdecimal() else ""
        text = _outside(text, label, "{{" + name + "}}", before)
    return text


def _quotation(match: re.Match[str], brief: str) -> str:
    """Returns a reference for a quotation of the brief that holds a digit, any other unchanged."""
    place = in_brief(match[1], brief)
    if place is None or not any(char.isdigit() for char in match[1]):
        return match[0]
    return f"“{{{{b{place.start()}-{place.end()}}}}}”"


def in_brief(piece: str, brief: str) -> re.Match[str] | None:
    """Returns the match of a piece in the brief, in whole words and numbers."""
    return re.search(rf"(?<![\w.,]){re.escape(piece)}(?![\w]|[.,]\w)", brief)


def _labels(facts: Sequence[Fact], source: Source | None) -> Iterator[tuple[str, str]]:
    """Yields names, periods and those column labels that have digits, each with its reference."""
    for fact in facts:
        if fact.unit.is_time or (fact.unit.format is ValueFormat.TEXT and len(fact.display) > 1):
            yield fact.display, fact.id
    for index, column in enumerate(source.columns if source else []):
        if any(char.isdigit() for char in column.label):
            yield column.label, f"c{index}"


def _numerals(facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    """Yields what numbers read, with their facts: only what is too special to be meant otherwise, and
    what no other fact reads.
    """
    shown = Counter(fact.display for fact in facts if fact.unit.is_numeric)
    for fact in facts:
        if (
            fact.unit.is_numeric
            and shown[fact.display] == 1
            and not _PLAIN_NUMERAL.fullmatch(fact.display)
        ):
            spellings = {fact.display, fact.display.replace("\N{NO-BREAK SPACE}", " ")}
            yield from ((spelling, fact.id) for spelling in spellings)


def _outside(text: Text, label: str, reference: str, before: str) -> Text:
    """Returns the text with the label, as a whole word outside references, replaced."""
    whole_word = re.compile(rf"{before}(?<![\w]){re.escape(label)}(?![\w%]|[.,]\d)")
    pieces, end = [], 0
    for match in REFERENCE.finditer(text):
        pieces += [whole_word.sub(lambda _: reference, text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*pieces, whole_word.sub(lambda _: reference, text[end:])])
