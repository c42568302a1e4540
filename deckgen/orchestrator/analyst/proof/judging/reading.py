"""Reading a sentence for the judge: its words with what they assert, and what they mention."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from deckgen.domain.datasets import Role, Source
from deckgen.domain.facts import REFERENCE, Text
from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.meanings import Meaning, plain, singular
from deckgen.orchestrator.analyst.proof.judging.stems import kind_of
from deckgen.orchestrator.analyst.proof.judging.vocabulary import (
    GROUP_NOUNS,
    JOINING,
    LEADING,
    LONGEST_PHRASE,
    PHRASE_KINDS,
    UNITS_OF_TIME,
)

NUMBER, GROUP, PERIOD, MEASURE, COLUMN, WORD, MARK = "#n", "#g", "#p", "#m", "#d", "word", "mark"
_TOKEN = re.compile(rf"{REFERENCE.pattern}|'s\b|’s\b|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SPLITS = frozenset(",;:–—")


@dataclass(frozen=True)
class Token:
    """A word, a mark, or a mention: of a number, a group, a period, a measure or a column."""

    text: str  # in lower case; of a mention what it names
    shape: str
    place: int
    meaning: Meaning | None = None
    kind: Kind | None = None  # what a word asserts; None if that is not known
    clause: int = 0
    in_phrase: bool = False

    @property
    def is_mention(self) -> bool:
        return self.shape not in (WORD, MARK)


@dataclass(frozen=True)
class Names:
    """What a sentence may name: references, and the names of measures, groups and columns."""

    meanings: Mapping[str, Meaning]
    columns: Mapping[str, str]  # c3 -> its label
    measures: Mapping[tuple[str, ...], str]
    groups: Mapping[tuple[str, ...], str]
    grouping: frozenset[tuple[str, ...]]  # columns that form groups
    words: frozenset[str] = field(default=frozenset())  # single words of labels, which assert nothing

    @classmethod
    def of(cls, meanings: Mapping[str, Meaning], source: Source | None) -> "Names":
        columns = source.columns if source else []
        grouping = _grouping(meanings.values(), source)
        measures = {plain(each.measure) for each in meanings.values() if each.measure}
        of_columns = {plain(column.label) for column in columns if column.role is Role.MEASURE}
        groups = {name for each in meanings.values() for name in each.groups | {each.group_name}}
        labels = [column.label for column in columns]
        labels += [text for each in meanings.values() for text in (each.measure, each.fact.unit.symbol)]
        return cls(
            meanings,
            {f"c{place}": column.label for place, column in enumerate(columns)},
            _spelt((measures | of_columns | _shared(of_columns)) - grouping),
            {_words(name): name for name in groups if name},
            frozenset(_spelt(grouping)),
            frozenset(word for label in labels for word in _words(label)),
        )


def _grouping(meanings: Iterable[Meaning], source: Source | None) -> set[str]:
    """Returns the names of the columns that form groups."""
    found = {plain(column) for each in meanings for column in each.columns}
    names = {plain(column.name): plain(column.label) for column in (source.columns if source else [])}
    others = {
        plain(column.label)
        for column in (source.columns if source else [])
        if column.role is not Role.MEASURE
    }
    return {names.get(name, name) for name in found} | others


def _shared(names: set[str]) -> set[str]:
    """Returns how several names begin, in two words or more: either of them may be meant."""
    beginnings = Counter(
        " ".join(words[:length]) for words in map(str.split, names) for length in range(2, len(words))
    )
    return {beginning for beginning, times in beginnings.items() if times > 1}


def _words(name: str) -> tuple[str, ...]:
    return tuple(match[0].lower() for match in _TOKEN.finditer(name))


def _spelt(names: set[str]) -> dict[tuple[str, ...], str]:
    """Returns each name under the words that it is written with, in singular and plural."""
    found: dict[tuple[str, ...], str] = {}
    for name in names:
        one = singular(name)
        plural = f"{one[:-1]}ies" if one.endswith("y") and one[-2:-1] not in "aeou" else f"{one}s"
        for spelling in (name, one, plural, f"{one}es"):
            if words := _words(spelling):
                found.setdefault(words, name)
    return found


def sentences(text: Text) -> list[Text]:
    """Returns the sentences of a text."""
    return [sentence for sentence in _SENTENCE.split(text.strip().replace("vs. ", "vs ")) if sentence]


def read(sentence: Text, names: Names) -> list[Token]:
    """Returns the tokens of a sentence, each with what it mentions or asserts, and its clause."""
    pieces = [(match[1] or "", match[0]) for match in _TOKEN.finditer(sentence)]
    tokens = _composed(list(_mentions(pieces, names)))
    return list(_with_clauses(_with_kinds(tokens, names)))


def _mentions(pieces: list[tuple[str, str]], names: Names) -> Iterator[Token]:
    place = 0
    while place < len(pieces):
        reference, text = pieces[place]
        if reference:
            yield _of_reference(reference, names, place)
            place += 1
            continue
        length, shape, name = _longest_name(pieces, place, names)
        if length:
            yield Token(name, shape, place)
        else:
            shape = WORD if text[0].isalpha() or text[-1].isalpha() else MARK
            yield Token(text.lower().replace("’", "'"), shape, place)
        place += length or 1


def _of_reference(reference: str, names: Names, place: int) -> Token:
    if reference[0] in "cC":
        label = names.columns.get(f"c{reference[1:]}", "")
        is_grouping = _words(plain(label)) in names.grouping
        return Token(plain(label), COLUMN if is_grouping else MEASURE, place)
    meaning = names.meanings.get(reference)
    if meaning is None:
        return Token(reference, WORD, place, kind=Kind.NEUTRAL)  # a statistic, a quotation
    if meaning.is_period:
        return Token(meaning.names, PERIOD, place, meaning)
    if meaning.number is None:
        return Token(meaning.names, GROUP, place, meaning)
    return Token(reference, NUMBER, place, meaning)


def _longest_name(pieces: list[tuple[str, str]], place: int, names: Names) -> tuple[int, str, str]:
    """Returns how many words from a place on are a name, of what, and which."""
    plain_words: list[str] = []
    for reference, text in pieces[place : place + 8]:
        if reference:
            break
        plain_words.append(text.lower())
    for length in range(len(plain_words), 0, -1):
        words = tuple(plain_words[:length])
        if words in names.groups and pieces[place][1][:1] == names.groups[words][:1]:
            return length, GROUP, names.groups[words]
        if words in names.measures:
            return length, MEASURE, names.measures[words]
        if words in names.grouping:
            return length, COLUMN, " ".join(words)
    return 0, "", ""


def _composed(tokens: list[Token]) -> list[Token]:
    """Returns the tokens with "revenue per order" as one measure."""
    found: list[Token] = []
    for token in tokens:
        is_per = len(found) > 1 and found[-1].text == particles.PER and found[-2].shape == MEASURE
        if is_per and token.shape in (MEASURE, COLUMN):
            first = found[-2]
            found[-2:] = [replace(first, text=f"{first.text} per {token.text}")]
        else:
            found.append(token)
    return found


def _with_kinds(tokens: list[Token], names: Names) -> list[Token]:
    """Returns the tokens with what they assert: phrases first, the longest before others."""
    found, place = list(tokens), 0
    while place < len(found):
        length, kind = _phrase(found, place)
        if length:
            for offset in range(length):
                own = kind if offset == 0 else Kind.NEUTRAL
                token = found[place + offset]
                if not token.is_mention:
                    found[place + offset] = replace(token, kind=own, in_phrase=True)
                elif offset == 0:
                    found[place] = replace(token, kind=kind)
        elif found[place].shape == WORD and found[place].kind is None:
            found[place] = replace(found[place], kind=kind_of(found[place].text, names.words))
        place += length or 1
    return found


def _phrase(tokens: list[Token], place: int) -> tuple[int, Kind | None]:
    for length in range(min(LONGEST_PHRASE, len(tokens) - place), 1, -1):
        shapes = [_shapes(token) for token in tokens[place : place + length]]
        for phrase in _spellings(shapes):
            if phrase in PHRASE_KINDS:
                return length, PHRASE_KINDS[phrase]
    return 0, None


def _shapes(token: Token) -> tuple[str, ...]:
    is_period_noun = token.shape == COLUMN and token.text in UNITS_OF_TIME
    if token.is_mention and not is_period_noun:
        return (token.shape,)
    is_group_noun = token.text in GROUP_NOUNS or token.text in UNITS_OF_TIME
    return (token.text, COLUMN) if is_group_noun else (token.text,)


def _spellings(shapes: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yields the ways to look a phrase up: with its words, and with nouns of groups as such."""
    yield tuple(each[0] for each in shapes)
    if any(len(each) > 1 for each in shapes):
        yield tuple(each[-1] for each in shapes)


def _with_clauses(tokens: list[Token]) -> Iterator[Token]:
    """Yields the tokens with the numbers of their clauses."""
    clause, start = 0, 0
    for place, token in enumerate(tokens):
        is_break = token.shape == MARK and token.text in _SPLITS
        is_break = is_break and not (token.text == "," and _leads(tokens[start:place]))
        if is_break or (not token.in_phrase and token.text in JOINING and _joins(tokens, place)):
            clause, start = clause + 1, place + 1
        yield replace(token, clause=clause)


def _leads(before: list[Token]) -> bool:
    """True for a beginning such as "In 2024,", which belongs to the clause after it."""
    is_first = not any(each.text == "," for each in before)
    return bool(before) and is_first and before[0].text in LEADING


def _joins(tokens: list[Token], place: int) -> bool:
    """True if a conjunction joins clauses, and not two groups or numbers."""
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return not (before and after and before.is_mention and before.shape == after.shape)
