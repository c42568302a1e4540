"""Why a question has no answer, or only a part of one."""

SENTENCES = {
    "reason.not_understood": "deckgen does not know what is asked",
    "reason.time_up": "time was up before it was answered",
    "reason.lacks": "the table lacks {what}",
    "reason.nothing_called": "the table has nothing called {names}",
    "reason.no_dates": "the table has no dates",
    "reason.no_rows_of": "the table has no rows of {periods}",
    "reason.both": "{first}, and {second}",
}
