"""Why a question has no answer, or only a part of one."""

SENTENCES = {
    "reason.not_understood": "deckgen versteht die Frage nicht",
    "reason.time_up": "die Zeit war um, bevor sie beantwortet war",
    "reason.lacks": "in der Tabelle fehlt {what}",
    "reason.nothing_called": "in der Tabelle heißt nichts {names}",
    "reason.no_dates": "die Tabelle enthält kein Datum",
    "reason.no_rows_of": "die Tabelle hat keine Zeilen von {periods}",
    "reason.both": "{first}, und {second}",
}
