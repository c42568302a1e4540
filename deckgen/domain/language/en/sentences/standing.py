"""Sentences of how many are there, where only their coming is known."""

SENTENCES = {
    "standing.rose": "the number of {things} rose from {old} by {start} to {new} by {end}",
    "standing.left": "the table does not say who left, so all {things} who came count as still there",
}
