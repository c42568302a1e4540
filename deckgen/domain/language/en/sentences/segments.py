"""Sentences about segments."""

SENTENCES = {
    "segments.sum": "focus on {name}: it brings {share} of {measure} from {part} of {things}",
    "segments.sum.next": "{name} follows with {share} of {measure} from {part} of {things}",
    "segments.mean": "focus on {name}: it has the highest {measure}, {value}, in {part} of {things}",
    "segments.mean.next": "{name} follows with {value}, in {part} of {things}",
    "segments.tied": "{name} and {second} lead by {measure}: {value} each",
    "segments.best": "{rows} {things} lead in {a} and {b}: {mean} and {second} on average",
    "segments.edges": "they have {a} from {low} and {b} from {other} on",
    "segments.high.low": "{rows} {things} are high in {a} only: {mean} and {second}",
    "segments.low.high": "{rows} {things} are high in {b} only: {mean} and {second}",
    "segments.low.low": "{rows} {things} are low in both: {mean} and {second}",
    "segments.split": "the split is at the two medians: plain, and no proof of four kinds of {things}",
}
