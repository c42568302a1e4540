"""German for the texts of a deck that stand in no table of sentences, by the English text.

Slots in braces are what the code puts in; references to facts stay as they are.
"""

ANSWERED = {
    "Not answered:": "Nicht beantwortet:",
    "Answered in part:": "Teilweise beantwortet:",
    "What do the data in {{source}} say?": "Was sagen die Daten in {{source}}?",
}
APPENDIX = {
    "answered": "beantwortet",
    "answered in part": "teilweise beantwortet",
    "not answered": "nicht beantwortet",
    "measure": "Messgröße",
    "groups": "Gruppen",
    "places": "Orte",
    "time": "Zeit",
    "identifier": "Kennung",
    "not analysed": "nicht ausgewertet",
    "flow": "Stromgröße",
    "stock": "Bestandsgröße",
    "rate": "Quote",
    "Does it go one way over time?": "Geht es über die Zeit in eine Richtung?",
    "Did it turn?": "Hat es sich gedreht?",
    "Is one period far off, beside the others?": "Liegt ein Zeitraum weit neben den anderen?",
    "Do two periods differ, part by part?": "Unterscheiden sich zwei Zeiträume, Teil für Teil?",
    "Are groups, hours or weekdays unlike?": "Sind Gruppen, Stunden oder Wochentage verschieden?",
    "Do groups share a total unequally?": "Teilen sich Gruppen eine Summe ungleich?",
    "Did its level change at one point?": "Hat sich das Niveau an einer Stelle verschoben?",
    "Do groups, months or weekdays differ?": "Unterscheiden sich Gruppen, Monate oder Wochentage?",
    "Do two columns move together?": "Bewegen sich zwei Spalten gemeinsam?",
    "How each question was understood and how it ended": (
        "Wie jede Frage verstanden wurde und wie sie ausging"
    ),
    "Questions": "Fragen",
    "Question": "Frage",
    "Understood as": "Verstanden als",
    "End": "Ausgang",
    "A plan says what was computed: the operation, its measures and groups, and which rows count. "
    "The deck's JSON has each plan whole.": (
        "Ein Plan sagt, was berechnet wurde: die Operation, ihre Messgrößen und Gruppen und welche Zeilen "
        "zählen. Das JSON der Präsentation enthält jeden Plan vollständig."
    ),
    "Source: {{source}}": "Quelle: {{source}}",
    " Further columns were read in the same way.": " Weitere Spalten wurden ebenso gelesen.",
    "How the data were read and what was made of each column": (
        "Wie die Daten gelesen wurden und was aus jeder Spalte wurde"
    ),
    "Sums are taken only of what adds up; prices, rates and temperatures are averaged, levels are never "
    "summed over time. Findings that were tested hold after correction for the number of tests.": (
        "Summen gibt es nur von dem, was sich addieren lässt; Preise, Quoten und Temperaturen werden "
        "gemittelt, Bestände nie über die Zeit summiert. Getestete Befunde gelten auch nach der "
        "Korrektur um die Zahl der Tests."
    ),
    "The first columns": "Die ersten Spalten",
    "Columns": "Spalten",
    "{first} and how they were read": "{first} und wie sie gelesen wurden",
    "Column": "Spalte",
    "Read as": "Gelesen als",
    "Because": "Grund",
    "What was noticed on reading": "Was beim Lesen auffiel",
    "Notice": "Hinweis",
    "What the data lack, and how the findings were tested": (
        "Was den Daten fehlt und wie die Befunde getestet wurden"
    ),
    "Cells that are missing are left out of sums and means. What is only described (shares, ranks, "
    "changes) is not tested. What claims more is, and holds if a false discovery rate of five percent "
    "is kept over all tests of the deck (Benjamini and Hochberg) and the effect is large enough to "
    "matter.": (
        "Fehlende Zellen bleiben in Summen und Mittelwerten außen vor. Was nur beschreibt (Anteile, "
        "Ränge, Veränderungen), wird nicht getestet. Was mehr behauptet, wird es, und gilt, wenn über "
        "alle Tests der Präsentation eine Falscherkennungsrate von fünf Prozent eingehalten wird "
        "(Benjamini und Hochberg) und der Effekt groß genug ist."
    ),
    "Missing values": "Fehlende Werte",
    "Missing values, most first": "Fehlende Werte, die meisten zuerst",
    "Finding": "Befund",
    "No value is missing in any column": "In keiner Spalte fehlt ein Wert",
    "Missing": "Fehlend",
    "Share of rows": "Anteil der Zeilen",
    "Tests, after correction for all of them": "Tests, korrigiert um ihre Zahl",
    "Test": "Test",
    "Asks": "Frage",
    "Held": "Bestanden",
    "all": "alle",
    "none": "keiner",
    "most": "die meisten",
    "some": "einige",
}
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
DRAFT = {
    "The deck was computed from the uploaded table alone. Every number in it is the result of a query "
    "that comes with the deck.": (
        "Die Präsentation wurde allein aus der hochgeladenen Tabelle berechnet. Jede Zahl darin ist das "
        "Ergebnis einer Abfrage, die der Präsentation beiliegt."
    ),
    " It has fewer slides than it might have: nothing else in the table is strong enough.": (
        " Sie hat weniger Folien als möglich: Nichts sonst in der Tabelle ist stark genug."
    ),
    "The title answers the first question of the brief; each point is argued on a slide of its own.": (
        "Der Titel beantwortet die erste Frage des Auftrags; jeder Punkt hat seine eigene Folie."
    ),
    "The title says what the table is about; each point is argued on a slide of its own.": (
        "Der Titel sagt, wovon die Tabelle handelt; jeder Punkt hat seine eigene Folie."
    ),
    "What the data in {{source}} say": "Was die Daten in {{source}} sagen",
    " The question was: {{brief}}": " Die Frage lautete: {{brief}}",
}
TAKEAWAYS = {
    "{test}: statistic {statistic}, corrected p {p}": (
        "{test}: Teststatistik {statistic}, korrigierter p-Wert {p}"
    ),
}
MISSING = {
    "deckgen does not know what is asked": "deckgen versteht die Frage nicht",
    "the table lacks {what}": "der Tabelle fehlt {what}",
    "the table has nothing called {names}": "die Tabelle enthält nichts namens {names}",
    "{some} or {last}": "{some} oder {last}",
    "{some}, and {last}": "{some}, und {last}",
    "the table has no dates": "die Tabelle enthält kein Datum",
    "the table has no rows of {periods}": "die Tabelle enthält keine Zeilen aus {periods}",
}
LIMITS = {
    "{column}: {few} of {total} groups have fewer than five rows": (
        "{column}: {few} von {total} Gruppen haben weniger als fünf Zeilen"
    ),
}
DESCRIBING = {
    "is": "ist",
    "is not": "ist nicht",
    "is below": "liegt unter",
    "is at most": "ist höchstens",
    "is above": "liegt über",
    "is at least": "ist mindestens",
    "is known": "ist bekannt",
    "is blank": "ist leer",
    "contains": "enthält",
    "hour of": "Stunde von",
    "weekday of": "Wochentag von",
    "month of": "Monat von",
    "periods of": "Zeiträume von",
    "bands of": "Bereiche von",
    "by {groups}": "nach {groups}",
    "where {condition}": "wo {condition}",
    "in {period}": "in {period}",
    "against {base}": "gegenüber {base}",
    "the {grain} from {start}": "{grain} ab {start}",
    "the {grain}s from {start} to before {end}": "{grain} ab {start} bis vor {end}",
}
OPERATIONS = {
    "across": "Spaltenvergleich", "advice": "Empfehlung", "attainment": "Plan und Ist",
    "change": "Veränderung", "change points": "Niveauwechsel", "cohort": "Kohorten",
    "components": "Bestandteile", "conditions": "Bedingung", "contribution": "Beitrag",
    "cross": "Kreuzung", "development": "Entwicklung", "difference": "Unterschied",
    "distribution": "Verteilung", "drivers": "Treiber", "duration": "Dauer", "expiry": "Auslaufen",
    "forecast": "Prognose", "funnel": "Trichter", "growth": "Wachstum", "headcount": "Personalbestand",
    "lateness": "Verspätung", "leavers": "Abgänge", "level": "Niveau", "outliers": "Ausreißer",
    "outstanding": "Offenes", "overtime": "Überstunden", "peak": "Höchststand", "places": "Orte",
    "profit": "Gewinn", "ranking": "Rangfolge", "relation": "Zusammenhang", "repeat": "Wiederkehr",
    "season": "Saison", "segments": "Segmente", "share": "Anteil", "standing": "Bestand",
    "stock value": "Lagerwert", "themes": "Themen", "turns": "Wende", "what if": "Annahme",
}  # fmt: skip
