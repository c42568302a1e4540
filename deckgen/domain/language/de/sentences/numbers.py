"""Words that belong to numbers and dates; those of units that are missing here are as in the table."""

SENTENCES = {
    "number.below": "unter {number}",
    "period.week": "Woche vom {day}",
    "unit.pp": "Pp.",
    "unit.days": "Tage",
    "unit.hours": "Stunden",
    "unit.minutes": "Minuten",
    "unit.seconds": "Sekunden",
    "unit.weeks": "Wochen",
    "unit.months": "Monate",
    "unit.quarters": "Quartale",
    "unit.years": "Jahre",
}
