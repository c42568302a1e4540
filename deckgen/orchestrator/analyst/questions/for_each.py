"""Amounts that a question asks for each of something: revenue per customer, incidents per seat."""

from deckgen.domain.datasets import Role
from deckgen.domain.plans import Ratio
from deckgen.orchestrator.analyst.measures.offered import Offered, named
from deckgen.orchestrator.analyst.measures.per_thing import each_of, is_amount, things_of
from deckgen.orchestrator.analyst.profiling.stemming import matched
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import Words, fits

PHRASED = 1.4  # if the whole name of a column stands in the question
MOST_GROUPS = 30  # “per region” names groups; of things there are more


def each_in(
    words: Words, known: list[tuple[float, Offered]], table: Table
) -> list[tuple[float, Offered]]:
    """Returns an amount for each of the things that a question names: revenue per customer."""
    per = words.per
    is_there = any(
        isinstance(offered.measured.measure, Ratio) and fits(per, offered.names[-1])
        for fit, offered in known
        if per and fit >= PHRASED
    )
    if per is None or is_there:
        return []
    ids = {
        each.name for each in table.model.columns if each.role is Role.ID or each.distinct > MOST_GROUPS
    }
    things = [each for each in things_of(table.offered, ids) if fits(per, each.names[0])]
    amounts = [(fit, each) for fit, each in known if is_amount(each) and not fits(per, each.names[0])]
    if not things or not amounts or _is_of_groups(per, things[0], table):
        return []
    fit, amount = max(amounts, key=lambda each: each[0])
    return [(fit + PHRASED, each_of(amount, things[0], table.data, table.language))]


def _is_of_groups(per: str, thing: Offered, table: Table) -> bool:
    """True if a word is the name of a column of groups, and only another word for things."""
    own = frozenset({per})
    labels = (table.model.columns[each.index].label for each in table.dimensions)
    return not matched(own, thing.names[0]) and any(matched(own, named(label)) for label in labels)
