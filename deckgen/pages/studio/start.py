"""The first page: a question and a table become a deck."""

import re
import secrets
import unicodedata
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deckgen.domain.access import Caller, Scope
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.job_kinds.generate import GenerateRequest
from deckgen.domain.new_decks import FORM, NewDeckForm
from deckgen.domain.requests import parse
from deckgen.export.themes.theme import names
from deckgen.pages.shell import page, root
from deckgen.pages.studio.preview import Preview
from deckgen.web.state import caller, decks, state
from deckgen.web.uploads import read_with_table

TEMPLATE = "studio/start.html"
AUDIENCES = ("executives", "analysts")  # whose decks are of another kind
ON_THIS_MACHINE = "local"  # the user of decks where nobody signs in
MOST_LETTERS, RANDOM_LETTERS = 40, 8  # of a deck's id
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for one another


async def show(request: Request) -> Response:
    """Ask for a question and a table; who may only read is led to the decks."""
    if Scope.WRITE not in caller(request).scopes:
        return RedirectResponse(f"{root(request)}/decks", 303)
    return shown(request, NewDeckForm())


async def make(request: Request) -> Response:
    """Make the deck that the form asks for, and lead to its page; or say why that can't be."""
    form = parse(NewDeckForm, await values_of(request, FORM))
    if form.lost_file:
        return shown(request, form, file_is_lost=True)
    deck_id = new_deck_id(form.question)
    try:
        wanted = parse(GenerateRequest, _wanted(form, deck_id, user_of(caller(request))))
        await decks(request).submit(wanted)
    except InvalidRequest as error:
        return shown(request, form, status=422, errors=error.errors or (FieldError("", error.message),))
    return RedirectResponse(f"{root(request)}/decks/{deck_id}", 303)


async def values_of(request: Request, route: str) -> dict[str, Any]:
    """Returns the fields of the form, which was sent to the route of that name."""
    shared = state(request)
    values: dict[str, Any] = await read_with_table(request, route, shared.settings, shared.readers)
    return values


def _wanted(form: NewDeckForm, deck_id: str, user_id: str) -> dict[str, Any]:
    wanted: dict[str, Any] = {"deckId": deck_id, "userId": user_id, "context": form.context}
    if table := form.table():
        wanted |= {"csvData": table[0], "csvName": table[1]}
    return wanted


def shown(
    request: Request,
    form: NewDeckForm,
    *,
    status: int = 200,
    errors: tuple[FieldError, ...] = (),
    file_is_lost: bool = False,
    preview: Preview | None = None,
) -> Response:
    """Returns the page with what was typed and chosen, and how the table is read if that is known."""
    return page(
        request, TEMPLATE, status=status, form=form, errors=errors, file_is_lost=file_is_lost,
        preview=preview, themes=names(), audiences=AUDIENCES,
    )  # fmt: skip


def user_of(who: Caller) -> str:
    """Returns whose a deck is that is made on the pages: the user's, or else of the key itself."""
    return who.user_id or who.name.partition(":")[2] or ON_THIS_MACHINE


def new_deck_id(question: str) -> str:
    """Returns an id that nobody has yet; it says what its deck is about, as files are named by it."""
    plain = unicodedata.normalize("NFKD", question).encode("ascii", "ignore").decode().lower()
    name = ""
    for word in re.findall("[a-z0-9]+", plain):
        if len(name) + len(word) > MOST_LETTERS:
            break
        name += f"{word}-"
    random = "".join(secrets.choice(LETTERS) for _ in range(RANDOM_LETTERS))
    return f"{name or 'deck-'}{random}"
