"""The work that children do, by the name of its module: to name it here loads nothing of it."""

WORKS = "deckgen.orchestrator.offline"
