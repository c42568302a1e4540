"""Sentences of groups that went to another level."""

SENTENCES = {
    "breaks.fell": "{name} alone fell to another level: {by} lower since {since}, {new} after {old}",
    "breaks.rose": "{name} alone rose to another level: {by} higher since {since}, {new} after {old}",
}
