"""Sentences of shares."""

SENTENCES = {
    "share.part": "{name} macht {share} {measure:von} aus: {part} von {whole}",
    "share.was": "der Anteil von {name} lag {base:im} bei {old} und {period:im} bei {new}",
    "share.mix": "die größten Teile {measure:von} sind {parts}",
    "share.all": "{measure} {measure:setzt|setzen} sich zusammen aus {parts}",
    "share.rose": "{name} gewann {measure:bei} am meisten Anteil: {new} ({period}) nach {old} ({base})",
    "share.fell": "{name} verlor am meisten: {new} nach {old}",
    "share.new": "{name} hat {new} {measure:von} ({period}), nach nichts ({base})",
    "share.gone": "{name} hat nichts {measure:von} ({period}), nach {old} ({base})",
    "share.steady": (
        "die Anteile {measure:bei} haben sich nicht klar verändert: {name} bewegte sich am meisten, {new} nach {old}"
    ),
}  # fmt: skip
