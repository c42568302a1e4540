"""The order of a deck's slides, and which are hidden: arranged step by step, saved as one version."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deckgen.domain.editing import EditRequest
from deckgen.domain.errors import Conflict
from deckgen.domain.requests import parse
from deckgen.pages.shell import page, root
from deckgen.pages.studio.deck_opened import Opened, fields, opened
from deckgen.web.state import caller, deck_id, decks, state


@dataclass(frozen=True)
class Arrangement:
    """The ids of all slides in an order, and of those that are hidden."""

    order: list[str]
    hidden: frozenset[str]

    def changed_by(self, action: str) -> "Arrangement":
        """Returns what a button makes of it: `up s3`, `down s3`, `hide s3` or `show s3`."""
        what, _, slide = action.partition(" ")
        if slide not in self.order:
            return self
        if what in ("hide", "show"):
            hidden = self.hidden | {slide} if what == "hide" else self.hidden - {slide}
            return Arrangement(self.order, hidden)
        at = self.order.index(slide)
        to = at + {"up": -1, "down": 1}.get(what, 0)
        order = [name for name in self.order if name != slide]
        order.insert(max(to, 0), slide)
        return Arrangement(order, self.hidden)


async def show(request: Request) -> Response:
    """Show the slides as they stand."""
    return await _shown(request)


async def change(request: Request) -> Response:
    """Move or hide a slide on the page; "save" makes a version of what stands there."""
    name = deck_id(request)
    sent = await fields(request)
    wanted = Arrangement(sent.get("order", "").split(), frozenset(sent.get("hidden", "").split()))
    base, action = sent.get("base", ""), sent.get("do", "")
    if action != "save":
        return await _shown(request, wanted.changed_by(action), base, moved=action)
    deck = await opened(request)
    slides = [
        {"id": each.id, "hidden": each.id in wanted.hidden}
        for each in deck.slides
        if each.slide.hidden != (each.id in wanted.hidden)
    ]
    edit = {
        "slides": slides,
        "order": wanted.order,
        "baseVersion": int(base) if base.isdecimal() else 0,
    }
    try:
        with state(request).previews.one_more(caller(request)):
            await decks(request).edits.save(name, parse(EditRequest, edit))
    except Conflict as error:
        if error.code not in ("deck_changed", "deck_in_work"):
            raise
        return await _shown(request, wanted, status=409, code=error.code)
    return RedirectResponse(f"{root(request)}/decks/{name}", 303)


async def _shown(
    request: Request,
    wanted: Arrangement | None = None,
    base: str = "",
    *,
    moved: str = "",
    status: int = 200,
    code: str = "",
) -> Response:
    deck = await opened(request)
    arranged = _fitting(deck, wanted)
    places = {each.id: each for each in deck.slides}
    return page(
        request,
        "studio/deck_order.html",
        status=status,
        opened=deck,
        slides=[places[name] for name in arranged.order],
        arranged=arranged,
        is_changed=arranged != _fitting(deck, None),
        base=base or deck.version,
        moved=moved,
        code=code,
    )


def _fitting(deck: Opened, wanted: Arrangement | None) -> Arrangement:
    """Returns an arrangement of the slides that there are: those it doesn't name stand at the end."""
    there = [each.id for each in deck.slides]
    if wanted is None:
        return Arrangement(there, frozenset(each.id for each in deck.slides if each.slide.hidden))
    named = [name for name in dict.fromkeys(wanted.order) if name in there]
    order = [*named, *(name for name in there if name not in named)]
    return Arrangement(order, wanted.hidden & set(there))
