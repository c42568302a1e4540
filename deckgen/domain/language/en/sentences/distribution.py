"""Sentences of distributions."""

SENTENCES = {
    "spread.top": "the largest {part} by {column} bring {share} of {measure}: {count} of {every}",
    "spread.even": "{measure} {measure:does|do} not rest on a few: the largest {part} by {column} bring {share}",
    "spread.half": "the middle half of {measure} lies between {low} and {high}",
    "spread.median": "the median is {median}, the mean {mean}",
    "spread.ends": "they go from {least} to {most}; the highest tenth start at {tenth}",
}
