"""Sentences about what is not paid or not done yet."""

SENTENCES = {
    "outstanding.money": "{value} is still outstanding on {rows} of {every} {things}",
    "outstanding.all": "{amount} comes to {value} over {rows} {things}",
    "outstanding.rows": "{rows} of {every} {things} are still open: {share}",
    "outstanding.none": "no {things} of this table are still open",
    "outstanding.overdue": "{value} of it was due before {date}, the last date of the table",
    "outstanding.most": "{name} has most outstanding: {value}, or {share} of what is open",
    "outstanding.next": "{name} follows with {value}",
}
