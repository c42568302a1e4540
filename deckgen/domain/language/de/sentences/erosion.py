"""Sentences of rates that groups lose."""

SENTENCES = {
    "erosion.only": "nur {name} verlor {measure}: {new} {at_period} nach {old} {at_base}",
    "erosion.most": "{name} verlor am meisten {measure}: {new} {at_period} nach {old} {at_base}",
    "erosion.none": "nirgends ging {measure} verloren ({groups}); am wenigsten bewegte sich {name}: {new} nach {old}",
    "erosion.whole": "insgesamt {measure:lag|lagen} {measure} {at_base} bei {old} und {at_period} bei {new}",
    "erosion.without": "{measure} insgesamt {measure:veränderte|veränderten} sich um {change}; ohne {name} um {rest}",
    "erosion.by_cost": "es liegt bei {cost_noun} und nicht an der Mischung: {cost_noun} {cost}, {income_noun} {income}, mit {new} von allem nach {old}",
    "erosion.by_income": "es liegt bei {income_noun} und nicht an der Mischung: {income_noun} {income}, {cost_noun} {cost}, mit {new} von allem nach {old}",
    "erosion.own": "es ist die eigene Quote und nicht der Anteil am Ganzen: der beträgt {new} nach {old}",
    "erosion.mix": "es ist eher der Anteil am Ganzen als die eigene Quote: er beträgt {new} nach {old}",
    "erosion.since": "{when:satz} steht der Wert bei {value}",
    "erosion.also": "{name} ging von {old} auf {new}",
}
