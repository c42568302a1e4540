"""Phrases for periods that have no name of their own, and for groups whose values stop."""

SENTENCES = {
    "periods.in": "in {period}",
    "periods.on": "on {period}",
    "periods.before": "{when}, {said}",
    "periods.after": " {when}",
    "periods.none": "",
    "periods.from_to": "from {first} to {last}",
    "periods.week": "the {week}",
    "periods.first_half": "the first half of {year}",
    "periods.stretch": "{first}–{last}",
    "periods.first": "the first {count} {periods}",
    "periods.last": "the last {count}",
    "periods.last_of": "the last {count} {periods}",
    "periods.first_one": "the first {grain}",
    "periods.last_one": "the last",
    "periods.second": "the second",
    "stopped.after": "{name} has no value after {last}",
    "stopped.without": "{measure} without {names}",
}
