"""What the model wrote out instead of citing it: names of groups and columns, words of the brief.

They are data, so they become references: what is written is then what the table and the brief say, and
the checks see whom a sentence is about.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from deckgen.domain.datasets import Source
from deckgen.domain.facts import REFERENCE, Fact, Text
from deckgen.domain.formatting.display import Format

_LOOSE = re.compile(r"(?<!\{)\{++\s*+([ftq]\d+|[cC]\d+)\s*+\}++")
QUOTED = re.compile(r"[\"“„«]([^\"“”„«»{}]{2,200})[\"”“»]")
# Before a year that is written out; "2017 units" is no year.
_WHEN = r"(?:(?<=\bin )|(?<=\bto )|(?<=\bof )|(?<=\bfrom )|(?<=\bsince )|(?<=\buntil )|(?<=\bby ))"
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")


def tidy(text: str) -> str:
    """Without marks of lists, breaks of lines and characters that can't be seen; references as they are
    to be written. What turns the order of letters, or is no character at all, has no place in a deck.
    """
    seen = "".join(
        char if unicodedata.category(char)[0] != "C" else " " * char.isspace() for char in text
    )
    plain = " ".join(_BULLET.sub("", seen).split())
    return _LOOSE.sub(lambda match: "{{" + match[1] + "}}", plain)


def bound(text: Text, facts: Sequence[Fact], source: Source | None, brief: str) -> Text:
    """The text with references for what it quotes of the brief and for labels of the data."""
    text = QUOTED.sub(lambda match: _quotation(match, brief), text)
    for label, name in sorted(_labels(facts, source), key=lambda each: -len(each[0])):
        before = _WHEN if label.isdecimal() else ""
        text = _outside(text, label, "{{" + name + "}}", before)
    return text


def _quotation(match: re.Match[str], brief: str) -> str:
    """A piece of the brief that holds a digit by its place; any other quotation as it is."""
    found = in_brief(match[1], brief)
    if found is None or not any(char.isdigit() for char in match[1]):
        return match[0]
    return f"“{{{{b{found.start()}-{found.end()}}}}}”"


def in_brief(piece: str, brief: str) -> re.Match[str] | None:
    """Where a piece stands in the brief, in whole words and numbers."""
    return re.search(rf"(?<![\w.,]){re.escape(piece)}(?![\w]|[.,]\w)", brief)


def _labels(facts: Sequence[Fact], source: Source | None) -> Iterator[tuple[str, str]]:
    """Names and periods with the references that stand for them; of columns those with digits only."""
    for fact in facts:
        if fact.unit.is_time or (fact.unit.format is Format.TEXT and len(fact.display) > 1):
            yield fact.display, fact.id
    for index, column in enumerate(source.columns if source else []):
        if any(char.isdigit() for char in column.label):
            yield column.label, f"c{index}"


def _outside(text: Text, label: str, reference: str, before: str) -> Text:
    """The label as a whole word, wherever it stands outside of references, as the reference."""
    whole = re.compile(rf"{before}(?<![\w]){re.escape(label)}(?![\w%])")
    pieces, end = [], 0
    for match in REFERENCE.finditer(text):
        pieces += [whole.sub(lambda _: reference, text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*pieces, whole.sub(lambda _: reference, text[end:])])
