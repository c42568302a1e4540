"""Sentences of plans and what became of them."""

SENTENCES = {
    "attainment.lower.above": "{actual} {actual:liegt|liegen} um {by} über {target}: {was} statt {planned} ({gap})",
    "attainment.lower.below": "{actual} {actual:bleibt|bleiben} unter {target}: {was} statt {planned} ({signed})",
    "attainment.lower.met": "{actual} {actual:liegt|liegen} im Rahmen: {was} bei {target} von {planned}",
    "attainment.higher.above": "{actual} {actual:liegt|liegen} um {by} über {target}: {was} statt {planned} ({gap})",
    "attainment.higher.below": "{actual} {actual:verfehlt|verfehlen} {target} um {by}: {was} statt {planned} ({gap})",
    "attainment.higher.met": "{actual} {actual:erreicht|erreichen} {target}: {was} bei geplanten {planned}",
    "attainment.most_above": "{name} liegt am weitesten über {target}, um {by}: {was} statt {planned} ({gap})",
    "attainment.most_below": "{name} verfehlt {target} am weitesten, um {by}: {was} statt {planned} ({gap})",
    "attainment.only_above": "nur {name} liegt über {target}, um {by}: {was} statt {planned} ({gap})",
    "attainment.only_below": "nur {name} verfehlt {target}, um {by}: {was} statt {planned} ({gap})",
    "attainment.group_above": "{name} liegt um {by} über {target}: {was} statt {planned} ({gap})",
    "attainment.group_below": "{name} bleibt um {by} unter {target}: {was} statt {planned} ({gap})",
    "attainment.none_above": "nach {groups} liegt nichts über {target}; am nächsten kommt {name}: {was} statt {planned}",
    "attainment.none_below": "nach {groups} liegt nichts unter {target}; am nächsten kommt {name}: {was} statt {planned}",
}  # fmt: skip
