"""Sentences of breaks: what went to another level and stayed there."""

SENTENCES = {
    "breaks.fell": "{name} liegt seit {since:dem} um {by} niedriger: {new} nach {old}",
    "breaks.rose": "{name} liegt seit {since:dem} um {by} höher: {new} nach {old}",
}
