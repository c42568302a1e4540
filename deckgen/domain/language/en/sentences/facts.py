"""What facts are called, in the list of facts and in notes."""

SENTENCES = {
    "span": "{first} to {last}",
    "fact.end.highest": "highest {measure}",
    "fact.end.lowest": "lowest {measure}",
    "fact.place.highest": "place {place} from the highest {measure}",
    "fact.place.lowest": "place {place} from the lowest {measure}",
    "fact.with": "{group} with the {rank}",
    "fact.name": "a {group}",
    "fact.period.day": "a day of the data",
    "fact.period.week": "a week of the data",
    "fact.period.month": "a month of the data",
    "fact.period.quarter": "a quarter of the data",
    "fact.period.year": "a year of the data",
}
