"""Sentences of what several operations tell: a measure along a number."""

SENTENCES = {
    "telling.thirds": (
        "{measure} {measure:liegt|liegen} bei {low}, wo {number} höchstens {up_to} ist, "
        "und bei {high} ab {start}"
    ),
    "telling.above": "{measure} {measure:liegt|liegen} bei {low}, wo {number} höchstens {up_to} ist, und bei {high} darüber",
    "telling.below": "{measure} {measure:liegt|liegen} bei {low}, wo {number} unter {up_to} liegt, und bei {high} ab da",
    "cuts.thirds": "{number} gilt bis {up_to} als niedrig und ab {start} als hoch: je ein Drittel der Zeilen",
    "cuts.above": "{number} gilt bis {up_to} als niedrig, darüber als hoch",
    "cuts.below": "{number} gilt unter {up_to} als niedrig, ab da als hoch",
}  # fmt: skip
