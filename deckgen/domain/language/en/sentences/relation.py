"""Sentences of relations: whether something goes with something else."""

SENTENCES = {
    "relation.groups": "{measure} differs by {column}: {values}",
    "relation.groups_alike": "{measure} {measure:does|do} not differ clearly by {column}: {values}",
    "relation.up": "more {number} {number:goes|go} with higher {measure}: {slope} per {unit}",
    "relation.down": "more {number} {number:goes|go} with lower {measure}: {slope} per {unit}",
    "relation.rate_up": (
        "{measure} {measure:is|are} higher where {number} {number:is|are} high: {high} against {low} where it is low"
    ),
    "relation.rate_down": (
        "{measure} {measure:is|are} lower where {number} {number:is|are} high: {high} against {low} where it is low"
    ),
    "relation.rate_unclear": (
        "{measure} {measure:does|do} not go clearly with {number}: {low} where it is low, {high} where it is high"
    ),
    "relation.unclear": "{measure} {measure:does|do} not go clearly with {number}: correlation {correlation}",
    "relation.correlation": "the correlation is {correlation}",
    "relation.changes": "their changes from period to period go together too: {slope} per {unit}",
    "relation.changes_unclear": (
        "their changes from period to period do not go together clearly: both may follow the same trend"
    ),
    "relation.small": "too small to compare, and left out: {names}",
    "relation.no_cause": "that they go together proves no cause and effect",
    "relation.method": "{measure} and {column} were tested together over {rows} {things}",
}
