"""Sentences of shares."""

SENTENCES = {
    "share.part": "{name} makes {share} of {measure}: {part} of {whole}",
    "share.was": "the share of {name} was {old} in {base} and {new} in {period}",
    "share.mix": "the largest parts of {measure} are {parts}",
    "share.all": "{measure} {measure:is|are} made up of {parts}",
    "share.rose": "{name} gained most share of {measure}: {new} in {period} after {old} in {base}",
    "share.fell": "{name} lost most: {new} after {old}",
    "share.new": "{name} has {new} of {measure} in {period}, after nothing in {base}",
    "share.gone": "{name} has nothing of {measure} in {period}, after {old} in {base}",
    "share.steady": (
        "the mix of {measure} has not clearly changed: {name} moved most, {new} after {old}"
    ),
}
