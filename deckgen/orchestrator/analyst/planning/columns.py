"""Columns that questions mean without naming them: of dates, of numbers, of people."""

from collections.abc import Iterable

from deckgen.domain.datasets import Role
from deckgen.domain.formatting.display import COUNT, Unit
from deckgen.domain.plans import Distinct, Measured, Rows, Total
from deckgen.domain.table_models import ColumnModel, MeasureKind
from deckgen.orchestrator.analyst.lexicon import row_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.measures.counts import IDENTIFYING
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

# Those who come back or stay away, in the order in which they are meant.
NAMED = 0.7  # of a fit, from which on a column is named and not only touched by a word
WHO_COME = (
    "customer", "kunde", "kunden", "client", "user", "member", "mitglied", "guest", "gast", "patient",
    "donor", "spender", "visitor", "subscriber", "account", "buyer", "shopper", "player", "student",
    "candidate", "applicant", "bewerber", "prospect", "employee", "mitarbeiter", "person", "name",
    "email", "phone",
)  # fmt: skip


def words(column: ColumnModel) -> set[str]:
    """Returns the words of a column's name, without accents, and what a number in one word numbers."""
    own = {plain(word) for word in read_name(column.name).words}
    return own | {thing for word in own if (thing := row_words.of_compound(word))}


def says(column: ColumnModel, some: Iterable[str]) -> bool:
    """True if a column's name has one of the words."""
    return bool(words(column) & set(some))


def dates(table: Table) -> list[ColumnModel]:
    """Returns the columns of dates."""
    return [column for column in table.model.columns if column.type in ("DATE", "TIMESTAMP")]


def numbers(table: Table) -> list[ColumnModel]:
    """Returns the columns of numbers, whatever they are taken for, but for ids."""
    return [
        column
        for column in table.model.columns
        if column.type in ("BIGINT", "DOUBLE") and column.role not in (Role.ID, Role.TIME)
    ]


def kinds(table: Table, *some: MeasureKind) -> list[ColumnModel]:
    """Returns the measures of one of the kinds."""
    return [each for each in table.model.columns if each.measure and each.measure.kind in some]


def who(question: Question, table: Table) -> ColumnModel | None:
    """Returns the column that tells people or firms apart: the one that is named, or the usual one."""
    found = [
        (not question.words.fit(table.words_of(column.name)), WHO_COME.index(word), column)
        for column in table.model.columns
        if column.role in (Role.ID, Role.DIMENSION, Role.TEXT) and column.distinct > 1
        for word in WHO_COME
        if word in words(column)
    ]
    return min(found, key=lambda each: each[:2])[2] if found else None


def thing_of(column: ColumnModel) -> str:
    """Returns the plural of what a column tells apart: customers."""
    words = [word for word in read_name(column.name).words if plain(word) not in IDENTIFYING]
    own = [row_words.of_compound(word) or word for word in words]
    return row_words.plural_of(" ".join(own) or column.label)


def noun_of(table: Table, column: ColumnModel) -> str:
    """Returns the reference to the name of a column, for texts."""
    return f"{{{{c{table.model.columns.index(column)}}}}}"


def total_of(table: Table, column: ColumnModel, unit: Unit) -> Measured:
    """Returns the sum of a column that adds up over groups and over time."""
    return Measured(
        measure=Total(of=cell_of(table.model, column)), label=column.label, noun=noun_of(table, column),
        unit=unit, columns=[column.name], adds_up=True, over_time=True,
    )  # fmt: skip


def different(column: ColumnModel) -> Measured:
    """Returns the number of different values of a column."""
    things = thing_of(column)
    return Measured(
        measure=Distinct(column=column.name), label=things, noun=things, unit=COUNT,
        columns=[column.name], adds_up=False, over_time=False,
    )  # fmt: skip


def row_noun(table: Table) -> str:
    """Returns what rows are, by the word of the table model."""
    return table.model.grain.noun if table.model.grain else "rows"


def row_count(table: Table) -> Measured:
    """Returns the number of rows, under their business name."""
    noun = table.language.nouns.of(row_noun(table))
    return Measured(
        measure=Rows(), label=noun, noun=noun, unit=COUNT, columns=[], adds_up=True, over_time=True
    )


def asks_by_group(question: Question, table: Table) -> bool:
    """True if a question asks for groups: which, who or where, or by a column that forms some."""
    if question.has(Cue.WHICH, Cue.WHO, Cue.WHERE):
        return True
    few = 0.5 * table.model.rows
    return any(fit >= NAMED and each.groups < few for fit, each in question.groups)
