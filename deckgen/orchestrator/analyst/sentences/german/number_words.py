"""German numbers in words, for reading a question; what a text may not state stands in
`domain/prose/foreign_number_words.py`.
"""

CARDINALS = {
    "null": 0, "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eins": 1, "zwei": 2, "zwo": 2,
    "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "dreißig": 30, "vierzig": 40,
    "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90, "hundert": 100,
    "tausend": 1_000, "million": 1_000_000, "millionen": 1_000_000, "milliarde": 1_000_000_000,
    "milliarden": 1_000_000_000, "dutzend": 12,
}  # fmt: skip
FRACTIONS = {
    "halb": 0.5, "halbe": 0.5, "halben": 0.5, "hälfte": 0.5, "drittel": 1 / 3, "viertel": 0.25,
    "fünftel": 0.2, "zehntel": 0.1, "hundertstel": 0.01,
}  # fmt: skip
MULTIPLES = {
    "doppelt": 2, "doppelte": 2, "doppelten": 2, "zweifach": 2, "dreifach": 3, "dreifache": 3,
    "vierfach": 4, "fünffach": 5, "zehnfach": 10, "zweimal": 2, "dreimal": 3, "viermal": 4,
}  # fmt: skip
ORDINALS = {
    "erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "sechste": 6, "siebte": 7,
    "achte": 8, "neunte": 9, "zehnte": 10, "elfte": 11, "zwölfte": 12,
}  # fmt: skip
