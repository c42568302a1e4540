"""Sentences of the last years of a business."""

SENTENCES = {
    "yearly.growth": "{measure} {measure:wuchs|wuchsen} {period:im} um {new}, auf {value}",
    "yearly.halved": "das Wachstum {measure:von} hat sich halbiert: {new} in {period} nach {old} in {base}",
    "yearly.slowed": "das Wachstum {measure:von} wurde langsamer: {new} in {period} nach {old} in {base}",
    "yearly.faster": "das Wachstum {measure:von} wurde schneller: {new} in {period} nach {old} in {base}",
    "yearly.turned": "das Wachstum {measure:von} ist vorbei: {new} in {period} nach {old} in {base}",
    "yearly.went": "das Wachstum {measure:von} betrug {new} in {period} und {old} in {base}",
    "yearly.margin.fell": "{measure} {measure:sank|sanken} um {by}: {new} in {period} nach {old} in {base}",
    "yearly.margin.rose": "{measure} {measure:stieg|stiegen} um {by}: {new} in {period} nach {old} in {base}",
    "yearly.margin.steady": "{measure} {measure:blieb|blieben} bei {new} in {period} nach {old} in {base}",
}
