"""Sentences of distributions."""

SENTENCES = {
    "spread.top": "The largest {part} by {column} bring {share} of {measure}: {count} of {every}",
    "spread.even": "No few carry {measure}: the largest {part} by {column} bring {share} of it",
    "spread.half": "The middle half of {measure} lies between {low} and {high}",
    "spread.median": "The median is {median}, the mean {mean}",
    "spread.ends": "They go from {least} to {most}; the highest tenth start at {tenth}",
}
