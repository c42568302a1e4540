"""The groups that a question names, as conditions of the rows that it asks about."""

from deckgen.domain.datasets import Role
from deckgen.domain.plans import Condition, Relation
from deckgen.orchestrator.analyst.brief.mentions import Mentions
from deckgen.orchestrator.analyst.lexicon.people_words import is_of_people, people_words
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import Words

MOST_SEXES = 4  # with “other” and “unknown”


def filters_of(words: Words, table: Table, mentions: Mentions) -> list[Condition]:
    """Returns the groups that are named, as conditions."""
    columns = table.model.columns
    said = {
        index: [each for each in sorted(groups) if not words.only_in_names(each, _labels(table, index))]
        for index, groups in sorted(mentions.groups.items())
        if columns[index].role in (Role.DIMENSION, Role.GEOGRAPHY)
    }
    found = [
        Condition(column=columns[index].name, relation=Relation.IS, values=groups)
        for index, groups in said.items()
        if groups
    ]
    return [*found, *_people(words, table, {each.column for each in found})]


def _labels(table: Table, index: int) -> list[str]:
    """Returns the names of the other columns."""
    return [each.label for place, each in enumerate(table.model.columns) if place != index]


def _people(words: Words, table: Table, known: set[str]) -> list[Condition]:
    """Returns women or men as a condition, where a column says female or M."""
    found = []
    for dimension in table.dimensions:
        column = table.model.columns[dimension.index]
        if column.name in known or not is_of_people(column.label) or dimension.groups > MOST_SEXES:
            continue
        rows = table.data.all(f"SELECT DISTINCT {dimension.text} AS g FROM data ORDER BY g")
        groups = [str(name) for (name,) in rows if name is not None]
        if named_groups := [each for each in groups if people_words(each) & words.spoken]:
            found.append(
                Condition(column=column.name, relation=Relation.IS, values=sorted(named_groups))
            )
    return found
