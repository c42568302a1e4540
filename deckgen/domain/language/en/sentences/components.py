"""Sentences of totals and the columns that they are made of."""

SENTENCES = {
    "components.all.rose": "The rise of {measure} {time} lies entirely in {name}",
    "components.all.fell": "The fall of {measure} {time} lies entirely in {name}",
    "components.most.rose": "{share} of the rise of {measure} {time} lies in {name}",
    "components.most.fell": "{share} of the fall of {measure} {time} lies in {name}",
    "components.first.rose": "{name} added most to the rise of {measure} {time}: {share} of it",
    "components.first.fell": "{name} took most of the fall of {measure} {time}: {share} of it",
    "components.since": "since {base}",
    "components.between": "from {base} to {period}",
    "components.whole.rose": "{measure} rose by {by}: {old} {at_base}, {new} {at_period}",
    "components.whole.fell": "{measure} fell by {by}: {old} {at_base}, {new} {at_period}",
    "components.own": "{name} went from {old} to {new} ({own})",
    "components.against": "{name} moved against it, from {old} to {new} ({own})",
    "components.now": "{name} made up {share} of {measure} {at_period}",
    "components.largest": "{name} makes up {share} of {measure}: {value}",
    "components.largest.period": "{name} made up {share} of {measure} in {at}: {value}",
    "components.next": "{name} follows with {share}: {value}",
    "components.next.period": "{name} follows with {share}: {value}",
}
