"""German for the texts of a deck out of a brief alone, by the English text."""

BRIEF_ONLY = {
    "This slide holds no number: no data came with the brief, and none was made up.": (
        "Diese Folie enthält keine Zahl: Mit dem Auftrag kamen keine Daten, und es wurden keine erfunden."
    ),
    "The question comes apart into level, direction, drivers and choices": (
        "Die Frage zerfällt in Niveau, Richtung, Treiber und Entscheidung"
    ),
    "A table with one row per event and a date settles most of it": (
        "Eine Tabelle mit einer Zeile je Vorgang und einem Datum klärt das meiste"
    ),
    "A first answer needs little: dates, amounts and the groups to compare": (
        "Eine erste Antwort braucht wenig: Daten, Beträge und die Gruppen für den Vergleich"
    ),
    "Level: how large is it today, and against what is that much or little?": (
        "Niveau: Wie hoch ist der Wert heute, und woran gemessen ist das viel oder wenig?"
    ),
    "Direction: does it grow or shrink, and since when?": (
        "Richtung: Wächst oder schrumpft der Wert, und seit wann?"
    ),
    "Drivers: which groups, products or places make up the change?": (
        "Treiber: Welche Gruppen, Produkte oder Orte machen die Veränderung aus?"
    ),
    "Pattern: what repeats by season, weekday or customer?": (
        "Muster: Was wiederholt sich nach Saison, Wochentag oder Kunde?"
    ),
    "Choice: which lever can be moved, at what cost and risk?": (
        "Entscheidung: Welcher Hebel lässt sich bewegen, zu welchem Preis und Risiko?"
    ),
    "A date for each row, covering two full years if possible": (
        "Ein Datum je Zeile, möglichst über zwei volle Jahre"
    ),
    "What is measured: amounts, quantities, or counts of events": (
        "Was gemessen wird: Beträge, Mengen oder die Zahl der Vorgänge"
    ),
    "Groups to compare: product, region, channel, type of customer": (
        "Gruppen für den Vergleich: Produkt, Region, Kanal, Kundenart"
    ),
    "A target, budget or benchmark to judge the level by": (
        "Ein Ziel, Budget oder Vergleichswert, an dem sich das Niveau messen lässt"
    ),
    "What drove the change can be told once its parts are known": (
        "Was die Veränderung ausmacht, lässt sich sagen, sobald ihre Teile bekannt sind"
    ),
    "The groups that make up the total, in two full periods or more": (
        "Die Gruppen, aus denen die Summe besteht, in mindestens zwei vollen Zeiträumen"
    ),
    "What repeats can be told once the data cover two full cycles": (
        "Was sich wiederholt, lässt sich sagen, sobald die Daten zwei volle Zyklen umfassen"
    ),
    "Two full years by month, or eight weeks by day": (
        "Zwei volle Jahre nach Monaten oder acht Wochen nach Tagen"
    ),
    "Whether they go together can be told once both are measured": (
        "Ob beides zusammenhängt, lässt sich sagen, sobald beides gemessen ist"
    ),
    "Link: do the two move together, and in which rows do they not?": (
        "Zusammenhang: Bewegt sich beides gemeinsam, und in welchen Zeilen nicht?"
    ),
    "Both measures side by side in each row, in ten rows or more": (
        "Beide Messgrößen nebeneinander in jeder Zeile, in mindestens zehn Zeilen"
    ),
    "How it is spread can be told once each row has its amount": (
        "Wie es sich verteilt, lässt sich sagen, sobald jede Zeile ihren Betrag hat"
    ),
    "Spread: how few groups make up most of the total?": (
        "Verteilung: Wie wenige Gruppen machen den größten Teil der Summe aus?"
    ),
    "One row per customer, product or place, with its amount": (
        "Eine Zeile je Kunde, Produkt oder Ort, mit ihrem Betrag"
    ),
    "Who leads can be told once each row names its group": (
        "Wer vorn liegt, lässt sich sagen, sobald jede Zeile ihre Gruppe nennt"
    ),
    "Rank: which groups lead, which trail, and by how much?": (
        "Rang: Welche Gruppen liegen vorn, welche hinten, und wie weit?"
    ),
    "A column that names the group of each row": "Eine Spalte, die die Gruppe jeder Zeile nennt",
    "How it developed can be told once there is a table with dates": (
        "Wie es sich entwickelt hat, lässt sich sagen, sobald es eine Tabelle mit Datum gibt"
    ),
    "A date for each row, over five periods or more": (
        "Ein Datum je Zeile, über mindestens fünf Zeiträume"
    ),
    "The question can be settled once the right data are at hand": (
        "Die Frage lässt sich klären, sobald die richtigen Daten vorliegen"
    ),
    "The answer first, with the finding that carries it": (
        "Zuerst die Antwort, mit dem Befund, der sie trägt"
    ),
    "How the main measure developed, without unfinished periods": (
        "Wie sich die wichtigste Größe entwickelt hat, ohne unfertige Zeiträume"
    ),
    "Who leads, who trails, and who drives the change": (
        "Wer vorn liegt, wer hinten, und wer die Veränderung ausmacht"
    ),
    "What repeats and can be planned for": "Was sich wiederholt und planen lässt",
    "What to do, and what that rests on": "Was zu tun ist, und worauf das gründet",
    "Name the decision that the deck has to support": (
        "Benennen Sie die Entscheidung, die die Präsentation stützen soll"
    ),
    "Export the table behind it as CSV, one row per event": (
        "Exportieren Sie die Tabelle dahinter als CSV, eine Zeile je Vorgang"
    ),
    "Upload it with the same brief to get the answer with its proof": (
        "Laden Sie sie mit demselben Auftrag hoch, um die Antwort mit ihrem Beleg zu erhalten"
    ),
    "What must be answered, and which data would settle it": (
        "Was zu beantworten ist und welche Daten es klären würden"
    ),
    "What has to be decided?": "Was ist zu entscheiden?",
    "These questions must be answered before anything is decided": (
        "Diese Fragen müssen beantwortet sein, bevor etwas entschieden wird"
    ),
    "A few columns of data would settle most of these questions": (
        "Wenige Spalten mit Daten würden die meisten dieser Fragen klären"
    ),
    "The finished deck would tell the story in this order": (
        "Die fertige Präsentation würde in dieser Reihenfolge erzählen"
    ),
    "Collect the table first, then decide on the evidence": (
        "Sammeln Sie erst die Tabelle, dann entscheiden Sie nach Belegen"
    ),
    "This advice rests on judgement and on the brief alone.": (
        "Dieser Rat gründet auf Einschätzung und allein auf dem Auftrag."
    ),
    "A structure to work from, without data so far": "Ein Gerüst für die Arbeit, bislang ohne Daten",
}
