"""The texts of a slide that people may write anew, each under the name of its place."""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from deckgen.domain.authorship import Written
from deckgen.domain.blocks import Action, Actions, Block, Bullets, Callout, Message, Messages
from deckgen.domain.decks import Slide
from deckgen.domain.facts import Text

TITLE, NOTES, BULLET = "title", "notes", "bullet"
Change = Callable[[str, Text], Text]

# The texts of a row, by the names of their places.
_OF_MESSAGE = {"message": "text", "support": "support"}
_OF_ACTION = {"action": "action", "evidence": "evidence", "first step": "first_step"}


def places(slide: Slide) -> dict[str, Text]:
    """Returns every text that people may change: `title`, `notes`, `bullet 2`, `message 1`, …"""
    found: dict[str, Text] = {}
    changed(slide, found.setdefault)
    return found


def changed(slide: Slide, change: Change) -> Slide:
    """Returns a slide whose texts were each given to `change`, with the name of its place."""
    counters = {name: count(1) for name in (BULLET, "callout", "row", "move")}

    def of_block(block: Block) -> Block:
        match block:
            case Bullets():
                items = [change(f"{BULLET} {next(counters[BULLET])}", each) for each in block.items]
                return block.model_copy(update={"items": items})
            case Callout():
                place = f"callout {next(counters['callout'])}"
                return block.model_copy(update={"text": change(place, block.text)})
            case Messages():
                rows = [_row(each, _OF_MESSAGE, next(counters["row"]), change) for each in block.items]
                return block.model_copy(update={"items": rows})
            case Actions():
                moves = [_row(each, _OF_ACTION, next(counters["move"]), change) for each in block.items]
                return block.model_copy(update={"items": moves})
        return block

    return slide.model_copy(
        update={
            "title": change(TITLE, slide.title),
            "blocks": [of_block(block) for block in slide.blocks],
            "notes": change(NOTES, slide.notes),
        }
    )


def _row(row: Message | Action, named: dict[str, str], number: int, change: Change) -> Any:
    update = {field: change(f"{name} {number}", getattr(row, field)) for name, field in named.items()}
    return row.model_copy(update=update)


def with_bullets(slide: Slide, items: Sequence[Text]) -> Slide:
    """Returns a slide with other bullets; without any it has no block for them."""
    bullets = Bullets(items=list(items))
    others = [block for block in slide.blocks if not isinstance(block, Bullets)]
    first = next(
        (n for n, block in enumerate(slide.blocks) if isinstance(block, Bullets)), len(slide.blocks)
    )
    blocks = [*others[:first], *([bullets] if items else []), *others[first:]]
    return slide.model_copy(update={"blocks": blocks})


def written_texts(slide: Slide) -> dict[str, Text]:
    """Returns the texts of a slide that are a person's."""
    marked = {each.place for each in slide.written}
    return {place: text for place, text in places(slide).items() if place in marked}


def still_written(before: Slide, after: Slide) -> list[Written]:
    """Returns the marks of a person's texts that stand in a slide that was written anew."""
    texts = places(before)
    known = {(_kind(each.place), texts.get(each.place)): each.author for each in before.written}
    return [
        Written(place=place, author=known[_kind(place), text])
        for place, text in places(after).items()
        if (_kind(place), text) in known
    ]


def _kind(place: str) -> str:
    """Returns what a place is among others: a bullet is the same wherever it stands."""
    return BULLET if place.startswith(BULLET) else place
