"""Sentences of advice, and how bands of numbers are called."""

SENTENCES = {
    "advice.loss.highest": "keep {column} below {low}: {rows} {things} from there on lose {loss}",
    "advice.loss.lowest": "keep {column} above {high}: {rows} {things} up to there lose {loss}",
    "advice.loss.between": "look into {name} first: {rows} {things} lose {loss}",
    "advice.loss.value": "look into {name} first: its {rows} {things} lose {loss}",
    "advice.without": "without them, {measure} is {left} instead of {whole}",
    "advice.each": "{rows} {things} are of this kind, with {each} of {measure} each",
    "advice.assumed": "this takes it that nothing else changes, so try it on a part first",
    "advice.gap.more": "lift {name} first: at the groups' median it would add {size}",
    "advice.gap.more.cases": "lift {name} first: at the groups' median it has {size} more cases",
    "advice.gap.less.cases": "look into {name} first: at the groups' median it has {size} fewer cases",
    "advice.gap.less": "look into {name} first: at the groups' median it would save {size}",
    "advice.gap.each": "{name} stands at {own}, the median of the groups at {median}",
    "advice.none": "no group of this table clearly stands apart by {measure}: {value} in all",
    "advice.none.why": "no advice is given here, as none would have a size",
    "band.name": "{name}",
    "band.one": "{column} of {low}",
    "band.some": "{column} from {low} to {high}",
}
