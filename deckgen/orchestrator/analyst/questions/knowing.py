"""Which words of a question a table knows: by its names, other words for them, and its cells."""

from collections.abc import Iterator
from functools import cached_property

from deckgen.orchestrator.analyst.lexicon import unit_words
from deckgen.orchestrator.analyst.lexicon.general_words import GENERAL, NOUNS
from deckgen.orchestrator.analyst.lexicon.questions import cues_of, is_of_cues
from deckgen.orchestrator.analyst.lexicon.synonyms import EMPTY
from deckgen.orchestrator.analyst.profiling.stemming import stem, stems, synonyms, words_of
from deckgen.orchestrator.analyst.questions.table import PLACES, Table
from deckgen.orchestrator.analyst.questions.vocabulary import GENERIC, fits
from deckgen.orchestrator.analyst.sql import quoting

LEAST = 4  # letters of a word from which on it may be a part of another one
ENDING = -2


class Known:
    """The words that a table knows. Weak matches count: nothing may be called missing that is there."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._looked: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        """True if a word, in lower case, may name something of the table."""
        if word not in self._looked:
            self._looked[word] = self._is_named(word) or self._is_in_cells(word)
        return self._looked[word]

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of all names: of columns, measures, rows and the file."""
        table = self._table
        texts = [table.source.name, *(column.label for column in table.model.columns)]
        texts += [column.name for column in table.model.columns]
        texts += [table.model.grain.noun] if table.model.grain else []
        offered = frozenset(word for each in table.offered for names in each.names for word in names)
        units = (unit_words.words_of(each.symbol) for each in table.model.columns)
        offered |= stems(word for words in units for word in words)
        return offered | frozenset(word for text in texts for word in words_of(_parted(text)))

    def _is_named(self, word: str) -> bool:
        own = stem(word)
        if fits(own, self.names) or synonyms(frozenset({own})) & self.names:
            return True
        if self._joins_two(own):
            return False
        long = [name for name in self.names if len(name) >= LEAST]
        meant = [each for each in synonyms(frozenset({own})) if len(each) >= LEAST]
        is_part = any(name in own for name in long) or any(
            each in name for each in meant for name in long
        )
        return is_part or any(fits(own, frozenset({place})) for place in self._places)

    def _joins_two(self, word: str) -> bool:
        """True of a compound of two names: the gas of Gaskosten has costs that the table may lack."""
        return any(
            word == first + second
            for first in self.names
            if len(first) > 2 and word.startswith(first)
            for second in self.names
        )

    @property
    def _places(self) -> tuple[str, ...]:
        return (
            PLACES if any(each.role.value == "geography" for each in self._table.model.columns) else ()
        )

    def _is_in_cells(self, word: str) -> bool:
        """True if a cell of text has the word, or its beginning."""
        begin = stem(word)
        if len(begin) >= LEAST + 2:
            begin = begin[:ENDING]  # Bavaria, Bavarian
        columns = [each for each in self._table.model.columns if each.type == "VARCHAR"]
        if not columns:
            return False
        found = " OR ".join(
            f"contains(lower({quoting.name(each.name)}), {quoting.literal(begin)})" for each in columns
        )
        return bool(self._table.data.all(f"SELECT 1 AS found FROM data WHERE {found} LIMIT 1"))


def is_telling(word: str) -> bool:
    """True if a word, in lower case, may name something that a table could lack."""
    if word in NOUNS:
        return True
    plain = word in EMPTY or word in GENERAL or stem(word) in GENERIC or len(word) < 3
    return not plain and not word.endswith("ly") and not cues_of(word) and not is_of_cues(word)


def _parted(text: str) -> str:
    return "".join(_spaced(text)).replace("_", " ")


def _spaced(text: str) -> Iterator[str]:
    """Yields the letters of a name with gaps where a small one is followed by a capital."""
    for before, letter in zip(f" {text}", text, strict=False):
        yield f" {letter}" if letter.isupper() and before.islower() else letter
