"""Templates on the command line: a file is uploaded before the deck that is to wear it is asked for."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.dev.screen import Screen
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.templates import Reference, reference

if TYPE_CHECKING:  # only the command that is called loads it
    from deckgen.client.http import Client

ENDINGS = (".potx", ".pptx")
_LONGEST = 40  # letters of a name


def check(template: str | None) -> None:
    """Raises InvalidRequest for what is neither a file that is there nor a template's name."""
    if template is None or Reference.of(template):
        return
    path = Path(template)
    if path.suffix.lower() not in ENDINGS:
        raise InvalidRequest(
            f"{template} is neither a file that ends in {' or '.join(ENDINGS)} nor a template's "
            f"name, such "
            "as acme or acme@2."
        )
    if not path.is_file():
        raise InvalidRequest(f"There is no file {template}.")


def uploaded(console: Screen, client: "Client", template: str | None) -> str | None:
    """Returns the template by its name; a file is uploaded first, and what was read from it is said."""
    if template is None or Reference.of(template):
        return template
    path = Path(template)
    found = client.put_template(name_of(path), path)
    named = reference(found.name, found.version)
    console.print(f"Reads {path.name} as the template {named}.", highlight=False)
    for remark in found.reading.remarks:
        console.print(f"  {remark}", highlight=False, soft_wrap=True)
    return named


def name_of(path: Path) -> str:
    """Returns the name that a file's template has."""
    letters = re.sub("[^a-z0-9]+", "-", path.stem.casefold()).strip("-")
    return (letters if letters[:1].isalpha() else f"t-{letters}")[:_LONGEST].strip("-")
