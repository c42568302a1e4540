"""Sentences of rankings."""

SENTENCES = {
    "ranking.share": "{name} brings {share} of {measure}: {value}",
    "ranking.highest": "{name} has the highest {measure}: {value}",
    "ranking.lowest": "{name} has the lowest {measure}: {value}",
    "ranking.tied.highest": "{names} tie for the highest {measure}: {value} each",
    "ranking.tied.lowest": "{names} tie for the lowest {measure}: {value} each",
    "ranking.all_tied": "{names} are level by {measure}: {value} each",
    "ranking.all_alike": "all {number} groups of {groups} have the same {measure}: {value}",
    "ranking.next": "{name} follows with {value}",
    "ranking.whole": "over all groups, it is {value}",
    "ranking.small": "too small for a rate of their own, and left out: {names}",
}
