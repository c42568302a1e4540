"""Sentences of what several operations tell: a measure along a number."""

SENTENCES = {
    "telling.thirds": (
        "{measure} is {low} where {number} is {up_to} or less, {high} where it is {start} or more"
    ),
    "telling.above": "{measure} is {low} where {number} is {up_to} or less, {high} where it is more",
    "telling.below": "{measure} is {low} where {number} is less than {up_to}, {high} from there on",
    "cuts.thirds": "{number} is low up to {up_to}, and high from {start}: a third of the rows each",
    "cuts.above": "{number} is low up to {up_to}, and high from there on",
    "cuts.below": "{number} is low before {up_to}, and high from there on",
}
