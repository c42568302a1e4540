"""Sentences about how long something takes."""

SENTENCES = {
    "duration.level": "{measure} {measure:beträgt|betragen} im Schnitt {mean}, im Median {median}",
    "duration.long": "ein Zehntel der {things} dauert länger als {value}",
    "duration.open": "{column} fehlt bei {left} {things:dativ}; sie zählen hier nicht",
    "duration.highest": "bei {name} dauert es am längsten: im Schnitt {mean}, im Median {median}",
    "duration.lowest": "bei {name} geht es am schnellsten: im Schnitt {mean}, im Median {median}",
    "duration.other": "am anderen Ende liegt {name} mit {mean}",
    "duration.alike": "nach {groups} dauert nichts klar länger: {first} liegt bei {one}, {last} bei {two}",
}  # fmt: skip
