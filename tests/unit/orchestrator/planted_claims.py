"""Errors planted in what finished decks claim: in their sentences, and in their claims.

Each plant takes a deck as JSON and yields decks with one error each. Where a sentence changes, the
claims are derived again from it, as a careful forger would: nothing gives the error away but what it
says.
"""

import copy
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from deckgen.domain.decks import Deck
from deckgen.domain.facts import REFERENCE
from deckgen.orchestrator import analyst

Document = dict[str, Any]
Plant = Callable[[Document], Iterator[Document]]
Place = tuple[str | int, ...]

ENDS = {
    "highest": "lowest", "lowest": "highest", "most": "least", "fewest": "most", "first": "last",
    "largest": "smallest", "smallest": "largest", "higher": "lower", "lower": "higher",
}  # fmt: skip
WAYS = {
    "rose": "fell", "fell": "rose", "grew": "shrank", "shrank": "grew", "risen": "fallen",
    "fallen": "risen", "above": "below", "below": "above", "exceeded": "missed", "missed": "exceeded",
}  # fmt: skip


# The blocks that say something, with the parts of their items that do.
SAYING = {
    "bullets": (),
    "messages": ("text", "support"),
    "actions": ("action", "evidence", "firstStep"),
}


def wrong_measures(deck: Document) -> Iterator[Document]:
    """Another number of the table is said to be what a number is of."""
    columns = [
        f"c{place}"
        for place, column in enumerate(deck["source"]["columns"])
        if column["role"] == "measure"
    ]
    for place, text in _texts(deck):
        for name in dict.fromkeys(re.findall(r"\{\{([cC]\d+)\}\}", text)):
            others = [other for other in columns if other != name.lower() and other not in text.lower()]
            if name.lower() in columns and others:
                other = f"{name[0]}{others[0][1:]}"
                yield _with_text(deck, place, text.replace(f"{{{{{name}}}}}", f"{{{{{other}}}}}"))


def wrong_groups(deck: Document) -> Iterator[Document]:
    """Another group's name stands beside a number."""
    names = _facts(deck, lambda fact: fact["unit"]["format"] == "text")
    yield from _with_other_references(deck, names, only_beside_numbers=True)


def wrong_periods(deck: Document) -> Iterator[Document]:
    """Another period, or another base, stands beside a number."""
    names = _facts(deck, lambda fact: fact["unit"]["format"] == "period")
    yield from _with_other_references(deck, names, only_beside_numbers=True)


def swapped_numbers(deck: Document) -> Iterator[Document]:
    """Two numbers of a sentence stand in each other's place."""
    numbers = _facts(deck, _is_number)
    for place, text in _texts(deck):
        cited = [name for name in dict.fromkeys(REFERENCE.findall(text)) if name in numbers]
        for first, second in pairwise(cited):
            same_form = numbers[first]["unit"] == numbers[second]["unit"]
            same_sign = numbers[first]["sign"] == numbers[second]["sign"]
            if same_form and same_sign and numbers[first]["display"] != numbers[second]["display"]:
                yield _with_text(deck, place, _swapped(text, first, second))


def wrong_directions(deck: Document) -> Iterator[Document]:
    """What rose is said to have fallen, and the reverse."""
    yield from _with_words(deck, WAYS)


def wrong_ranks(deck: Document) -> Iterator[Document]:
    """What is highest is said to be lowest, and the reverse."""
    yield from _with_words(deck, ENDS)


def a_year(deck: Document) -> Iterator[Document]:
    """A number is said to be of each year, or of each month."""
    numbers = _facts(deck, _is_number)
    for number, (place, text) in enumerate(_texts(deck)):
        cited = [name for name in REFERENCE.findall(text) if name in numbers]
        if cited and " a year" not in text:
            words = (" a year", " every month")[number % 2]
            yield _with_text(
                deck, place, text.replace(f"{{{{{cited[0]}}}}}", f"{{{{{cited[0]}}}}}{words}", 1)
            )


def most(deck: Document) -> Iterator[Document]:
    """A part is said to be most of it."""
    for place, text in _texts(deck):
        if (found := re.search(r"\{\{[cC]\d+\}\}", text)) and "ost " not in text:
            yield _with_text(deck, place, f"{text[: found.start()]}most of {text[found.start() :]}")


def only(deck: Document) -> Iterator[Document]:
    """What one group does is said to be done by no other."""
    names = _facts(deck, lambda fact: fact["unit"]["format"] == "text")
    for place, text in _texts(deck):
        cited = [name for name in REFERENCE.findall(text) if name in names]
        if cited and "nly " not in text:
            yield _with_text(
                deck, place, text.replace(f"{{{{{cited[0]}}}}}", f"only {{{{{cited[0]}}}}}", 1)
            )


def changed_claims(deck: Document) -> Iterator[Document]:
    """A claim says something else than its facts: relation, measure, group, period, base, per."""
    for number, claim in enumerate(deck["claims"]):
        about = claim["about"] or {}
        changes: list[Document] = [
            {"relation": "lowest" if claim["relation"] != "lowest" else "highest"},
            {"sure": "tested" if claim["sure"] != "tested" else "exact"},
            {"told": [{"slide": "s1", "place": "takeaway", "number": 1}]},
            {
                "facts": [
                    deck["facts"][0]["id"] if deck["facts"][0]["id"] != claim["facts"][0] else "f999"
                ]
            },
        ]
        span = {"start": "1999-01-01", "end": "2000-01-01", "grain": "year"}
        for field, value in (
            ("measure", "profit that was audited"),
            ("groups", {"region": "Atlantis"}),
            ("period", span),
            ("base", span),
            ("per", "head"),
        ):
            changes += [{"about": about | {field: value}}] if about else []
        for change in changes:
            wrong = copy.deepcopy(deck)
            wrong["claims"][number] |= change
            yield wrong


SENTENCES: tuple[Plant, ...] = (
    wrong_measures,
    wrong_groups,
    wrong_periods,
    swapped_numbers,
    wrong_directions,
    wrong_ranks,
    a_year,
    most,
    only,
)


def _is_number(fact: Document) -> bool:
    return fact["unit"]["format"] in ("count", "number", "currency", "percent", "points")


def _facts(deck: Document, wanted: Callable[[Document], bool]) -> dict[str, Document]:
    return {fact["id"]: fact for fact in deck["facts"] if wanted(fact)}


def _texts(deck: Document) -> Iterator[tuple[Place, str]]:
    """Titles and takeaways of the slides that a model may word."""
    for number, slide in enumerate(deck["slides"]):
        if slide["layout"] in ("title", "appendix"):
            continue
        yield ("slides", number, "title"), slide["title"]
        for place, block in enumerate(slide["blocks"]):
            own: Place = ("slides", number, "blocks", place, "items")
            for item, said in enumerate(block["items"] if block["type"] in SAYING else []):
                for part in SAYING[block["type"]]:
                    yield (*own, item, part), said[part]
                if block["type"] == "bullets":
                    yield (*own, item), said


def _with_other_references(
    deck: Document, names: dict[str, Document], *, only_beside_numbers: bool
) -> Iterator[Document]:
    numbers = _facts(deck, _is_number)
    for place, text in _texts(deck):
        cited = REFERENCE.findall(text)
        if only_beside_numbers and not any(name in numbers for name in cited):
            continue
        for name in dict.fromkeys(name for name in cited if name in names):
            shown = {names[each]["display"] for each in cited if each in names}
            other = next((key for key, fact in names.items() if fact["display"] not in shown), None)
            if other:
                yield _with_text(deck, place, text.replace(f"{{{{{name}}}}}", f"{{{{{other}}}}}"))


def _swapped(text: str, first: str, second: str) -> str:
    swap = {first: second, second: first}
    return REFERENCE.sub(lambda found: f"{{{{{swap.get(found[1], found[1])}}}}}", text)


def _with_words(deck: Document, words: dict[str, str]) -> Iterator[Document]:
    pattern = re.compile(rf"\b({'|'.join(words)})\b")
    for place, text in _texts(deck):
        if found := pattern.search(text):
            yield _with_text(deck, place, text[: found.start()] + words[found[1]] + text[found.end() :])


def _with_text(deck: Document, place: Place, text: str) -> Document:
    """The deck with another text in one place, and the claims that it makes then."""
    wrong = copy.deepcopy(deck)
    holder: Any = wrong
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = text
    retold: Document = analyst.retold(Deck.model_validate(wrong)).to_json()
    return retold
