"""Sentences about overtime."""

SENTENCES = {
    "overtime.over": "{name} works {mean} hours a week on average, above {limit} in {weeks} of {every}",
    "overtime.also": "{name} works {mean} hours a week, above {limit} in {weeks} of {every} weeks",
    "overtime.none": "nobody is above {limit} hours a week on average: {name} is first with {mean}",
    "overtime.limit": "overtime means more than {limit} hours in a week here",
}
