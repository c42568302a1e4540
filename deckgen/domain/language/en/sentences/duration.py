"""Sentences about how long something takes."""

SENTENCES = {
    "duration.level": "{measure} {measure:is|are} {mean} on average, {median} at the median",
    "duration.long": "one in ten {things} takes longer than {value}",
    "duration.open": "{column} {column:is|are} blank for {left} {things}, which do not count here",
    "duration.highest": "{name} takes longest: {mean} on average, {median} at the median",
    "duration.lowest": "{name} is quickest: {mean} on average, {median} at the median",
    "duration.other": "{name} is at the other end with {mean}",
    "duration.alike": "no {groups} clearly takes longer: {first} is at {one}, {last} at {two}",
}
