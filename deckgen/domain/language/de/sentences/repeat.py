"""Sentences about customers who come back."""

SENTENCES = {
    "repeat.some": "{again} von {every} {people:dativ} kommen wieder: {share} sind mehr als einmal da",
    "repeat.none": "alle {every} {people} sind nur einmal da: Wieder kommen {again}",
    "repeat.mean": "im Schnitt haben {people} je {value} {visits}",
    "repeat.rows": "wer wiederkommt, bringt {share} der {visits}: {value}",
}
