"""The table of the form, looked at: with script a part of the page, without it the page anew."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.new_decks import LOOK, NewDeckForm
from deckgen.domain.requests import parse
from deckgen.pages.routing import FROM_HTMX
from deckgen.pages.shell import page
from deckgen.pages.studio import preview, start

PACKAGE = Path(__file__).parents[2]
# An installed package carries the example inside itself; a checkout has examples/ at its top.
FOLDER = PACKAGE / "examples" if (PACKAGE / "examples").is_dir() else PACKAGE.parent / "examples"
EXAMPLE = FOLDER / "newspaper_revenue.csv"
QUESTION = "How did revenue develop, and when did it fall most?"


async def look(request: Request) -> Response:
    """Show how the table of the form is read; nothing is kept, and no deck is made."""
    form = parse(NewDeckForm, await start.values_of(request, LOOK))
    if form.example:
        form = _example(form)
    is_part = FROM_HTMX in request.headers
    found = await preview.of(request, form, holds=not is_part)
    if is_part:
        return page(request, "studio/preview.html", preview=found)
    return start.shown(request, form, preview=found)


def _example(form: NewDeckForm) -> NewDeckForm:
    """Returns the form with the table of the examples, and a question about it."""
    return NewDeckForm(
        question=form.question.strip() or QUESTION,
        csv_data=EXAMPLE.read_bytes(),
        csv_name=EXAMPLE.name,
    )
