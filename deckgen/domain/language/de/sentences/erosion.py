"""Sentences of who loses a margin or another rate."""

SENTENCES = {
    "erosion.only": "{measure} {measure:sank|sanken} nur bei {name}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "erosion.most": "{measure} {measure:sank|sanken} am stärksten bei {name}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "erosion.unclear": "nach {groups} sank {measure} nirgends klar: Der größte Rückgang, {name} von {old} auf {new}, liegt im üblichen Rahmen",
    "erosion.none": "nach {groups} {measure:sank|sanken} {measure} nirgends; am wenigsten bewegte sich {name}: {new} nach {old}",
    "erosion.whole": "insgesamt {measure:lag|lagen} {measure} {at_base} bei {old} und {at_period} bei {new}",
    "erosion.without": "insgesamt {measure:veränderte|veränderten} sich {measure} um {change}, ohne {name} um {rest}",
    "erosion.by_cost": "den Unterschied {cost_noun:macht|machen} {cost_noun}, nicht der Mix: {cost_noun} {cost}, {income_noun} {income}; der Anteil am Ganzen beträgt {new} nach {old}",
    "erosion.by_income": "den Unterschied {income_noun:macht|machen} {income_noun}, nicht der Mix: {income_noun} {income}, {cost_noun} {cost}; der Anteil am Ganzen beträgt {new} nach {old}",
    "erosion.own": "den Unterschied macht der eigene Wert, nicht der Anteil am Ganzen: Dieser beträgt {new} nach {old}",
    "erosion.mix": "den Unterschied macht eher der Anteil am Ganzen als der eigene Wert: {new} nach {old}",
    "erosion.since": "{when} liegt der Wert bei {value}",
    "erosion.also": "{name} ging von {old} auf {new}",
    "short.erosion.only": "{name} sank {measure:bei} von {old} auf {new}; alle anderen halten sich",
    "short.erosion.most": "{name} sank {measure:bei} von {old} auf {new}, weiter als alle anderen",
    "short.erosion.unclear": "{name} ging {measure:bei} von {old} auf {new}, das ist nicht ungewöhnlich",
    "short.erosion.none": "selbst {name} hält sich am Ende der Reihe: {new} nach {old}",
    "gist.erosion": "{measure} {measure:sank|sanken} bei {name}",
    "gist.erosion.none": "{measure} {measure:sank|sanken} nach {groups} nirgends",
}  # fmt: skip
