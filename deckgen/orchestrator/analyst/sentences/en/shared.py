"""Sentences that several operations need."""

SENTENCES = {
    "scope.once": "Rows that stand in the file more than once were counted once",
    "scope.once.one": "One row stands in the file twice and was counted once",
    "scope.turned": "The books have revenue below zero; here it is told without its minus",
    "scope.apart": "{left} {things} with the {column} {names} do not count",
    "scope.currency": "Amounts in different currencies are not added up: these are the {kept} {things} in {names}",
    "scope.only": "This is about the {kept} {things} with the {column} {names}",
    "scope.filtered": "Only {kept} of {every} {things} count here, chosen by {column}",
    "method": "It rests on {measure} over {rows} {things}",
}
