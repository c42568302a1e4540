"""Sentences about the words of texts."""

SENTENCES = {
    "themes.first": "„{word}“ kommt am häufigsten vor: in {count} von {every} {things:dativ}, also {share}",
    "themes.next": "„{word}“ kommt in {count} vor, also {share}",
    "themes.counted": "ein Text zählt einmal für jedes seiner Wörter, gleich in welcher Form",
    "themes.none": "kein Wort kommt in mehr als wenigen der {every} {things} vor",
}
