"""Sentences that several operations need."""

SENTENCES = {
    "scope.apart": "{left} {things} with the {column} {names} do not count{when}",
    "scope.currency": "amounts in different currencies are not added up: these are the {kept} {things} in {names}{when}",
    "scope.only": "this is about the {kept} {things} with the {column} {names}{when}",
    "scope.filtered": "only {kept} of {every} {things} count here{when}, chosen by {column}",
    "method": "it rests on {measure} over {rows} {things}",
}
