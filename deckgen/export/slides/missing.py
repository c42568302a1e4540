"""What a slide should say and does not show: whoever composes it need not tell."""

from collections.abc import Iterator, Sequence

from deckgen.domain.facts import Text
from deckgen.export.layout.typefaces import ELLIPSIS
from deckgen.export.scene.elements import Element, TextBox
from deckgen.export.scene.setting import Setter


def missing(said: Sequence[Text], elements: Sequence[Element], setter: Setter) -> Iterator[Text]:
    """Yields the texts that no element shows whole.

    Each text takes what shows it out of what is shown, the longest first: one that is said twice has
    to be shown twice, and one that another holds has to stand beside it.
    """
    shown = "\n".join(map(_shown, _texts(elements)))
    letters = [_letters(setter.line(text)) for text in said]
    lacking: list[int] = []
    for place in sorted(range(len(said)), key=lambda place: -len(letters[place])):
        left = shown.replace(letters[place], "\n", 1)
        if left == shown:
            lacking.append(place)
        shown = left
    yield from (said[place] for place in sorted(lacking))


def shortened(names: Sequence[Text], elements: Sequence[Element], setter: Setter) -> list[Text]:
    """Returns the names of which an element shows the beginning, with an ellipsis."""
    cut = [
        _letters(paragraph.text).removesuffix(ELLIPSIS)
        for element in _texts(elements)
        for paragraph in element.paragraphs
        if paragraph.text.endswith(ELLIPSIS)
    ]
    found: list[Text] = []
    for name in names:
        letters = _letters(setter.line(name))
        beginning = next((each for each in cut if each and letters.startswith(each)), None)
        if beginning is not None:
            cut.remove(beginning)  # another name as long has to stand beside it
            found.append(name)
    return found


def _texts(elements: Sequence[Element]) -> Iterator[TextBox]:
    return (each for each in elements if isinstance(each, TextBox))


def _shown(element: TextBox) -> str:
    return _letters("".join(paragraph.text for paragraph in element.paragraphs))


def _letters(text: str) -> str:
    """Returns a text without what setting changes: blanks, capitals, and the colon after a lead."""
    return "".join(text.casefold().replace(":", "").split())
