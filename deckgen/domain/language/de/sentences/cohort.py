"""Sentences about those who stay."""

SENTENCES = {
    "cohort.week": "{first} der {people} sind eine Woche nach ihrer ersten aktiv, nach drei Wochen {last}",
    "cohort.month": "{first} der {people} sind einen Monat nach ihrem ersten aktiv, nach drei Monaten {last}",
    "cohort.quarter": "{first} der {people} sind ein Quartal nach ihrem ersten aktiv, nach drei Quartalen {last}",
    "cohort.week.one": "{first} der {people} sind in der Woche nach ihrer ersten aktiv",
    "cohort.month.one": "{first} der {people} sind im Monat nach ihrem ersten aktiv",
    "cohort.quarter.one": "{first} der {people} sind im Quartal nach ihrem ersten aktiv",
    "cohort.more": "wer ab {date:dem} kam, ist dann zu {late} aktiv; wer vorher kam, zu {early}",
    "cohort.less": "wer ab {date:dem} kam, ist dann zu {late} aktiv; wer vorher kam, zu {early}",
    "cohort.alike": "wer ab {date:dem} kam, unterscheidet sich nicht klar: {late} gegenüber {early}",
    "cohort.left": "es zählt, wessen Zeitraum ({period}) vollständig ist; manche mögen vor Beginn der Tabelle gekommen sein",
}  # fmt: skip
