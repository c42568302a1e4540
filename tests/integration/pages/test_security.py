"""What a browser may do with pages, and from where they are changed."""

import re
from collections.abc import Iterator

import httpx
import pytest

from deckgen.pages.routes import routes
from deckgen.pages.routing import PageRoute
from deckgen.pages.security import HEADERS
from deckgen.pages.static import assets
from deckgen.queue.service import AsyncOrchestrator
from tests.keys import new_key
from tests.people import form, sign_in

STYLED = re.compile(r"<style|\bstyle=|\bon[a-z]+=|<script(?! src=)|javascript:", re.I)


def paths(method: str) -> Iterator[str]:
    for route in routes():
        if isinstance(route, PageRoute) and method in (route.methods or ()):
            yield route.path.replace("{deck_id}", "unknown")


@pytest.mark.parametrize("path", [*paths("GET"), "/nowhere", "/api/ai/jobs/x", "/share/x"])
async def test_every_page_has_the_headers(person: httpx.AsyncClient, path: str) -> None:
    """Whatever a browser gets to see, errors too, runs no foreign script and stands in no frame."""
    answer = await person.get(path)
    assert answer.headers.items() >= {name.lower(): value for name, value in HEADERS.items()}.items()


@pytest.mark.parametrize("path", [*paths("GET"), "/nowhere"])
async def test_no_page_has_script_or_style_of_its_own(person: httpx.AsyncClient, path: str) -> None:
    """All of it is in files: the policy would refuse the rest."""
    assert not STYLED.search((await person.get(path)).text)


async def test_the_policy_is_strict(person: httpx.AsyncClient) -> None:
    """Nothing from elsewhere, nothing inline, nothing evaluated."""
    policy = (await person.get("/")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", [*paths("POST")])
@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {},
    ],
    ids=str,
)
async def test_another_site_changes_nothing(
    stranger: httpx.AsyncClient, decks: AsyncOrchestrator, path: str, sent: dict[str, str]
) -> None:
    """With a session too, a form from elsewhere, or from nobody knows where, is refused."""
    key = await new_key(decks)
    await sign_in(stranger, key)
    del stranger.headers["Origin"]
    answer = await stranger.post(path, headers=sent, **form(question="How?", key=key))
    assert answer.status_code == 403
    assert (await decks.find_jobs({})).jobs == []
    stranger.headers["Accept"] = "*/*"
    expected = "foreign_origin" if sent else "origin_missing"
    assert (await stranger.post(path, headers=sent)).json()["code"] == expected


@pytest.mark.parametrize("sent", [{"Sec-Fetch-Site": "same-origin"}, None], ids=str)
async def test_our_own_page_changes_things(
    stranger: httpx.AsyncClient, decks: AsyncOrchestrator, sent: dict[str, str] | None
) -> None:
    """The control: the same form from our own page makes a deck."""
    await sign_in(stranger, await new_key(decks))
    if sent:
        del stranger.headers["Origin"]
    answer = await stranger.post("/", headers=sent, **form(question="How?"))
    assert answer.status_code == 303
    assert len((await decks.find_jobs({})).jobs) == 1


async def test_another_type_of_body(person: httpx.AsyncClient) -> None:
    """A form is taken in the one form that pages send it in."""
    for path in ("/", "/sign-in"):
        assert (await person.post(path, data={"question": "How?"})).status_code == 415


async def test_files_are_kept_for_good(person: httpx.AsyncClient) -> None:
    """Each has its hash in its address; under another one it is served, and not kept."""
    page = (await person.get("/console")).text  # which has a style beside that of all pages
    for asset in assets().values():
        answer = await person.get(asset.path)
        assert answer.content == asset.content
        assert "immutable" in answer.headers["cache-control"]
        former = await person.get(f"/static/0/{asset.name}")
        assert (former.status_code, former.headers["cache-control"]) == (200, "no-cache")
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert loaded
    assert loaded <= {asset.path for asset in assets().values()}
    assert (await person.get("/static/0/nothing.js")).status_code == 404


async def test_the_first_page_is_light(person: httpx.AsyncClient) -> None:
    """With script and style it has at most 100 kB as it is sent, and no script holds up its paint."""
    page = await person.get("/")
    sent = 0
    for path in ("/", *(asset.path for asset in assets().values())):
        async with person.stream("GET", path) as answer:
            sent += len(b"".join([chunk async for chunk in answer.aiter_raw()]))
    assert sent <= 100_000
    assert re.findall(r"<script(?![^>]* defer)", page.text) == []
