"""Sentences that several operations need."""

SENTENCES = {
    "scope.apart": "{left} {things} with the {column} {names} do not count",
    "scope.currency": "Amounts in different currencies are not added up: these are the {kept} {things} in {names}",
    "scope.only": "This is about the {kept} {things} with the {column} {names}",
    "scope.period": "This is about {period}",
    "scope.stretch": "This is about {first} to {last}",
    "scope.filtered": "Only {kept} of {every} {things} count here, chosen by {column}",
    "method": "It rests on {measure} over {rows} {things}",
}
