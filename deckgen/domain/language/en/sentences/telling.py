"""Sentences of what several operations tell: a measure along a number."""

SENTENCES = {
    "telling.thirds": (
        "{measure} {measure:is|are} {low} where {number} {number:is|are} {up_to} or less, {high} where it is {start} or more"
    ),
    "telling.above": "{measure} {measure:is|are} {low} where {number} {number:is|are} {up_to} or less, {high} where it is more",
    "telling.below": "{measure} {measure:is|are} {low} where {number} {number:is|are} less than {up_to}, {high} from there on",
    "cuts.thirds": "{number} {number:is|are} low up to {up_to}, and high from {start}: a third of the rows each",
    "cuts.above": "{number} {number:is|are} low up to {up_to}, and high from there on",
    "cuts.below": "{number} {number:is|are} low before {up_to}, and high from there on",
}
