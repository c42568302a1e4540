"""What facts are called, in the list of facts and in notes."""

SENTENCES = {
    "span": "{first} bis {last}",
    "fact.end.highest": "Höchstwert: {measure}",
    "fact.end.lowest": "Tiefstwert: {measure}",
    "fact.place.highest": "Platz {place} von oben: {measure}",
    "fact.place.lowest": "Platz {place} von unten: {measure}",
    "fact.with": "{group} ({rank})",
    "fact.name": "{group}: ein Name",
    "fact.period.day": "ein Tag der Daten",
    "fact.period.week": "eine Woche der Daten",
    "fact.period.month": "ein Monat der Daten",
    "fact.period.quarter": "ein Quartal der Daten",
    "fact.period.year": "ein Jahr der Daten",
}
