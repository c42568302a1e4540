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
    "the table lacks {what}": "in der Tabelle fehlt dafür: {what}",
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
