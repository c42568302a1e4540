"""Words of others, as a log or a terminal may show them."""

from unicodedata import category

# Controls, formats (bidirectional ones too), halves of pairs, separators of lines and of paragraphs.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str, *, keep: str = "") -> str:
    r"""The text with what is not seen, but does something, written out: \x1b, \n, \u202e."""
    if text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode()
        if category(char) in UNSEEN and char not in keep
        else char
        for char in text
    )
