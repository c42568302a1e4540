"""The documents in Markdown, and what llms.txt says of them."""

import re
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
# An installed package carries the pages inside itself; a checkout has docs/ at its top.
PAGES = PACKAGE / "docs" if (PACKAGE / "docs").is_dir() else PACKAGE.parent / "docs"
INDEX = "README"
ABOUT = """# deckgen

> deckgen makes a business presentation out of a table of data and a brief, in the background: a
> request gets a job's id at once, and the deck is read as JSON, as a page, as a PowerPoint file or as
> a PDF. Every number in it can be proved.

[openapi.json](openapi.json) describes each request of this server. The pages below are Markdown, of
the release that runs here.
"""
# Files of the repository, which no server has.
_ELSEWHERE = re.compile(r"\[([^\[\]]+)\]\(\.\./[^()\s]+\)")
_UNSERVED = re.compile(r"^- (?!\[).*\n", re.MULTILINE)
_LINK = re.compile(r"\]\((?=[\w-]+\.md[)#])")
_CONTINUED = re.compile(r"\n +(?=\S)")


@cache
def pages() -> dict[str, str]:
    """Returns every page by its name; what leads out of docs/ has its words alone."""
    return {
        path.stem: _ELSEWHERE.sub(r"\1", path.read_text(encoding="utf-8"))
        for path in sorted(PAGES.glob("*.md"))
    }


def listed() -> str:
    """Returns the index of docs/ in the form of llmstxt.org, to be read one folder above."""
    _, _, sections = pages()[INDEX].partition("\n")
    entries = _UNSERVED.sub("", _CONTINUED.sub(" ", sections))
    return ABOUT + _LINK.sub("](docs/", entries)
