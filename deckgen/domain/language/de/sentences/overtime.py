"""Sentences about overtime."""

SENTENCES = {
    "overtime.over": "{name} arbeitet im Schnitt {mean} Stunden pro Woche, über {limit} in {weeks} von {every}",
    "overtime.also": "{name} arbeitet {mean} Stunden pro Woche, über {limit} in {weeks} von {every} Wochen",
    "overtime.none": "niemand liegt im Schnitt über {limit} Stunden pro Woche: {name} liegt vorn mit {mean}",
    "overtime.limit": "Überstunden sind hier mehr als {limit} Stunden in einer Woche",
}
