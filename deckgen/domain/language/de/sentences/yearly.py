"""Sentences of complete years: how growth and margin went from one to the next."""

SENTENCES = {
    "yearly.growth": "{measure} {measure:wuchs|wuchsen} {period:im} um {new}, auf {value}",
    "yearly.halved": "das Wachstum {measure:bei} hat sich halbiert: {new} ({period}) nach {old} ({base})",
    "yearly.slowed": "das Wachstum {measure:bei} hat nachgelassen: {new} ({period}) nach {old} ({base})",
    "yearly.faster": "das Wachstum {measure:bei} hat angezogen: {new} ({period}) nach {old} ({base})",
    "yearly.turned": "das Wachstum {measure:bei} ist vorbei: {new} ({period}) nach {old} ({base})",
    "yearly.went": "das Wachstum {measure:bei} betrug {new} ({period}) und {old} ({base})",
    "yearly.margin.fell": "{measure} {measure:sank|sanken} um {by}: {new} ({period}) nach {old} ({base})",
    "yearly.margin.rose": "{measure} {measure:stieg|stiegen} um {by}: {new} ({period}) nach {old} ({base})",
    "yearly.margin.steady": "{measure} {measure:hielt|hielten} sich: {new} ({period}) nach {old} ({base})",
    "gist.yearly.halved": "das Wachstum halbierte sich auf {new}",
    "gist.yearly.slowed": "das Wachstum ließ auf {new} nach",
    "gist.yearly.faster": "das Wachstum zog auf {new} an",
    "gist.yearly.turned": "das Wachstum ist vorbei",
}  # fmt: skip
