"""Sentences about how many are on board."""

SENTENCES = {
    "headcount.level": "{date:im} gibt es {value} {things}",
    "headcount.rose": "die Zahl der {things} wuchs von {old} ({first}) auf {new} ({last})",
    "headcount.fell": "die Zahl der {things} sank von {old} ({first}) auf {new} ({last})",
    "headcount.same": "die Zahl der {things} betrug {old} ({first}) und beträgt {new} ({last})",
    "headcount.no_end": "keine Spalte sagt, wer ging; gezählt sind alle {things}, die je kamen",
}
