"""German for what a table lacks, by the English words, in the form that stands after a colon."""

LACKING = {
    "a column of dates": "eine Spalte mit Datum",
    "a column of segments or two numbers to form them": (
        "eine Spalte mit Segmenten oder zwei Zahlen, um sie zu bilden"
    ),
    "a column of texts": "eine Spalte mit Texten",
    "a column of those who may bring most of it": "eine Spalte derer, die das meiste bringen könnten",
    "a column that can be held against it": "eine Spalte zum Vergleich",
    "a column that forms groups": "eine Spalte, die Gruppen bildet",
    "a column that tells customers apart": "eine Spalte, die Kunden unterscheidet",
    "a date at which one of them ends": "ein Datum, an dem etwas davon endet",
    "a date of payment, or a status that says what is open": (
        "ein Zahlungsdatum oder ein Status, der sagt, was offen ist"
    ),
    "a date that was promised beside the one that came true": (
        "ein zugesagtes Datum neben dem tatsächlichen"
    ),
    "a figure that depends on it": "eine Größe, die davon abhängt",
    "a measure or an outcome that could differ": "eine Größe, die sich unterscheiden könnte",
    "a measure that each row adds to": "eine Größe, zu der jede Zeile beiträgt",
    "a measure that groups could differ by": "eine Größe, in der sich Gruppen unterscheiden könnten",
    "a number of what it is asked for each of": "die Zahl, auf die gerechnet werden soll",
    "a plan beside what became of it": "ein Plan neben dem Ist",
    "an amount that could be shared out": "ein Betrag, der sich aufteilen lässt",
    "anybody who is there": "jemand, der da ist",
    "anything in stock": "ein Bestand",
    "both figures on the same rows": "beide Größen in denselben Zeilen",
    "columns that add up to another": "Spalten, die zusammen eine andere ergeben",
    "columns that could be compared with each other": "Spalten, die sich vergleichen lassen",
    "complete periods, which a forecast continues": "vollständige Zeiträume für eine Prognose",
    "costs beside its income, or amounts with a sign": (
        "Kosten neben den Einnahmen oder Beträge mit Vorzeichen"
    ),
    "dates": "Datumsangaben",
    "dates, which a forecast continues": "Datumsangaben für eine Prognose",
    "enough complete periods after the first": "genug vollständige Zeiträume nach dem ersten",
    "enough dates or amounts to know what is usual": (
        "genug Datumsangaben oder Beträge, um das Übliche zu kennen"
    ),
    "enough groups that are parts of one whole": "genug Gruppen, die Teile eines Ganzen sind",
    "enough periods to see a change of level, at least eight": (
        "genug Zeiträume für einen Niveauwechsel, mindestens acht"
    ),
    "enough places with coordinates": "genug Orte mit Koordinaten",
    "enough rows that have both": "genug Zeilen mit beidem",
    "enough rows with a value of it": "genug Zeilen mit einem Wert dafür",
    "groups that could be compared": "Gruppen, die sich vergleichen lassen",
    "groups whose share has changed between these periods": (
        "Gruppen, deren Anteil sich zwischen diesen Zeiträumen verändert hat"
    ),
    "hours by week or by day": "Stunden je Woche oder je Tag",
    "hours of anybody": "Stunden von irgendjemandem",
    "hours of each person with their dates": "Stunden jeder Person mit Datum",
    "how long anything takes": "eine Dauer",
    "how much is in stock and what one piece of it costs": "der Bestand und der Preis eines Stücks",
    "more than one visit of the same person": "mehr als ein Besuch derselben Person",
    "one of the two columns that the question is about": (
        "eine der beiden Spalten, nach denen die Frage fragt"
    ),
    "people who could have left": "Personen, die hätten gehen können",
    "prices and units on the same rows": "Preise und Stückzahlen in denselben Zeilen",
    "room in the calendar after its last date": "Platz im Kalender nach dem letzten Datum",
    "rows that are high in both numbers": "Zeilen, in denen beide Zahlen hoch sind",
    "rows with a value of it": "Zeilen mit einem Wert dafür",
    "rows with both dates": "Zeilen mit beiden Datumsangaben",
    "rows with one of them": "Zeilen mit einem davon",
    "steps: a column of them, or a column for each with how many reach it": (
        "Schritte: eine Spalte dafür, oder je Schritt eine Spalte mit der Zahl derer, die ihn erreichen"
    ),
    "texts": "Texte",
    "the date at which each of them ends": "das Datum, an dem jeder davon endet",
    "the date at which each person came": "das Datum, an dem jede Person kam",
    "the figure that is supposed to change": "die Größe, die sich ändern soll",
    "the order of its steps": "die Reihenfolge der Schritte",
    "times or dates that come round often enough to compare them": (
        "Zeiten oder Datumsangaben, die oft genug wiederkehren"
    ),
    "two columns that form groups": "zwei Spalten, die Gruppen bilden",
    "two columns with values that could be compared": "zwei Spalten mit vergleichbaren Werten",
    "two complete years": "zwei vollständige Jahre",
    "two dates, or a column that says how long it took": (
        "zwei Datumsangaben oder eine Spalte mit der Dauer"
    ),
    "two groups that are parts of one whole": "zwei Gruppen, die Teile eines Ganzen sind",
    "two groups with a value of it": "zwei Gruppen mit einem Wert dafür",
    "two groups with enough rows to compare": "zwei Gruppen mit genug Zeilen für einen Vergleich",
    "two pairs of groups with enough rows": "zwei Paare von Gruppen mit genug Zeilen",
    "two periods with different values of it": "zwei Zeiträume mit verschiedenen Werten",
    "two segments with a value of it": "zwei Segmente mit einem Wert dafür",
    "two steps that somebody reached": "zwei Schritte, die jemand erreicht hat",
    "two times with a value of it": "zwei Zeitpunkte mit einem Wert dafür",
    "who came when": "wer wann kam",
    "who left, beside how many were there": "wer ging, neben der Zahl derer, die da waren",
}

# Those with nouns in them.
LACKING_OF = {
    "a measure that adds up: {measure} does not": (
        "eine Größe, die sich addieren lässt; {measure} gehört nicht dazu"
    ),
    "a number of {measure} in each row": "eine Zahl für {measure} in jeder Zeile",
    "a value of {measure} above zero in the first and the last year": (
        "ein Wert für {measure} über null im ersten und im letzten Jahr"
    ),
    "a value of {measure} in both periods": "ein Wert für {measure} in beiden Zeiträumen",
    "a value of {measure} in each row": "ein Wert für {measure} in jeder Zeile",
    "a value of {measure}": "ein Wert für {measure}",
    "columns that {measure} could go with": "Spalten, mit denen {measure} zusammenhängen könnte",
    "enough periods for a forecast of a {grain}": "genug Zeiträume für eine Prognose je {grain}",
    "enough rows to compare {measure} by anything": "genug Zeilen, um {measure} zu vergleichen",
    "groups with a value of {measure} in both periods": (
        "Gruppen mit einem Wert für {measure} in beiden Zeiträumen"
    ),
    "values of what {measure} is made of": "Werte dessen, woraus {measure} besteht",
    "values of {measure} and {target} for the same rows": (
        "Werte für {measure} und {target} in denselben Zeilen"
    ),
}
