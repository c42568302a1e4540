"""German for the nouns that the analyst makes itself: of measures, rows, periods and figures."""

# A noun that stands alone.
NOUNS = {
    "rows": "Zeilen",
    "row": "Zeile",
    "day": "Tag", "days": "Tage",
    "week": "Woche", "weeks": "Wochen",
    "month": "Monat", "months": "Monate",
    "quarter": "Quartal", "quarters": "Quartale",
    "year": "Jahr", "years": "Jahre",
    "hour": "Stunde", "hours": "Stunden",
    "minute": "Minute", "minutes": "Minuten",
    "weekday": "Wochentag", "period": "Zeitraum",
    "half year": "Halbjahr",
    "orders": "Bestellungen", "customers": "Kunden", "people": "Personen", "employees": "Mitarbeiter",
    "patients": "Patienten", "tickets": "Tickets", "invoices": "Rechnungen", "products": "Produkte",
    "contracts": "Verträge", "cases": "Fälle", "incidents": "Vorfälle", "visits": "Besuche",
    "transactions": "Transaktionen", "shipments": "Sendungen", "deliveries": "Lieferungen",
    "payments": "Zahlungen", "bookings": "Buchungen", "users": "Nutzer", "members": "Mitglieder",
    "accounts": "Konten", "lines": "Positionen", "leavers": "Abgänge", "units": "Stück",
    "companies": "Unternehmen", "children": "Kinder", "matches": "Spiele", "stores": "Filialen",
    "suppliers": "Lieferanten", "responses": "Antworten", "students": "Schüler", "calls": "Anrufe",
    "profit": "Gewinn", "loss": "Verlust", "revenue": "Umsatz", "income": "Einnahmen",
    "costs": "Kosten", "cost": "Kosten", "margin": "Marge", "budget": "Budget", "actual": "Ist",
    "the budget": "Budget", "the target": "Ziel", "the plan": "Plan", "the forecast": "Prognose",
    "target": "Ziel", "plan": "Plan", "forecast": "Prognose", "last year": "Vorjahr",
    "late": "verspätet", "on time": "pünktlich", "in time": "pünktlich", "overdue": "überfällig",
    "share": "Anteil", "the share": "Anteil", "step": "Schritt", "segment": "Segment",
    "stock": "Bestand", "price": "Preis", "rank": "Rang", "average": "Durchschnitt",
    "time after the due date": "Zeit nach dem Termin", "hours a week": "Stunden pro Woche",
    "hours a week on average": "Stunden pro Woche im Schnitt",
}  # fmt: skip

# A noun that is made of others: {a} and {b} are nouns themselves.
PATTERNS = {
    "average {a}": "{a} im Schnitt",
    "weighted average {a}": "{a} im gewichteten Schnitt",
    "weighted {a}": "{a}, gewichtet",
    "mean {a}": "{a} im Schnitt",
    "median of {a}": "Median von {a}",
    "share of {a}": "Anteil {a}",
    "share {a}": "Anteil {a}",
    "number of {a}": "Zahl der {a}",
    "change of {a}": "Veränderung von {a}",
    "groups of {a}": "Gruppen nach {a}",
    "the {a} rate": "Quote {a}",
    "{a} rate": "Quote {a}",
    "{a} per thousand of {b}": "{a} je Tausend {b}",
    "{a} per million of {b}": "{a} je Million {b}",
    "{a} per billion of {b}": "{a} je Milliarde {b}",
    "{a} per {b}": "{a} je {b}",
    "{a} a {b}": "{a} je {b}",
    "{a} by {b}": "{a} nach {b}",
    "{a} by segment": "{a} nach Segment",
    "{a} by step": "{a} nach Schritt",
    "all {a}": "alle {a}",
    "{a} so far": "{a} bisher",
    "{a} then": "{a} danach",
    "{a} that count": "gezählte {a}",
    "{a} that end": "{a}, die enden",
    "{a} against {b}": "{a} gegenüber {b}",
    "days from {a} to {b}": "Tage von {a} bis {b}",
    "hours from {a} to {b}": "Stunden von {a} bis {b}",
    "minutes from {a} to {b}": "Minuten von {a} bis {b}",
}

# What stands beside a figure, or follows a value in a list.
LABELS = {
    "in all": "insgesamt", "lowest": "niedrigster Wert", "highest": "höchster Wert",
    "at stake": "steht auf dem Spiel", "lost": "verloren", "get through": "kommen durch",
    "on average": "im Schnitt", "median of the groups": "Median der Gruppen",
    "the gap is worth": "so viel ist der Abstand wert", "supposed change": "angenommene Änderung",
    "after the due date": "nach dem Termin", "end": "Ende", "early": "früh",
    "with": "mit", "without": "ohne", "for": "für", "and": "und", "or": "oder", "times": "mal",
    "high": "hoch", "low": "niedrig", "to": "bis",
}  # fmt: skip

# What comes before a p-value, and a week, where numbers and dates are written.
BELOW = "unter {digits}"
WEEK = "Woche vom {day}"
POINTS = "Pp."
