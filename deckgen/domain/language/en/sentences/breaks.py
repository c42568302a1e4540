"""Sentences of groups that went to another level."""

SENTENCES = {
    "breaks.fell": "{name} is {by} lower since {since}: {new} after {old}",
    "breaks.rose": "{name} is {by} higher since {since}: {new} after {old}",
}
