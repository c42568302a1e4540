"""Sentences about what is late or in time."""

SENTENCES = {
    "lateness.level": "{part} of {whole} {things} are {outcome}: {share}",
    "lateness.open": "{column} {column:is|are} blank for {left} {things}, which count as neither",
    "lateness.latest": "{name} is latest: {mean} after the due date on average, {share} {outcome}",
    "lateness.also": "{name} follows: {mean} after the due date on average, {share} {outcome}",
    "lateness.others": "every other {groups} is before the due date on average",
    "lateness.early": "{name} is first with {share} {outcome}, {mean} from the due date on average",
    "lateness.last": "{name} is last with {share} {outcome}, {mean} from the due date on average",
    "lateness.worst": "{name} does worst: {share} of its {things} are {outcome}",
    "lateness.best": "{name} does best: {share} of its {things} are {outcome}",
    "lateness.share": "{name} follows with {share} {outcome}",
    "lateness.alike": "no {groups} clearly differs: {first} has {one} {outcome}, {last} {two}",
}
