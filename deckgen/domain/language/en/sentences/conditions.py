"""Sentences about how many lie below or above something."""

SENTENCES = {
    "conditions.less": "{column} {column:is|are} below {against} for {count} of {every} {things}: {share}",
    "conditions.more": "{column} {column:is|are} above {against} for {count} of {every} {things}: {share}",
    "conditions.sum": "together, their {measure} {measure:comes|come} to {value}",
    "conditions.most": "{name} has most of them: {value}",
    "conditions.blank": "{left} {things} have no value of it and are left out",
}
