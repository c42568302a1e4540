"""German for what is said of a table while it is read, by the English words of its documents.

`{}` stands for what is taken over, `{>}` for what is said in German as well; in the same order in both.
"""

_ROLES = {
    "it has no values": "sie enthält keine Werte",
    "its cells are dates": "ihre Zellen sind Datumsangaben",
    "its cells are times of day; they are no axis of time": (
        "ihre Zellen sind Uhrzeiten; sie bilden keine Zeitachse"
    ),
    "its name says that it is a coordinate": "ihr Name nennt eine Koordinate",
    "its name says that it holds postcodes, so its groups are places": (
        "ihr Name nennt Postleitzahlen, ihre Gruppen sind also Orte"
    ),
    "it holds postcodes, and nearly every row has one of its own": (
        "sie enthält Postleitzahlen, fast jede Zeile eine eigene"
    ),
    "its name says that it stands for groups, and many rows share each": (
        "ihr Name nennt Gruppen, und viele Zeilen teilen sich jede"
    ),
    "its name says that it identifies things": "ihr Name nennt eine Kennung",
    "its cells are long texts": "ihre Zellen sind lange Texte",
    "its name says that its groups are places": "ihr Name nennt Orte",
    "its cells are names or codes of places": "ihre Zellen sind Namen oder Kürzel von Orten",
    "its texts repeat, so they form groups": "ihre Texte wiederholen sich und bilden so Gruppen",
    "it names what each row is about": "sie nennt, wovon jede Zeile handelt",
    "nearly every row has a text of its own": "fast jede Zeile hat einen eigenen Text",
    "it has too many different texts to form groups": "sie hat zu viele verschiedene Texte für Gruppen",
    "its cells are numbers": "ihre Zellen sind Zahlen",
    "it is a year that describes a thing, so it forms groups": (
        "es ist ein Jahr, das etwas beschreibt, und bildet so Gruppen"
    ),
    "it is a year that describes a thing: no axis of time, and no amount": (
        "es ist ein Jahr, das etwas beschreibt: keine Zeitachse und kein Betrag"
    ),
    "its name and its numbers say that it holds years": "Name und Zahlen sprechen für Jahre",
    "its name says that its numbers stand for groups, and many rows share each": (
        "ihr Name sagt, dass ihre Zahlen für Gruppen stehen, und viele Zeilen teilen sich jede"
    ),
    "it only numbers the rows": "sie nummeriert nur die Zeilen",
    "its name says that it numbers a part of the calendar": "ihr Name nennt einen Teil des Kalenders",
    "its cells say with 0 and 1 what happened, so its mean is a share": (
        "ihre Zellen sagen mit 0 und 1, was geschah; ihr Mittel ist also ein Anteil"
    ),
    "its cells are 0 and 1, so they form two groups": "ihre Zellen 0 und 1 bilden zwei Gruppen",
    "its cells are marks on a scale that several columns share": (
        "ihre Zellen sind Noten auf einer Skala, die mehrere Spalten teilen"
    ),
    "it has few different whole numbers, so they form groups": (
        "sie hat wenige verschiedene ganze Zahlen, die Gruppen bilden"
    ),
    "the request says so": "so steht es in der Anfrage",
    "the request says so: it is the time axis": "so steht es in der Anfrage: Sie ist die Zeitachse",
}
_SUMS = {
    "a total price is an amount, so it is summed": "ein Gesamtpreis ist ein Betrag und wird summiert",
    "it is an amount, so it is summed": "sie ist ein Betrag und wird summiert",
    "what a meter shows is cumulative: never summed over time": (
        "ein Zählerstand läuft auf und wird nie über die Zeit summiert"
    ),
    "debits and credits are amounts, so they are summed": (
        "Soll und Haben sind Beträge und werden summiert"
    ),
    "hours of work add up, so they are summed": "Arbeitsstunden lassen sich summieren",
    "new ones add up, so they are summed": "neue lassen sich summieren",
    "it is what one row has in each period, so its mean is used": (
        "jede Zeile hat sie in jedem Zeitraum, deshalb zählt ihr Mittel"
    ),
    "its name says that it is cumulative: never summed over time": (
        "ihr Name sagt, dass sie aufläuft: nie über die Zeit summiert"
    ),
    "what is at hand is a level: summed over groups, never over time": (
        "was da ist, ist ein Bestand: über Gruppen summiert, nie über die Zeit"
    ),
    "“{}” is never summed, so its mean is used": "„{}“ wird nie summiert, deshalb zählt das Mittel",
    "it is how long a level lasts, so its mean is used": (
        "sie sagt, wie lange ein Bestand reicht, deshalb zählt ihr Mittel"
    ),
    "“{}” is a level: summed over groups, never over time": (
        "„{}“ ist ein Bestand: über Gruppen summiert, nie über die Zeit"
    ),
    "“{}” adds up, so it is summed": "„{}“ lässt sich addieren und wird summiert",
    "amounts of money in thousands or more add up": "Geldbeträge ab Tausend lassen sich addieren",
    "with one row per period it is read as a level, never summed over time": (
        "mit einer Zeile je Zeitraum gilt sie als Bestand und wird nie über die Zeit summiert"
    ),
    "nothing says that it may be summed, so its mean is used": (
        "nichts spricht für eine Summe, deshalb zählt ihr Mittel"
    ),
    "its name says total or reading and it only ever grows, so it is cumulative: never summed over "
    "time": "ihr Name nennt einen Stand, und sie wächst nur: nie über die Zeit summiert",
    "they are averaged": "sie werden gemittelt",
    "one stands for {}, as the request says": "eins steht für {}, wie es die Anfrage sagt",
    "in {}, as the request says": "in {}, wie es die Anfrage sagt",
    "in {}, as its cells say": "in {}, wie es die Zellen sagen",
    "in %, as its name says": "in %, wie es ihr Name sagt",
    "in %, as its name and its cells say": "in %, wie es Name und Zellen sagen",
    "in {}, as its name says": "in {}, wie es ihr Name sagt",
}
_NOTICES = {
    "“{}”, “{}”: {>}": "„{}“, „{}“: {>}",
    "“{}”, “{}” and others: {>}": "„{}“, „{}“ und andere: {>}",
    "“{}”: {>}": "„{}“: {>}",
    "“{}” has no values and was left out": "„{}“ enthält keine Werte und wurde ausgelassen",
    "“{}” is missing in a large part of the rows": "„{}“ fehlt in einem großen Teil der Zeilen",
    "“{}” has the same value in every row": "„{}“ hat in jeder Zeile denselben Wert",
    "The file is not in UTF-8 and was converted": "Die Datei ist nicht in UTF-8 und wurde umgewandelt",
    "The first row is data, not a header: the columns were given names": (
        "Die erste Zeile enthält Daten, keine Überschriften: Die Spalten bekamen Namen"
    ),
    "The header has several rows, which were joined": (
        "Die Kopfzeile hat mehrere Zeilen, die verbunden wurden"
    ),
    "Lines above the header were left out": "Zeilen über der Kopfzeile wurden ausgelassen",
    "Footnotes under the table were left out": "Fußnoten unter der Tabelle wurden ausgelassen",
    "Repetitions of the header within the table were left out": (
        "Wiederholungen der Kopfzeile in der Tabelle wurden ausgelassen"
    ),
    "Lines under the header that say what the columns are were left out": (
        "Zeilen unter der Kopfzeile, die die Spalten erklären, wurden ausgelassen"
    ),
    "Columns without a name and without a cell were left out": (
        "Spalten ohne Namen und ohne Zelle wurden ausgelassen"
    ),
    "Blank or repeated names of columns were completed": (
        "Leere oder doppelte Namen von Spalten wurden ergänzt"
    ),
    "Each row was a measure of its own: the rows were turned into columns": (
        "Jede Zeile war eine eigene Messgröße: Die Zeilen wurden zu Spalten"
    ),
    "decimal commas were read as such": "Dezimalkommas wurden als solche gelesen",
    "points were read as thousands separators": "Punkte wurden als Tausenderzeichen gelesen",
    "commas were read as thousands separators": "Kommas wurden als Tausenderzeichen gelesen",
    "{} can be read in two ways and were read as separators of {}": (
        "{} lassen sich auf zwei Arten lesen; gelesen als Trennzeichen: {}"
    ),
    "the percent signs of some cells were left out": "Prozentzeichen einiger Zellen entfielen",
    "cells without a percent sign were read as fractions": (
        "Zellen ohne Prozentzeichen wurden als Bruchteile gelesen"
    ),
    "cells without a percent sign were read as if they had one": (
        "Zellen ohne Prozentzeichen wurden gelesen, als hätten sie eines"
    ),
    "letters such as k and M were read as thousands and millions": (
        "Buchstaben wie k und M wurden als Tausend und Millionen gelesen"
    ),
    "amounts in different currencies ({}) stand in it, not converted": (
        "sie enthält Beträge in verschiedenen Währungen ({}), nicht umgerechnet"
    ),
    "dates can be read in two ways and were read as day before month": (
        "Datumsangaben lassen sich auf zwei Arten lesen; gelesen wurde der Tag vor dem Monat"
    ),
    "dates can be read in two ways and were read as month before day": (
        "Datumsangaben lassen sich auf zwei Arten lesen; gelesen wurde der Monat vor dem Tag"
    ),
    "times were taken as written, without their time zones": (
        "Zeiten gelten, wie sie dastehen, ohne ihre Zeitzonen"
    ),
    "numbers such as 01.2024 were read as months": "Zahlen wie 01.2024 wurden als Monate gelesen",
    "numbers were read as dates": "Zahlen wurden als Datum gelesen",
    "durations were read in seconds": "Dauern wurden in Sekunden gelesen",
    "clock times were read as durations, in seconds": "Uhrzeiten gelten als Dauern, in Sekunden",
    "cells such as “{}” were read as missing": "Zellen wie „{}“ gelten als fehlend",
    "fiscal years were placed as if the year began in January, those of two years in the first": (
        "Geschäftsjahre gelten, als begönne das Jahr im Januar, solche über zwei Jahre im ersten"
    ),
    "quarters of fiscal years were placed as if the year began in January": (
        "Quartale von Geschäftsjahren gelten, als begönne das Jahr im Januar"
    ),
    "One row that only sums up others was left out: {}": (
        "Eine Zeile, die nur andere summiert, wurde ausgelassen: {}"
    ),
    "{} rows that only sum up others were left out: {}": (
        "{} Zeilen, die nur andere summieren, wurden ausgelassen: {}"
    ),
    "The last row, “{}”, was taken to sum up the others, together with lines whose values were not "
    "used, and was left out": "Die letzte Zeile, „{}“, gilt als Summe und wurde ausgelassen",
    "A row is called “{}”, but its numbers are not sums, so it was kept": (
        "Eine Zeile heißt „{}“, ihre Zahlen sind aber keine Summen: Sie blieb"
    ),
    "One row stands in the file twice and was counted once: {>}": (
        "Eine Zeile steht doppelt in der Datei und zählt einmal: {>}"
    ),
    "{} rows stand in the file twice; each was counted once: {>}": (
        "{} Zeilen stehen doppelt in der Datei; jede zählt einmal: {>}"
    ),
    "{} rows are copies of others; each row was counted once: {>}": (
        "{} Zeilen sind Kopien anderer; jede Zeile zählt einmal: {>}"
    ),
    "hardly any other rows have the same amounts": "kaum andere Zeilen haben dieselben Beträge",
    "“{}” tells all other rows apart": "„{}“ unterscheidet alle anderen Zeilen",
    "{} blank cells were filled with the label above them": (
        "{} leere Zellen wurden mit dem Namen darüber gefüllt"
    ),
    "The sheet “{}” was read and others were left out: {}": (
        "Das Blatt „{}“ wurde gelesen, andere blieben aus: {}"
    ),
    "Hidden sheets were left out": "Ausgeblendete Blätter blieben aus",
    "Formulas whose results the workbook does not hold count as missing: open it in Excel and save "
    "it": (
        "Formeln ohne gespeichertes Ergebnis gelten als fehlend: Öffnen und speichern Sie sie in Excel"
    ),
    "Durations were read as hours": "Dauern wurden als Stunden gelesen",
    "The table had a column for each {}: they were turned into rows, with the columns “{}” and {}": (
        "Die Tabelle hatte eine Spalte je {}: Sie wurden zu Zeilen, mit den Spalten „{}“ und {}"
    ),
}
_PAGES = {
    "This is a draft: a language model is finding better words for it just now.": (
        "Dies ist ein Entwurf: Ein Sprachmodell sucht gerade bessere Worte dafür."
    ),
    "This is a draft: the job ended before it was improved. {}": (
        "Dies ist ein Entwurf: Der Auftrag endete, bevor er verbessert war. {}"
    ),
}
_TESTS = {
    "Chi-square": "Chi-Quadrat",
    "F of breaks": "F-Test auf Brüche",
    "Chi-square of sums": "Chi-Quadrat der Summen",
    "Mann-Kendall on both sides": "Mann-Kendall auf beiden Seiten",
}
_MEASURES = {
    "profit": "Gewinn",
    "margin": "Marge",
    "revenue": "Umsatz",
    "cost": "Kosten",
    "delay": "Verzug",
    "average {}": "Ø {}",
    "share of {}": "Anteil {}",
    "share {}": "Anteil {}",
    "time from {} to {}": "Zeit von {} bis {}",
    "time to {}": "Zeit bis {}",
    "{} as a share of {}": "{} in Prozent von {}",
    "{} less {}": "{} abzüglich {}",
    "{} per head": "{} je Kopf",
    "{} per {}": "{} je {}",
    "the actual value": "Ist",
    "the plan": "Plan",
    "the forecast": "Prognose",
    "the year before": "Vorjahr",
}
_THINGS = {
    "rows": "Zeilen", "hours": "Stunden", "days": "Tage", "weeks": "Wochen", "months": "Monate",
    "quarters": "Quartale", "years": "Jahre", "orders": "Bestellungen", "customers": "Kunden",
    "people": "Personen", "employees": "Mitarbeiter", "patients": "Patienten", "tickets": "Tickets",
    "invoices": "Rechnungen", "products": "Produkte", "contracts": "Verträge", "cases": "Fälle",
    "visits": "Besuche", "transactions": "Transaktionen", "shipments": "Sendungen",
    "deliveries": "Lieferungen", "payments": "Zahlungen", "bookings": "Buchungen", "users": "Nutzer",
    "members": "Mitglieder", "accounts": "Konten", "companies": "Unternehmen", "children": "Kinder",
    "bestellungen": "Bestellungen", "kunden": "Kunden", "rechnungen": "Rechnungen",
    "mitarbeiter": "Mitarbeiter", "buchungen": "Buchungen", "lieferungen": "Lieferungen",
    "patienten": "Patienten", "auftraege": "Aufträge", "auftrage": "Aufträge",
    "vertraege": "Verträge", "vertrage": "Verträge", "spenden": "Spenden", "besuche": "Besuche",
    "unfalle": "Unfälle",
}  # fmt: skip
READING = _ROLES | _SUMS | _NOTICES | _PAGES
NOUNS = _THINGS | _TESTS | _MEASURES
