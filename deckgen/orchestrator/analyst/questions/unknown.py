"""What a question names that the table does not have: a measure, what groups are formed by, a place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from deckgen.orchestrator.analyst.lexicon.general_words import (
    ASKING,
    AUXILIARIES,
    BEING,
    CHOOSING,
    DETERMINERS,
    GROUPING,
    JOINING,
)
from deckgen.orchestrator.analyst.questions.knowing import Known, is_telling
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_ONE = r"[A-ZÄÖÜ][\w&]{2,30}(?:\s[A-ZÄÖÜ][\w&]{1,30}){0,3}"
_NAMES = re.compile(
    rf"(?<=[a-zäöü,] )(?:in|for|from|für|aus)\s(?:the\s|our\s)?"
    rf"({_ONE}(?:(?:,| and| or| und)\s{_ONE}){{0,3}})"
)
_BETWEEN = re.compile(r",\s|\s(?:and|or|und)\s")
_GERMAN = re.compile(
    r"\b(?:wie|welche[rsmn]?|warum|wo|wann|wer|der|die|das|und|ist|hat)\b", re.IGNORECASE
)


# A determiner stands between these and their noun.
_THROUGH = GROUPING | JOINING | ASKING | {","}


class Place(StrEnum):
    """Where in a question a name stands."""

    GROUP = "group"  # by channel
    CHOSEN = "chosen"  # which channel
    BESIDE = "beside"  # revenue and headcount
    ASKED = "asked"  # most headcount, did headcount develop
    SUBJECT = "subject"  # the weather
    WHERE = "where"  # in Bavaria
    ELSE = "else"


@dataclass(frozen=True)
class Chunk:
    """Telling words that stand side by side, with the word before them and their place."""

    words: tuple[str, ...]
    before: str = ""
    joined: bool = False  # to the chunk before it, by “and” or a comma
    known: bool = False
    place: Place = Place.ELSE

    @property
    def name(self) -> str:
        """The name as it is written; after “which” a verb may follow the noun."""
        return self.words[0] if self.place is Place.CHOSEN else " ".join(self.words)

    @property
    def word(self) -> str:
        """The word that says what it is, in lower case."""
        return self.words[0 if self.place is Place.CHOSEN else -1].lower()


@dataclass(frozen=True)
class Names:
    """The names in a question, known to the table or not, in their order."""

    chunks: list[Chunk]

    def unknown(self, *places: Place) -> list[Chunk]:
        """Returns what the table does not have, of the places."""
        return [each for each in self.chunks if not each.known and each.place in places]

    def known(self, *places: Place) -> list[Chunk]:
        """Returns what the table has, of the places."""
        return [each for each in self.chunks if each.known and each.place in places]


def names_in(question: Question, table: Table) -> Names:
    """Returns what a question names."""
    known = Known(table)
    found: list[Chunk] = []
    for chunk in _chunks(_TOKEN.findall(question.text), known):
        before = found[-1] if found else None
        found.append(replace(chunk, place=_place(chunk, before)))
    others = {each.name.lower() for each in found if each.place is not Place.ELSE}
    return Names(
        [*found, *(each for each in _where(question, known) if each.name.lower() not in others)]
    )


def _chunks(tokens: list[str], known: Known) -> Iterator[Chunk]:
    run: list[str] = []
    begin = 0
    ended = -1  # where the chunk before ends
    for place, text in enumerate([*tokens, "."]):
        word = text.lower()
        if word[0].isalpha() and is_telling(word):
            begin = begin if run else place
            run.append(text)
        elif run:
            if text == "?" and _begins_with_auxiliary(tokens[:begin]):
                run = run[:-1] or run  # “survive” of “will the euro survive?” is the verb
            yield _chunk(tokens[:begin], run, ended, known)
            ended, run = place, []


def _begins_with_auxiliary(before: list[str]) -> bool:
    words = [token.lower() for token in before if token.lower() not in DETERMINERS]
    return bool(words) and words[-1] in AUXILIARIES


def _chunk(before: list[str], run: list[str], ended: int, known: Known) -> Chunk:
    said = [token.lower() for token in before]
    gap = [token for token in said[max(ended, 0) :] if token not in DETERMINERS]
    joined = ended >= 0 and bool(gap) and all(token in JOINING | {",", "&"} for token in gap)
    while len(said) > 1 and said[-1] in DETERMINERS and said[-2] in _THROUGH:
        said.pop()
    is_known = any(known.has(word.lower()) for word in run)
    return Chunk(tuple(run), said[-1] if said else "", joined, is_known)


def _place(chunk: Chunk, before: Chunk | None) -> Place:
    """Returns where a name stands; one that is joined to another stands where that stands."""
    if chunk.joined and before is not None:
        if before.place in (Place.GROUP, Place.CHOSEN):
            return before.place
        return Place.BESIDE if before.known or before.place is not Place.ELSE else Place.ELSE
    if chunk.before in GROUPING:
        return Place.GROUP
    if chunk.before in CHOOSING:
        return Place.CHOSEN
    if chunk.before in ASKING:
        return Place.ASKED
    return Place.SUBJECT if chunk.before in DETERMINERS | BEING else Place.ELSE


def _where(question: Question, known: Known) -> Iterator[Chunk]:
    """Yields names in capitals that say where: in Bavaria."""
    is_german = bool(_GERMAN.search(question.text))
    for match in _NAMES.finditer(question.text):
        if is_german and not match[0].startswith(("in ", "aus ")):
            continue
        for name in _BETWEEN.split(match[1]):
            words = re.findall(r"[^\W_]+", name)
            small = [word.lower() for word in words]
            if all(map(is_telling, small)) and not any(map(known.has, small)):
                yield Chunk((name,), place=Place.WHERE)
