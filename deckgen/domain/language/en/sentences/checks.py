"""What the checks of a deck are called on its page."""

SENTENCES = {
    "check.numerals_bound": "numerals_bound",
    "check.references_known": "references_known",
    "check.facts_recomputed": "facts_recomputed",
    "check.charts_recomputed": "charts_recomputed",
    "check.directions_agree": "directions_agree",
    "check.groups_agree": "groups_agree",
    "check.units_agree": "units_agree",
    "check.no_causal_words": "no_causal_words",
    "check.no_numbers_in_words": "no_numbers_in_words",
    "check.titles_are_statements": "titles_are_statements",
    "check.title_fact_on_slide": "title_fact_on_slide",
    "check.slide_size": "slide_size",
    "check.charts_suit_their_data": "charts_suit_their_data",
    "check.annotations_hold": "annotations_hold",
    "check.alt_text_and_notes_present": "alt_text_and_notes_present",
    "check.text_can_be_read": "text_can_be_read",
    "check.nothing_overflows": "nothing_overflows",
    "check.bars_start_at_zero": "bars_start_at_zero",
}
