"""Sentences that several operations need."""

SENTENCES = {
    "scope.once": "{counted}: {rows} {things} in all",
    "scope.once.total": "{counted}: {measure} came to {total} over {rows} {things}",
    "scope.once.one": "one row stands in the file twice and was counted once",
    "scope.once.twice": "rows that stand in the file twice were counted once",
    "scope.once.often": "rows that stand in the file several times were counted once",
    "scope.turned": "the books have revenue below zero; here it is told without its minus",
    "scope.apart": "{left} {things} with the {column} {names} do not count{when}",
    "scope.currency": "amounts in different currencies are not added up: these are the {kept} {things} in {names}{when}",
    "scope.only": "this is about the {kept} {things} with the {column} {names}{when}",
    "scope.happened": "that is so for {kept} of {every} {things}{when}",
    "scope.filtered": "only {kept} of {every} {things} count here{when}, chosen by {column}",
    "scope.before": "for {names}, {said}",
    "scope.where": "with {column} “{value}”, {said}",
    "scope.dated": "with a {column}, {said}",
    "method": "it rests on {measure} over {rows} {things}",
}
