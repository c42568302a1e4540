"""Sentences of a course that rose and then fell, or the other way round."""

SENTENCES = {
    "turns.peak": "{measure} peaked {at_base} and {measure:has|have} fallen by {by} since",
    "turns.low": "{measure} {measure:was|were} lowest {at_base} and {measure:has|have} risen by {by} since",
    "turns.before.peak": "It had risen from {old} {at_base} to {new}",
    "turns.before.low": "It had fallen from {old} {at_base} to {new}",
}
