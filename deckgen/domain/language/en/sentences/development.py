"""Sentences of developments."""

SENTENCES = {
    "development.rose": "{measure} rose by {by}: {old} {at_base}, {new} {at_period}",
    "development.fell": "{measure} fell by {by}: {old} {at_base}, {new} {at_period}",
    "development.steady": "{measure} held steady: {old} {at_base}, {new} {at_period}",
    "development.rose.unclear": "{measure} stayed within {measure:its|their} usual range: {old} {at_base}, then {new}",
    "development.fell.unclear": "{measure} stayed within {measure:its|their} usual range: {old} {at_base}, then {new}",
    "development.of.rose": "{name}'s {measure} rose by {by}: {old} {at_base}, {new} {at_period}",
    "development.of.fell": "{name}'s {measure} fell by {by}: {old} {at_base}, {new} {at_period}",
    "development.of.steady": "{name}'s {measure} held steady at {old} {at_base}, {new} {at_period}",
    "development.of.rose.unclear": "{name}'s {measure} stayed within {measure:its|their} usual range: {old} {at_base}, then {new}",
    "development.of.fell.unclear": "{name}'s {measure} stayed within {measure:its|their} usual range: {old} {at_base}, then {new}",
    "development.usual": "the difference of {signed} is within the usual variation",
    "development.lower.good": "lower is better here, so it improved",
    "development.lower.bad": "lower is better here, so it got worse",
    "development.yearly.rose": "{measure} grew by {rate} a year on average: {old} {at_base}, {new} {at_period}",
    "development.yearly.fell": "{measure} fell by {rate} a year on average: {old} {at_base}, {new} {at_period}",
    "development.yearly.steady": "{measure} held steady over the years: {old} {at_base}, {new} {at_period}",
    "development.in_all": "over all these years, that is {signed}",
    "courses.extremes": "the highest {grain} was {best} with {high}, the lowest {worst} with {low}",
    "courses.years": "year by year, it ranged between {lowest} in {lowest_year} and {highest} in {highest_year}",
}
