"""Sentences of profit and loss."""

SENTENCES = {
    "profit.made.profit": "the profit is {size}: {income_noun} of {income} less {costs_noun} of {costs}",
    "profit.made.loss": "the loss is {size}: {income_noun} of {income} less {costs_noun} of {costs}",
    "profit.signed.profit": "more comes in than goes out: {income} against {costs}, which leaves {size}",
    "profit.signed.loss": "more goes out than comes in: {costs} against {income}, a gap of {size}",
    "profit.column.profit": "{measure} {measure:is|are} above zero: it comes to {value}",
    "profit.column.loss": "{measure} {measure:is|are} below zero: the loss comes to {size}",
    "profit.margin": "that is a margin of {margin}",
    "profit.none_loses": "no {groups} loses money; {name} earns least with {value}",
    "profit.only": "only {name} loses money: {amount}",
    "profit.only.margin": "only {name} loses money: {amount}, a margin of {margin}",
    "profit.loses_most": "{name} loses most: {amount}",
    "profit.loses_most.margin": "{name} loses most: {amount}, a margin of {margin}",
    "profit.loses": "{name} loses {amount}",
    "profit.loses.margin": "{name} loses {amount}, a margin of {margin}",
    "profit.count": "{losing} of {every} lose money, by {groups}",
    "profit.ends": "{high} stands highest with {most}, {low} lowest with {least}",
}
