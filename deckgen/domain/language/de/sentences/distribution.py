"""Sentences of distributions."""

SENTENCES = {
    "spread.top": "die größten {part} nach {column} bringen {share} {measure:von}: {count} von {every}",
    "spread.even": "{measure} {measure:hängt|hängen} nicht an wenigen: Die größten {part} nach {column} bringen {share}",
    "spread.half": "die mittlere Hälfte {measure:von} liegt zwischen {low} und {high}",
    "spread.median": "der Median liegt bei {median}, der Mittelwert bei {mean}",
    "spread.ends": "die Werte reichen von {least} bis {most}; das höchste Zehntel beginnt bei {tenth}",
}  # fmt: skip
