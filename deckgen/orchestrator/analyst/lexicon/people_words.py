"""Women and men, by the words that people use and by those that columns hold, in English and German."""

import re

_SEX = frozenset({"sex", "gender", "geschlecht"})
_WOMEN = frozenset({
    "women", "woman", "womens", "female", "females", "girls", "girl", "frauen", "frau", "weiblich",
    "weibliche", "mädchen", "f", "w",
})  # fmt: skip
_MEN = frozenset({
    "men", "man", "mens", "male", "males", "boys", "boy", "männer", "mann", "männlich", "männliche",
    "jungen", "m",
})  # fmt: skip


def is_of_people(label: str) -> bool:
    """True if a column says who is a woman and who is a man."""
    return bool(_SEX & set(re.findall(r"\w+", label.lower())))


def people_words(value: str) -> frozenset[str]:
    """Returns the words by which people may call one value of such a column; none of other values."""
    said = value.strip().lower()
    words = next((each for each in (_WOMEN, _MEN) if said in each), frozenset())
    return frozenset(word for word in words if len(word) > 1)
