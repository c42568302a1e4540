"""What the checks of a deck are called on its page."""

SENTENCES = {
    "check.numerals_bound": "Zahlen sind Verweise",
    "check.references_known": "Verweise sind bekannt",
    "check.facts_recomputed": "Zahlen nachgerechnet",
    "check.charts_recomputed": "Diagramme nachgerechnet",
    "check.directions_agree": "Richtungen stimmen",
    "check.groups_agree": "Gruppen stimmen",
    "check.units_agree": "Einheiten stimmen",
    "check.no_causal_words": "keine Ursachen behauptet",
    "check.no_numbers_in_words": "keine Zahlwörter",
    "check.titles_are_statements": "Titel sind Aussagen",
    "check.title_fact_on_slide": "Zahlen des Titels stehen auf der Folie",
    "check.slide_size": "Umfang der Folien",
    "check.charts_suit_their_data": "Diagramme passen zu ihren Daten",
    "check.annotations_hold": "Anmerkungen der Diagramme stimmen",
    "check.alt_text_and_notes_present": "Alternativtexte und Notizen sind da",
    "check.text_can_be_read": "Text ist lesbar",
    "check.nothing_overflows": "nichts läuft über",
    "check.bars_start_at_zero": "Balken beginnen bei null",
}
