"""Sentences about the words of texts."""

SENTENCES = {
    "themes.first": "“{word}” comes up most: in {count} of {every} {things}, or {share}",
    "themes.next": "“{word}” comes up in {count}, or {share}",
    "themes.counted": "a text counts once for each of its words, whatever their form",
    "themes.none": "no word comes up in more than a few of the {every} {things}",
}
