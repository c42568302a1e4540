"""Sentences of differences between groups."""

SENTENCES = {
    "difference.two.clear": "{measure} {measure:is|are} higher for {first}: {high}, against {low} for {last}",
    "difference.two.chance": (
        "{measure} {measure:is|are} {high} for {first} and {low} for {last}: that could be chance"
    ),
    "difference.many.clear": "{measure} differs by {column}: {high} for {first}, {low} for {last}",
    "difference.many.chance": (
        "{measure} {measure:shows|show} no clear difference by {column}: {high} for {first}, {low} for {last}"
    ),
    "difference.p.clear": "the difference of {gap} is significant (p-value {p})",
    "difference.p.chance": ("the difference of {gap} is not significant (p-value {p})"),
    "difference.counts": "{first}: {high} of {of_high}; {last}: {low} of {of_low}",
    "difference.between": "between them: {values}",
    "difference.noticeable": (
        "only a difference of {size} or more would have shown with so many {things}"
    ),
    "difference.method": "{measure} {measure:was|were} compared by {column} over {rows} {things}",
}
