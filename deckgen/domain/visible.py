"""Foreign text, as a log or a terminal may show it."""

from unicodedata import category

# Controls, formats (bidirectional ones too), halves of pairs, separators of lines and of paragraphs.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str, *, keep: str = "") -> str:
    r"""Returns the text with invisible, effective characters written out: \x1b, \n, \u202e."""
    if text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode()
        if category(char) in UNSEEN and char not in keep
        else char
        for char in text
    )
