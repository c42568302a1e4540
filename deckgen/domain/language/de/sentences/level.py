"""Sentences of the level: how much something is."""

SENTENCES = {
    "level.count": "die Tabelle hat {value} {measure}",
    "level.share": "{measure} {measure:liegt|liegen} bei {value}: {part} {part_of} von {whole} {whole_of}",
    "level.share.alike": "{measure} {measure:liegt|liegen} bei {value}: {part} von {whole} {whole_of}",
    "level.distinct": "die Tabelle hat {value} verschiedene {measure}",
    "level.period.total": "{measure} {measure:kam|kamen} {when} auf {value}",
    "level.period": "{measure} {measure:liegt|liegen} {when} bei {value}",
    "level.rows": "{measure} {measure:kommt|kommen} über alle {rows} {things} auf {value}",
    "level.mean": "{measure} {measure:liegt|liegen} bei {value} ({first} bis {last})",
    "level.mean_rows": "{measure} {measure:liegt|liegen} über {rows} {things} bei {value}",
    "level.currency": "in {name} sind es {value}",
    "level.time": "{measure} {measure:kam|kamen} auf {value} ({first} bis {last})",
    "level.median": "die Hälfte davon dauert weniger als {value}",
    "course.ends": "{measure} {measure:lag|lagen} {first} bei {old} und {last} bei {new}",
    "breakdown.ends": "{measure} {measure:ist|sind} bei {high} am höchsten ({high_value}), bei {low} am niedrigsten ({low_value})",
}  # fmt: skip
