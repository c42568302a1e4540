"""Sentences of the last years of a business."""

SENTENCES = {
    "yearly.growth": "{measure} grew by {new} in {period}, to {value}",
    "yearly.halved": "growth of {measure} halved: {new} in {period} after {old} in {base}",
    "yearly.slowed": "growth of {measure} slowed: {new} in {period} after {old} in {base}",
    "yearly.faster": "growth of {measure} picked up: {new} in {period} after {old} in {base}",
    "yearly.turned": "growth of {measure} is over: {new} in {period} after {old} in {base}",
    "yearly.went": "growth of {measure} was {new} in {period} and {old} in {base}",
    "yearly.margin.fell": "{measure} fell by {by}: {new} in {period} after {old} in {base}",
    "yearly.margin.rose": "{measure} rose by {by}: {new} in {period} after {old} in {base}",
    "yearly.margin.steady": "{measure} held at {new} in {period} after {old} in {base}",
    "gist.yearly.halved": "growth halved to {new}",
    "gist.yearly.slowed": "growth slowed to {new}",
    "gist.yearly.faster": "growth picked up to {new}",
    "gist.yearly.turned": "growth is over",
}
