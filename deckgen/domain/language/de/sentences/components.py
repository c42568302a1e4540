"""Sentences of totals and the columns that they are made of."""

SENTENCES = {
    "components.all.rose": "das Plus {measure:bei} {time} liegt ganz bei {name}",
    "components.all.fell": "das Minus {measure:bei} {time} liegt ganz bei {name}",
    "components.most.rose": "vom Plus {measure:bei} {time} liegen {share} bei {name}",
    "components.most.fell": "vom Minus {measure:bei} {time} liegen {share} bei {name}",
    "components.first.rose": "{name} hat am Plus {measure:bei} {time} den größten Anteil: {share}",
    "components.first.fell": "{name} hat am Minus {measure:bei} {time} den größten Anteil: {share}",
    "components.since": "seit {base:dem}",
    "components.between": "({base} bis {period})",
    "components.whole.rose": "{measure} {measure:stieg|stiegen} um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "components.whole.fell": "{measure} {measure:sank|sanken} um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "components.own": "{name} ging von {old} auf {new} ({own})",
    "components.against": "{name} lief dem entgegen, von {old} auf {new} ({own})",
    "components.now": "{name} machte {share} {measure:von} aus ({at_period:ohne})",
    "components.largest": "{name} macht {share} {measure:von} aus: {value}",
    "components.largest.period": "{name} machte {share} {measure:von} aus ({at}): {value}",
    "components.next": "dahinter liegt {name} mit {share}: {value}",
    "components.next.period": "dahinter liegt {name} mit {share}: {value}",
}  # fmt: skip
