"""Sentences of shares."""

SENTENCES = {
    "share.part": "{name} macht {share} {measure:von} aus: {part} von {whole}",
    "share.was": "der Anteil von {name} lag {base:im} bei {old} und {period:im} bei {new}",
    "share.mix": "die größten Teile {measure:von} sind {parts}",
    "share.all": "{measure} {measure:setzt|setzen} sich zusammen aus {parts}",
    "share.rose": "{name} gewann {measure:bei} am meisten Anteil: {new} ({period}) nach {old} ({base})",
    "share.fell": "{name} verlor am meisten: {new} nach {old}",
    "share.new": "{name} hat {period:im} {new} {measure:von}, nach nichts {base:im}",
    "share.gone": "{name} hat {period:im} nichts {measure:von}, nach {old} {base:im}",
    "share.steady": (
        "die Anteile {measure:bei} haben sich nicht klar verändert: {name} bewegte sich am meisten, {new} nach {old}"
    ),
}  # fmt: skip
