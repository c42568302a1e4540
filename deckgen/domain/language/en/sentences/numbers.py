"""Words that belong to numbers and dates; those of units that are missing here are as in the table."""

SENTENCES = {
    "number.below": "below {number}",
    "period.week": "week of {day}",
    "unit.pp": "pp",
    "unit.days": "days",
    "unit.hours": "hours",
    "unit.minutes": "minutes",
    "unit.seconds": "seconds",
    "unit.weeks": "weeks",
    "unit.months": "months",
    "unit.quarters": "quarters",
    "unit.years": "years",
}
