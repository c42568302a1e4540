"""Sentences about those who stay."""

SENTENCES = {
    "cohort.week": "{first} of {people} are active a week after their first, {last} after three",
    "cohort.month": "{first} of {people} are active a month after their first, {last} after three",
    "cohort.quarter": "{first} of {people} are active a quarter after their first, {last} after three",
    "cohort.week.one": "{first} of {people} are active in the week after their first one",
    "cohort.month.one": "{first} of {people} are active in the month after their first one",
    "cohort.quarter.one": "{first} of {people} are active in the quarter after their first one",
    "cohort.more": "of those who came from {date} on, {late} are active then; of those before, {early}",
    "cohort.less": "of those who came from {date} on, {late} are active then; of those before, {early}",
    "cohort.alike": "those who came from {date} on show no clear difference: {late} against {early}",
    "cohort.left": "those count whose {period} is complete; some may have come before the table begins",
}
