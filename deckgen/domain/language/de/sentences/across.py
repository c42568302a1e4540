"""Sentences of columns that are compared with each other."""

SENTENCES = {
    "across.mean.lowest": "bei {column} ist der Durchschnitt am niedrigsten: {value}",
    "across.mean.highest": "bei {column} ist der Durchschnitt am höchsten: {value}",
    "across.total.lowest": "bei {column} ist die Summe am niedrigsten: {value}",
    "across.total.highest": "bei {column} ist die Summe am höchsten: {value}",
    "across.level.lowest": (
        "{first} und {second} liegen am tiefsten, ohne klaren Unterschied: {value} und {other}"
    ),
    "across.level.highest": (
        "{first} und {second} liegen vorn, ohne klaren Unterschied: {value} und {other}"
    ),
    "across.next": "dahinter liegt {column} mit {value}",
    "across.lowest": "am niedrigsten liegt {column} mit {value}",
    "across.highest": "am höchsten liegt {column} mit {value}",
    "across.method": "die Spalten wurden über {rows} {things} verglichen, die ersten beiden Zeile für Zeile",
}
