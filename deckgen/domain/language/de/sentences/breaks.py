"""Sentences of groups that went to another level."""

SENTENCES = {
    "breaks.fell": "{name} liegt seit {since:dem} um {by} niedriger: bei {new} statt {old}",
    "breaks.rose": "{name} liegt seit {since:dem} um {by} höher: bei {new} statt {old}",
}
