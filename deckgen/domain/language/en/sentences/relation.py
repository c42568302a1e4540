"""Sentences of relations: whether something goes with something else."""

SENTENCES = {
    "relation.groups": "{measure} differs by {column}: {values}",
    "relation.groups_alike": "{measure} does not differ clearly by {column}: {values}",
    "relation.up": "more {number} goes with higher {measure}: {slope} per {unit}",
    "relation.down": "more {number} goes with lower {measure}: {slope} per {unit}",
    "relation.rate_up": (
        "{measure} is higher where {number} is high: {high} against {low} where it is low"
    ),
    "relation.rate_down": (
        "{measure} is lower where {number} is high: {high} against {low} where it is low"
    ),
    "relation.rate_unclear": (
        "{measure} does not go clearly with {number}: {low} where it is low, {high} where it is high"
    ),
    "relation.unclear": "{measure} does not go clearly with {number}: correlation {correlation}",
    "relation.correlation": "the correlation is {correlation}",
    "relation.changes": "their changes from period to period go together too: {slope} per {unit}",
    "relation.changes_unclear": (
        "their changes from period to period do not go together clearly: both may follow the same trend"
    ),
    "relation.small": "too small to compare, and left out: {names}",
    "relation.no_cause": "that they go together proves no cause and effect",
    "relation.method": "{measure} and {column} were tested together over {rows} {things}",
}
