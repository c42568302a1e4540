"""Sentences about customers who come back."""

SENTENCES = {
    "repeat.some": "{again} of {every} {people} come back: {share} are there more than once",
    "repeat.none": "all {every} {people} are there once: {again} of them come back",
    "repeat.mean": "on average, {people} have {value} {visits} each",
    "repeat.rows": "those who come back bring {share} of the {visits}: {value}",
}
