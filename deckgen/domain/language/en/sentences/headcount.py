"""Sentences about how many are on board."""

SENTENCES = {
    "headcount.level": "{value} {things} are on board on {date}",
    "headcount.rose": "the number of {things} grew from {old} in {first} to {new} in {last}",
    "headcount.fell": "the number of {things} fell from {old} in {first} to {new} in {last}",
    "headcount.same": "the number of {things} was {old} in {first} and is {new} in {last}",
    "headcount.no_end": "no column says who left, so all {things} who ever came are counted",
}
