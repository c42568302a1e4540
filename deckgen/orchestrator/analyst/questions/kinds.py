"""What kind of groups a word and a column may be of: places, goods, customers, staff."""

from deckgen.orchestrator.analyst.lexicon.families import FAMILIES, PEOPLE
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.profiling.stemming import stem, stems
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import SYNONYMS

MOST_GROUPS = 60  # from which on a column is taken only by its name
KINDS = (*(stems(family) for family in FAMILIES), *SYNONYMS)


def kinds_of(words: frozenset[str]) -> frozenset[int]:
    """Returns the kinds that words may be of, as numbers."""
    return frozenset(number for number, kind in enumerate(KINDS) if kind & words)


def are_people(word: str) -> bool:
    """True if a word, in lower case, is one for people."""
    return bool(kinds_of(frozenset({stem(word)})) & set(PEOPLE))


def may_be_among(word: str, table: Table) -> bool:
    """True if a word, in lower case, is of the kind of some column, or can mean but one of them."""
    usable = usable_in(table)
    return len(usable) == 1 or any(is_of_kind(word, each, table) for each in usable)


def is_of_kind(word: str, dimension: Dimension, table: Table) -> bool:
    """True if a word, in lower case, is of the kind of a column."""
    return bool(kinds_of(frozenset({stem(word)})) & kinds_of(_words_of(dimension, table)))


def is_kind_of_each_known(table: Table) -> bool:
    """True if each column of groups says of which kind its groups are."""
    return all(kinds_of(_words_of(each, table)) for each in usable_in(table))


def usable_in(table: Table) -> list[Dimension]:
    """Returns the dimensions by which a question may be answered that names none of them."""
    return [each for each in table.dimensions if each.groups <= MOST_GROUPS]


def _words_of(dimension: Dimension, table: Table) -> frozenset[str]:
    return table.words_of(table.model.columns[dimension.index].name)
