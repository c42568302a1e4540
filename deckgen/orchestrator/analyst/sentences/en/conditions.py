"""Sentences about how many lie below or above something."""

SENTENCES = {
    "conditions.less": "{count} of {every} {things} have {column} below {against}: {share}",
    "conditions.more": "{count} of {every} {things} have {column} above {against}: {share}",
    "conditions.sum": "together, their {measure} comes to {value}",
    "conditions.most": "{name} has most of them: {value}",
    "conditions.blank": "{left} {things} have no value of it and are left out",
}
