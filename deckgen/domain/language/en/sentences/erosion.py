"""Sentences of rates that groups lose."""

SENTENCES = {
    "erosion.only": "only {name} lost {measure}: {new} {at_period} after {old} {at_base}",
    "erosion.most": "{name} lost most {measure}: {new} {at_period} after {old} {at_base}",
    "erosion.unclear": "no {groups} clearly lost {measure}: the largest fall, {name} from {old} to {new}, is within the usual variation",
    "erosion.none": "no {groups} lost {measure}; {name} moved least: {new} after {old}",
    "erosion.whole": "over all, {measure} {measure:was|were} {old} {at_base} and {new} {at_period}",
    "erosion.without": "as a whole, {measure} moved by {change}; without {name}, by {rest}",
    "erosion.by_cost": (
        "it is {cost_noun}, not the mix: {cost_noun} {cost}, {income_noun} {income}, with {new} of all "
        "after {old}"
    ),
    "erosion.by_income": (
        "it is {income_noun}, not the mix: {income_noun} {income}, {cost_noun} {cost}, with {new} of all "
        "after {old}"
    ),
    "erosion.own": "it is its own rate and not its part of all, which is {new} after {old}",
    "erosion.mix": "it is its part of all more than its own rate: {new} after {old}",
    "erosion.since": "{when}, it stands at {value}",
    "erosion.also": "{name} went from {old} to {new}",
    "short.erosion.only": "{name} went from {old} to {new} in {measure}; all others hold theirs",
    "short.erosion.most": "{name} went from {old} to {new} in {measure}, further than any other",
    "short.erosion.unclear": "{name} went from {old} to {new} in {measure}, which is no more than usual",
    "short.erosion.none": "even {name}, the last of them, has {new} after {old}",
    "gist.erosion": "{name} lost {measure}",
    "gist.erosion.none": "no {groups} lost {measure}",
}
