"""Wrong numbers planted in sound decks: what a liar, a careless editor or a model might do.

Each function takes a deck as JSON and yields decks with one error each. Display forms are kept in step
with what was changed, so that nothing gives the error away but the data.
"""

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

from deckgen.domain.facts import Sign, fact_display
from deckgen.domain.formatting.display import Unit, formatter

Document = dict[str, Any]
Plant = Callable[[Document], Iterator[Document]]

OPPOSITES = {
    "rose": "fell", "fell": "rose", "rise": "fall", "fall": "rise", "above": "below", "below": "above",
    "upwards": "downwards", "downwards": "upwards", "highest": "lowest", "lowest": "highest",
    "fallen": "risen", "risen": "fallen",
}  # fmt: skip
NUMERIC = ("count", "number", "currency", "percent", "points", "coefficient")


def changed_values(deck: Document) -> Iterator[Document]:
    """A number that is a tenth larger, or half as large."""
    for index, fact in enumerate(deck["facts"]):
        if fact["unit"]["format"] in NUMERIC and fact["value"]:
            factor = (1.1, 0.5)[index % 2]
            yield _with_fact(deck, index, value=fact["value"] * factor)


def swapped_groups(deck: Document) -> Iterator[Document]:
    """A text or number out of the data stands where another of its kind belongs."""
    for place in _texts(deck):
        names = [key for key in re.findall(r"\{\{(f\d+)\}\}", _get(deck, place)) if _is_text(deck, key)]
        others = [fact["id"] for fact in deck["facts"] if _is_text(deck, fact["id"])]
        for name in dict.fromkeys(names):
            other = next((key for key in others if _value(deck, key) != _value(deck, name)), None)
            if other:
                text = _get(deck, place).replace(f"{{{{{name}}}}}", f"{{{{{other}}}}}")
                yield _with_text(deck, place, text)


def wrong_units(deck: Document) -> Iterator[Document]:
    """Euros for dollars, a share for a count, a count for an amount."""
    for index, fact in enumerate(deck["facts"]):
        unit = fact["unit"]
        match unit["format"]:
            case "currency":
                yield _with_fact(deck, index, unit={"format": "currency", "symbol": "EUR"})
            case "percent":
                yield _with_fact(deck, index, unit={"format": "number", "symbol": ""})
            case "count" | "number":
                yield _with_fact(deck, index, unit={"format": "currency", "symbol": "USD"})


def wrong_directions(deck: Document) -> Iterator[Document]:
    """A rise that is called a fall, a highest that is called lowest."""
    for place in _texts(deck):
        text = _get(deck, place)
        for word in re.findall(r"[a-z]+", text):
            if word in OPPOSITES:
                yield _with_text(deck, place, re.sub(rf"\b{word}\b", OPPOSITES[word], text, count=1))


def wrong_charts(deck: Document) -> Iterator[Document]:
    """One value of a chart that is a little larger, or two of its groups in each other's place."""
    for number, slide in enumerate(deck["slides"]):
        for place, block in enumerate(slide["blocks"]):
            if block["type"] != "chart":
                continue
            for series in range(len(block["series"])):
                values = block["series"][series]["values"]
                for index in range(0, len(values), max(1, len(values) // 3)):
                    wrong = copy.deepcopy(deck)
                    own = wrong["slides"][number]["blocks"][place]["series"][series]["values"]
                    own[index] = (own[index] or 1) * 1.02
                    yield wrong
            if len(set(map(str, block["categories"]))) > 1:
                wrong = copy.deepcopy(deck)
                own = wrong["slides"][number]["blocks"][place]["categories"]
                own[0], own[-1] = own[-1], own[0]
                yield wrong


PLANTS: tuple[Plant, ...] = (
    changed_values, swapped_groups, wrong_units, wrong_directions, wrong_charts,
)  # fmt: skip


def _with_fact(deck: Document, index: int, **changes: Any) -> Document:
    wrong = copy.deepcopy(deck)
    fact = wrong["facts"][index]
    fact |= changes
    unit, sign = Unit.model_validate(fact["unit"]), Sign(fact["sign"])
    fact["display"] = fact_display(fact["value"], unit, sign, formatter(deck["brief"]["locale"]))
    return wrong


Place = tuple[str | int, ...]


def _texts(deck: Document) -> Iterator[Place]:
    """Where titles and bullets stand."""
    for number, slide in enumerate(deck["slides"]):
        yield ("slides", number, "title")
        for place, block in enumerate(slide["blocks"]):
            if block["type"] == "bullets":
                yield from (
                    ("slides", number, "blocks", place, "items", item)
                    for item in range(len(block["items"]))
                )


def _get(deck: Document, place: Place) -> str:
    found: Any = deck
    for step in place:
        found = found[step]
    return str(found)


def _with_text(deck: Document, place: Place, text: str) -> Document:
    wrong = copy.deepcopy(deck)
    holder: Any = wrong
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = text
    return wrong


def _fact(deck: Document, key: str) -> Document:
    return next(fact for fact in deck["facts"] if fact["id"] == key)


def _is_text(deck: Document, key: str) -> bool:
    return bool(_fact(deck, key)["unit"]["format"] == "text")


def _value(deck: Document, key: str) -> Any:
    return _fact(deck, key)["value"]
