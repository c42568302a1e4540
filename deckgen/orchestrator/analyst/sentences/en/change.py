"""Sentences of changes between two periods."""

SENTENCES = {
    "change.rose": "{measure} rose by {by}: {old} {at_base}, {new} {at_period}",
    "change.fell": "{measure} fell by {by}: {old} {at_base}, {new} {at_period}",
    "change.rose.within": "{measure} rose by {by}: {old} {at_base}, {new} {at_period}, within the usual variation",
    "change.fell.within": "{measure} fell by {by}: {old} {at_base}, {new} {at_period}, within the usual variation",
    "change.rose.alike": "{measure} rose by {by} from {base} to {period}",
    "change.fell.alike": "{measure} fell by {by} from {base} to {period}",
    "change.rose.alike.within": "{measure} rose by {by} from {base} to {period}, within the usual variation",
    "change.fell.alike.within": "{measure} fell by {by} from {base} to {period}, within the usual variation",
    "change.steady": "{measure} held steady: {old} {at_base}, {new} {at_period}",
    "change.group.rose": "{name} rose from {old} to {new} ({difference})",
    "change.group.fell": "{name} fell from {old} to {new} ({difference})",
    "change.group.rose.alike": "{name} rose by {difference}",
    "change.group.fell.alike": "{name} fell by {difference}",
    "change.group.went": "{name} went from {old} to {new} ({difference})",
    "change.group.steady": "{name} held steady: {old} before and {new} after",
    "usual.alone": "The difference is {difference}",
    "usual.step": "The difference is {difference}; from one {grain} to the next, {usual} is usual",
    "usual.within": "The difference of {difference} is no more than the usual variation from {grain} to {grain}",
    "usual.beyond": "The difference of {difference} is more than the usual variation from {grain} to {grain}",
}
