"""German texts, a file for each operation and for each part of a deck, with the keys of English.

A slot may have a form: `{period:im}` is a period with the words that lead to it, `{measure:bei}` a noun
after a preposition, and `{measure:stieg|stiegen}` a verb in the number of a noun. Keys with a colon are
the forms of a phrase: `periods.h1:im`.
"""
