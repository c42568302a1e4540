"""What sentences state beyond the values of their facts, by their keys: the same in every language."""

from collections.abc import Iterator

from deckgen.domain.claims import ClaimRelation, Stated, Sureness
from deckgen.domain.facts import Fact, Text, references
from deckgen.orchestrator.analyst.facts.statements import Slot, Statement

# The beginning of a key, for what a whole operation states.
_OF_OPERATIONS = {
    "contribution": ClaimRelation.CONTRIBUTES,
    "forecast.expected": ClaimRelation.EXPECTED,
    "what_if": ClaimRelation.SUPPOSED,
    "relation.groups": ClaimRelation.DIFFERS,
    "relation.up": ClaimRelation.MOVES_WITH,
    "relation.down": ClaimRelation.MOVES_WITH,
    "relation.rate_up": ClaimRelation.MOVES_WITH,
    "relation.rate_down": ClaimRelation.MOVES_WITH,
    "difference.two.clear": ClaimRelation.DIFFERS,
    "difference.many.clear": ClaimRelation.DIFFERS,
}
# Parts of a key, for what one of its sentences states.
_OF_PARTS = {
    "rose": ClaimRelation.ROSE,
    "grew": ClaimRelation.ROSE,
    "fell": ClaimRelation.FELL,
    "shrank": ClaimRelation.FELL,
    "steady": ClaimRelation.UNCHANGED,
    "tied": ClaimRelation.ALIKE,
    "all_tied": ClaimRelation.ALIKE,
    "met": ClaimRelation.ALIKE,
    "above": ClaimRelation.HIGHER,
    "below": ClaimRelation.LOWER,
    "most_above": ClaimRelation.HIGHEST,
    "most_below": ClaimRelation.LOWEST,
    "highest": ClaimRelation.HIGHEST,
    "high": ClaimRelation.HIGHEST,
    "peak": ClaimRelation.HIGHEST,
    "lowest": ClaimRelation.LOWEST,
    "low": ClaimRelation.LOWEST,
}
# Sentences that leave it open state nothing.
_LEVEL = "ranking.level"
_OPEN = frozenset({"unclear", "chance", "within", "none", "small", "groups_alike"})
_ESTIMATED = frozenset({"forecast", "what_if"})


def stated(statement: Statement, said: Text) -> Stated | None:
    """Returns what a statement says of the facts that its sentence cites; None if it leaves it open."""
    cited = set(references(said))
    facts = [fact for fact in _facts(statement) if fact.id in cited]
    relation = relation_of(statement.says)
    if relation is None or not facts:
        return None
    is_tested = any(fact.statistics for fact in facts)
    estimated = statement.says.partition(".")[0] in _ESTIMATED
    sure = Sureness.ESTIMATED if estimated else Sureness.TESTED if is_tested else Sureness.EXACT
    return Stated(relation=relation, facts=list(dict.fromkeys(fact.id for fact in facts)), sure=sure)


def relation_of(key: str) -> ClaimRelation | None:
    """Returns what the sentence of a key states."""
    parts = key.split(".")
    if key.startswith(_LEVEL) or any(part in _OPEN or part.endswith("_unclear") for part in parts):
        return None
    for length in range(len(parts), 0, -1):
        if relation := _OF_OPERATIONS.get(".".join(parts[:length])):
            return relation
    return next((_OF_PARTS[part] for part in parts if part in _OF_PARTS), None)


def _facts(slot: Slot) -> Iterator[Fact]:
    match slot:
        case Fact():
            yield slot
        case Statement():
            for inner in slot.slots.values():
                yield from _facts(inner)
        case list():
            yield from slot
