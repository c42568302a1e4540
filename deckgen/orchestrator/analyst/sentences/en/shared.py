"""Sentences that several operations need."""

SENTENCES = {
    "scope.filtered": "Only {kept} of {every} {things} count here, chosen by {columns}",
    "method": "It rests on {measure} over {rows} {things}",
}
