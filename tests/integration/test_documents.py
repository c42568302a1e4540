"""The documents as programs read them: /llms.txt, and each page of docs/ as Markdown."""

import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import httpx
import pytest

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.name for path in (ROOT / "docs").glob("*.md"))
LINK = re.compile(r"\[[^\[\]]+\]\(([^()\s]+)\)")
CODE = re.compile(r"```.*?```", re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ENTRY = re.compile(r"- \[[^\[\]]+\]\([\w/.-]+\): \S.*")


def anchors(text: str) -> set[str]:
    """The headings of a page, as the usual renderers of Markdown name them."""
    headings = HEADING.findall(CODE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


async def test_every_link_leads_somewhere(api: httpx.AsyncClient) -> None:
    """From llms.txt on, each link of each page is followed, and has the heading that it names."""
    texts: dict[str, str] = {}
    broken, waiting = set(), {("", "/llms.txt")}
    while waiting:
        link = waiting.pop()
        path, heading = urldefrag(link[1])
        if path not in texts:
            answer = await api.get(path)
            texts[path] = answer.text if answer.status_code == 200 else ""
            found = LINK.findall(CODE.sub("", texts[path]))
            waiting |= {(path, urljoin(path, each)) for each in found if "://" not in each}
        if not texts[path] or (heading and heading not in anchors(texts[path])):
            broken.add(link)
    assert broken == set()
    assert set(texts) - {"/docs/README.md"} == {
        "/llms.txt",
        "/openapi.json",
        *(f"/docs/{name}" for name in NAMES if name != "README.md"),
    }


async def test_the_list_has_the_form_of_llms_txt(api: httpx.AsyncClient) -> None:
    """A title, a quote, a paragraph, and sections of which each line is a link with its words."""
    answer = await api.get("/llms.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    about, *sections = answer.text.split("\n## ")
    title, quote, paragraph = about.strip().split("\n\n")
    assert (title, quote[:2], paragraph[0]) == ("# deckgen", "> ", "[")
    assert sections
    for section in sections:
        _, *entries = section.strip().splitlines()
        assert [each for each in filter(None, entries) if not ENTRY.fullmatch(each)] == []


@pytest.mark.parametrize("name", NAMES)
async def test_a_page_is_what_stands_in_docs(api: httpx.AsyncClient, name: str) -> None:
    """But for links to files of the repository, of which the words are left."""
    answer = await api.get(f"/docs/{name}")
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    written = (ROOT / "docs" / name).read_text()
    assert re.sub(r"\[([^\[\]]+)\]\(\.\./[^()]+\)", r"\1", written) == answer.text


@pytest.mark.parametrize("name", ["nothing", "../README", "..%2FREADME", "slide.png"])
async def test_there_is_no_other_page(api: httpx.AsyncClient, name: str) -> None:
    """Names are looked up, and no path is made of them."""
    answer = await api.get(f"/docs/{name}.md")
    assert (answer.status_code, answer.json()["code"]) == (404, "path_not_found")
