"""Sentences of developments."""

SENTENCES = {
    "development.rose": "{measure} {measure:stieg|stiegen} um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "development.fell": "{measure} {measure:sank|sanken} um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "development.steady": "{measure} {measure:blieb|blieben} stabil: {old} ({at_base:ohne}) und {new} ({at_period:ohne})",
    "development.rose.unclear": "{measure} {measure:zeigt|zeigen} keinen klaren Trend: {old} ({at_base:ohne}), dann {new}",
    "development.fell.unclear": "{measure} {measure:zeigt|zeigen} keinen klaren Trend: {old} ({at_base:ohne}), dann {new}",
    "development.of.rose": "{measure} von {name} {measure:stieg|stiegen} um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "development.of.fell": "{measure} von {name} {measure:sank|sanken} um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "development.of.steady": "{measure} von {name} {measure:blieb|blieben} stabil: {old} ({at_base:ohne}) und {new} ({at_period:ohne})",
    "development.of.rose.unclear": "{measure} von {name} {measure:zeigt|zeigen} keinen klaren Trend: {old} ({at_base:ohne}), dann {new}",
    "development.of.fell.unclear": "{measure} von {name} {measure:zeigt|zeigen} keinen klaren Trend: {old} ({at_base:ohne}), dann {new}",
    "development.usual": "der Unterschied von {signed} liegt im üblichen Rahmen",
    "development.lower.good": "niedriger ist hier besser, es ging also voran",
    "development.lower.bad": "niedriger ist hier besser, es wurde also schlechter",
    "development.yearly.rose": "{measure} {measure:wuchs|wuchsen} im Schnitt um {rate} pro Jahr: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "development.yearly.fell": "{measure} {measure:sank|sanken} im Schnitt um {rate} pro Jahr: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "development.yearly.steady": "{measure} {measure:blieb|blieben} über die Jahre stabil: {old} ({at_base:ohne}) und {new} ({at_period:ohne})",
    "development.in_all": "über alle Jahre sind das {signed}",
    "courses.extremes": "je {grain} lag der Wert {best:im} am höchsten ({high}), {worst:im} am niedrigsten ({low})",
    "courses.years": "Jahr für Jahr lag der Wert zwischen {lowest} ({lowest_year}) und {highest} ({highest_year})",
}  # fmt: skip
