"""Sentences that several operations need."""

SENTENCES = {
    "scope.once": "{counted}: {rows} {things} in all",
    "scope.once.total": "{counted}: {measure} comes to {total} over {rows} {things}",
    "scope.once.one": "one row stands in the file twice and was counted once",
    "scope.once.twice": "rows that stand in the file twice were counted once",
    "scope.once.often": "rows that stand in the file several times were counted once",
    "scope.turned": "The books have revenue below zero; here it is told without its minus",
    "scope.apart": "{left} {things} with the {column} {names} do not count",
    "scope.currency": "Amounts in different currencies are not added up: these are the {kept} {things} in {names}",
    "scope.only": "This is about the {kept} {things} with the {column} {names}",
    "scope.filtered": "Only {kept} of {every} {things} count here, chosen by {column}",
    "method": "It rests on {measure} over {rows} {things}",
}
