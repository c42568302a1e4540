"""Sentences of how many are there, where only their coming is known."""

SENTENCES = {
    "standing.rose": "die Zahl der {things} stieg von {old} ({start}) auf {new} ({end})",
    "standing.left": "die Tabelle sagt nicht, wer ging; alle {things}, die kamen, zählen als noch da",
}
