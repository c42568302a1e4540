"""Sentences of changes between two periods."""

SENTENCES = {
    "change.rose": "{measure} rose by {by}: {old} {at_base}, {new} {at_period}",
    "change.fell": "{measure} fell by {by}: {old} {at_base}, {new} {at_period}",
    "change.rose.within": "{measure} rose by {by}: {old} {at_base}, {new} {at_period}, within the usual variation",
    "change.fell.within": "{measure} fell by {by}: {old} {at_base}, {new} {at_period}, within the usual variation",
    "change.rose.after_all": "{measure} did not fall but rose by {by}: {old} {at_base}, {new} {at_period}",
    "change.fell.after_all": "{measure} did not rise but fell by {by}: {old} {at_base}, {new} {at_period}",
    "change.steady": "{measure} held steady: {old} {at_base}, {new} {at_period}",
    "change.group.rose": "{name} rose from {old} to {new} ({difference})",
    "change.group.fell": "{name} fell from {old} to {new} ({difference})",
    "change.group.went": "{name} went from {old} to {new} ({difference})",
    "change.group.steady": "{name} held steady: {old} before and {new} after",
    "usual.alone": "the difference is {difference}",
    "usual.step": "the difference is {difference}; from one {grain} to the next, {usual} is usual",
    "usual.within": "the difference of {difference} is no more than the usual variation from {grain} to {grain}",
    "usual.beyond": "the difference of {difference} is more than the usual variation from {grain} to {grain}",
}
