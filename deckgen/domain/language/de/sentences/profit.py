"""Sentences of profit and loss."""

SENTENCES = {
    "profit.made.profit": "der Gewinn beträgt {size}: {income_noun} von {income} abzüglich {costs_noun} von {costs}",
    "profit.made.loss": "der Verlust beträgt {size}: {income_noun} von {income} abzüglich {costs_noun} von {costs}",
    "profit.signed.profit": "es kommt mehr herein als hinausgeht: {income} gegenüber {costs}, es bleiben {size}",
    "profit.signed.loss": "es geht mehr hinaus als hereinkommt: {costs} gegenüber {income}, es fehlen {size}",
    "profit.column.profit": "{measure} {measure:liegt|liegen} im Plus: {value}",
    "profit.column.loss": "{measure} {measure:liegt|liegen} im Minus: Der Verlust beträgt {size}",
    "profit.margin": "das ist eine Marge von {margin}",
    "profit.none_loses": "nach {groups} macht nichts Verlust; {name} verdient am wenigsten mit {value}",
    "profit.only": "nur {name} macht Verlust: {amount}",
    "profit.only.margin": "nur {name} macht Verlust: {amount}, eine Marge von {margin}",
    "profit.loses_most": "{name} macht den größten Verlust: {amount}",
    "profit.loses_most.margin": "{name} macht den größten Verlust: {amount}, eine Marge von {margin}",
    "profit.loses": "{name} verliert {amount}",
    "profit.loses.margin": "{name} verliert {amount}, eine Marge von {margin}",
    "profit.count": "{losing} von {every} machen Verlust, nach {groups}",
    "profit.ends": "am höchsten liegt {high} mit {most}, am niedrigsten {low} mit {least}",
}
