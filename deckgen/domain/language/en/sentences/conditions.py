"""Sentences about how many lie below or above something."""

SENTENCES = {
    "conditions.less": "{column} is below {against} for {count} of {every} {things}: {share}",
    "conditions.more": "{column} is above {against} for {count} of {every} {things}: {share}",
    "conditions.sum": "together, their {measure} comes to {value}",
    "conditions.most": "{name} has most of them: {value}",
    "conditions.blank": "{left} {things} have no value of it and are left out",
}
