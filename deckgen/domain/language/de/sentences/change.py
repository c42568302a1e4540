"""Sentences of changes between two periods."""

SENTENCES = {
    "change.rose": "{measure} {measure:stieg|stiegen} um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "change.fell": "{measure} {measure:sank|sanken} um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "change.rose.within": "{measure} {measure:stieg|stiegen} im üblichen Rahmen um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "change.fell.within": "{measure} {measure:sank|sanken} im üblichen Rahmen um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "change.rose.after_all": "{measure} {measure:sank|sanken} nicht, sondern {measure:stieg|stiegen} um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "change.fell.after_all": "{measure} {measure:stieg|stiegen} nicht, sondern {measure:sank|sanken} um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "change.steady": "{measure} {measure:blieb|blieben} stabil: {old} ({at_base:ohne}) und {new} ({at_period:ohne})",
    "change.group.rose": "{name} legte von {old} auf {new} zu ({difference})",
    "change.group.fell": "{name} sank von {old} auf {new} ({difference})",
    "change.group.went": "{name} ging von {old} auf {new} ({difference})",
    "change.group.steady": "{name} blieb stabil: vorher {old}, nachher {new}",
    "usual.alone": "der Unterschied beträgt {difference}",
    "usual.step": "der Unterschied beträgt {difference}; von {grain} zu {grain} sind {usual} üblich",
    "usual.within": "der Unterschied beträgt {difference}: Von {grain} zu {grain} ist das üblich",
    "usual.beyond": "der Unterschied beträgt {difference}: Von {grain} zu {grain} ist das nicht üblich",
}  # fmt: skip
