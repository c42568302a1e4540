"""Sentences of rankings."""

SENTENCES = {
    "ranking.share": "{name} brings {share} of {measure}: {value}",
    "ranking.highest": "{name} has the highest {measure}: {value}",
    "ranking.lowest": "{name} has the lowest {measure}: {value}",
    "ranking.highest.few": "{name} has the highest {measure}: {value}, of only {rows} {things}",
    "ranking.lowest.few": "{name} has the lowest {measure}: {value}, of only {rows} {things}",
    "ranking.tied.highest": "{names} tie for the highest {measure}: {value} each",
    "ranking.tied.lowest": "{names} tie for the lowest {measure}: {value} each",
    "ranking.all_tied": "{names} are level by {measure}: {value} each",
    "ranking.all_alike": "all groups of {groups} have the same {measure}: {value}",
    "ranking.level": "no {groups} stands out by {measure}: all lie between {low} and {high}",
    "ranking.level.highest": "{first} comes first with {high}, {last} last with {low}: chance may give as much",
    "ranking.level.lowest": "{last} is lowest with {low}, {first} highest with {high}: chance may give as much",
    "ranking.highest.unclear": "{name} has the highest {measure}, {value}, but not clearly more than {others}",
    "ranking.lowest.unclear": "{name} has the lowest {measure}, {value}, but not clearly less than {others}",
    "ranking.highest.unclear.others": "{name} has the highest {measure}, {value}, but not clearly: others are close",
    "ranking.lowest.unclear.others": "{name} has the lowest {measure}, {value}, but not clearly: others are close",
    "ranking.next": "{name} follows with {value}",
    "ranking.whole": "over all groups, it is {value}",
    "ranking.small": "too small for a rate of their own, and left out: {names}",
}
