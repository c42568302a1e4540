"""The reference of the API: the document, its page, and the pages of errors."""

import gzip

import httpx
import pytest

from deckgen.web.error_codes import error_codes


@pytest.mark.parametrize(
    "path",
    [
        *("/openapi.json", "/docs", "/docs/errors", "/docs/errors/job_not_found"),
        *("/llms.txt", "/docs/errors.md"),
    ],
)
async def test_it_is_kept_by_clients(api: httpx.AsyncClient, path: str) -> None:
    """Whoever has it is told that it is still the same."""
    first = await api.get(path)
    again = await api.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


async def test_the_page_is_light_and_loads_nothing(api: httpx.AsyncClient) -> None:
    """At most 300 kB compressed, and no script but its own, by a policy of the server's."""
    page = await api.get("/docs")
    assert len(gzip.compress(page.content)) <= 300_000
    assert page.text.count("<script") == 1
    assert "src=" not in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


async def test_a_problem_leads_to_its_page(api: httpx.AsyncClient) -> None:
    """Which says what the code means and what to do."""
    problem = (await api.get("/api/ai/jobs/6b0f5f0e-5a53-4d35-8a75-5a9c1b8f7f3e")).json()
    page = await api.get(problem["type"])
    assert page.status_code == 200
    assert "There is no such job, or it is not kept any more." in page.text


async def test_every_code_has_a_page(api: httpx.AsyncClient) -> None:
    """And the list leads to it."""
    listed = (await api.get("/docs/errors")).text
    for code in error_codes():
        assert f'href="errors/{code}"' in listed
        assert (await api.get(f"/docs/errors/{code}")).status_code == 200


async def test_an_unknown_code(api: httpx.AsyncClient) -> None:
    """404, as for any path that there is not."""
    answer = await api.get("/docs/errors/nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "path_not_found")
