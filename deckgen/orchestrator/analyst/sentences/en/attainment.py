"""Sentences of plans and what became of them."""

SENTENCES = {
    "attainment.lower.above": "{actual} exceeded {target} by {by}: {was} against {planned} ({gap})",
    "attainment.lower.below": "{actual} stayed within {target}: {was} against {planned} ({signed})",
    "attainment.lower.met": "{actual} matched {target}: {was} against {planned}",
    "attainment.higher.above": "{actual} exceeded {target} by {by}: {was} against {planned} ({gap})",
    "attainment.higher.below": "{actual} missed {target} by {by}: {was} against {planned} ({gap})",
    "attainment.higher.met": "{actual} met {target}: {was} against {planned}",
    "attainment.most_above": "{name} exceeded {target} most, by {by}: {was} against {planned} ({gap})",
    "attainment.most_below": "{name} missed {target} most, by {by}: {was} against {planned} ({gap})",
    "attainment.only_above": "only {name} exceeded {target}, by {by}: {was} against {planned} ({gap})",
    "attainment.only_below": "only {name} missed {target}, by {by}: {was} against {planned} ({gap})",
    "attainment.group_above": "{name} exceeded {target} by {by}: {was} against {planned} ({gap})",
    "attainment.group_below": "{name} stayed below {target} by {by}: {was} against {planned} ({gap})",
    "attainment.none_above": "no {groups} exceeded {target}; {name} came closest: {was} against {planned}",
    "attainment.none_below": "no {groups} missed {target}; {name} came closest: {was} against {planned}",
}
