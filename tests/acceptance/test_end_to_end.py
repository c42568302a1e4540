"""The whole line with nothing but real parts: API, `arq` worker, orchestrator, PostgreSQL, Valkey."""

import io
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pptx
import pytest

from deckgen.client.answers import GenerationFailed
from deckgen.client.http import Client
from deckgen.dev.stack import Stack
from deckgen.domain.decks import Deck
from deckgen.domain.documents import canonical_json
from deckgen.domain.facts import unbound_numerals
from deckgen.domain.jobs import JobStatus
from tests.patience import PATIENCE_SECONDS

EXAMPLE = Path(__file__).parents[2] / "examples" / "newspaper_revenue.csv"
BRIEF = "How did newspaper revenue develop?"


@pytest.fixture(scope="module")
def stack(
    module_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """One for all tests: each makes decks of its own, and the last one ends it."""
    quick = {"RECONCILE_SECONDS": "0.5", "DRAIN_SECONDS": str(PATIENCE_SECONDS)}
    quick["ORCHESTRATOR_TOKEN"] = "t" * 32
    with Stack(module_environment | quick, tmp_path_factory.mktemp("stack")) as running:
        yield running


@pytest.fixture
def client(stack: Stack) -> Iterator[Client]:
    with Client(stack.url) as client:
        yield client


@pytest.fixture
def deck_id(request: pytest.FixtureRequest) -> str:
    return str(request.node.name)


def make(client: Client, deck_id: str, csv: Path | None = EXAMPLE) -> bytes:
    """The deck as JSON, made through the HTTP API."""
    submitted = client.submit(csv, BRIEF, deck_id=deck_id, user_id="u")
    client.wait(submitted.job_id)
    return canonical_json(presentation(client, deck_id)["deck"])


def presentation(client: Client, deck_id: str) -> dict[str, object]:
    answer: dict[str, object] = httpx.get(
        f"{client.base_url}/api/presentations/{deck_id}", timeout=PATIENCE_SECONDS
    ).json()
    return answer


def test_same_input_same_deck(client: Client) -> None:
    """The deck's JSON is the same to the byte for every job with the same input."""
    assert make(client, "first") == make(client, "second")


def test_a_brief_alone(client: Client, deck_id: str) -> None:
    """Without data there is a deck to work from, and not one number that somebody made up."""
    deck = Deck.model_validate_json(make(client, deck_id, csv=None))
    assert deck.source is None
    assert deck.facts == []
    texts = list(strings(deck.storyline.to_json()))
    texts += [text for slide in deck.slides for text in strings(slide.to_json()["blocks"])]
    texts += [text for slide in deck.slides for text in (slide.title, slide.notes)]
    assert [word for text in texts for word in unbound_numerals(text)] == []


def strings(value: object) -> Iterator[str]:
    """Every text inside of a JSON value, without the names of members."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, member in value.items():
            if name not in ("type", "sql"):
                yield from strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from strings(member)


def test_data_that_cannot_be_read_fails_the_job(client: Client, deck_id: str, tmp_path: Path) -> None:
    """What the first look can't see is found by the worker: failed at once, with what to do."""
    ragged = tmp_path / "ragged.csv"
    ragged.write_text("a,b\n" + "1,2\n" * 20_000 + "\x00\x01\x02" * 50_000)
    submitted = client.submit(ragged, BRIEF, deck_id=deck_id, user_id="u")
    with pytest.raises(GenerationFailed) as caught:
        client.wait(submitted.job_id)
    job = client.job(submitted.job_id)
    assert (job.status, job.attempts) == (JobStatus.FAILED, 1)
    assert caught.value.code == "binary_data"
    assert presentation(client, deck_id)["status"] == "error"
    assert presentation(client, deck_id)["errorMessage"] == caught.value.message


def test_what_the_request_says_of_columns(client: Client, deck_id: str, tmp_path: Path) -> None:
    """A role that is asked for over HTTP stands in the deck with that reason; a column that the table
    does not have fails the job at once, with the names of those that it has."""
    table = tmp_path / "t.csv"
    table.write_text("Store No,amount\n" + "".join(f"{n % 4},{n * 7 % 50}\n" for n in range(60)))
    columns = {"store no": {"additivity": "flow", "unit": "EUR"}}
    asked = client.submit(table, "", deck_id=deck_id, user_id="u", context={"columns": columns})
    client.wait(asked.job_id)
    deck = Deck.model_validate(presentation(client, deck_id)["deck"])
    assert deck.source is not None
    store = deck.source.columns[0]
    assert (store.role, store.additivity, store.symbol) == ("measure", "flow", "EUR")
    assert "the request says so" in store.reason
    wrong = {"columns": {"shop": {"role": "dimension"}}}
    refused = client.submit(table, "", deck_id=deck_id, user_id="u", context=wrong)
    with pytest.raises(GenerationFailed, match="Store No, amount") as caught:
        client.wait(refused.job_id)
    assert caught.value.code == "unknown_column"
    assert client.job(refused.job_id).attempts == 1


def test_a_setting_that_the_table_refutes(client: Client, deck_id: str, tmp_path: Path) -> None:
    """A setting that can't be fails the job at its first attempt, and names itself by its path."""
    table = tmp_path / "t.csv"
    table.write_text("Store,amount\n" + "".join(f"{'ab'[n % 2]},{n * 7 % 50}\n" for n in range(60)))
    wrong = {"table": {"timeAxis": "Store"}}
    refused = client.submit(table, "", deck_id=deck_id, user_id="u", context=wrong)
    with pytest.raises(GenerationFailed, match="timeAxis names “Store”, but its cells are") as caught:
        client.wait(refused.job_id)
    assert caught.value.code == "unknown_column"
    assert client.job(refused.job_id).attempts == 1


def test_a_killed_worker_costs_nothing(stack: Stack, client: Client) -> None:
    """The job of a worker that is killed goes on in the next one, to the same deck."""
    deck = make(client, "before")
    submitted = client.submit(EXAMPLE, BRIEF, deck_id="after", user_id="u")
    while client.job(submitted.job_id).status is JobStatus.WAITING:
        pass
    stack.processes["worker"].send_signal(signal.SIGKILL)
    stack.processes["worker"].wait()
    stack.start_one("worker")
    client.wait(submitted.job_id)
    assert canonical_json(presentation(client, "after")["deck"]) == deck


def test_from_a_csv_to_a_deck(stack: Stack, client: Client, deck_id: str) -> None:
    """A posted CSV becomes a deck whose checks all hold, which can be verified, in three forms with the
    same slides; then SIGTERM ends every process by itself."""
    submitted = client.submit(EXAMPLE, BRIEF, deck_id=deck_id, user_id="u")
    job = client.wait(submitted.job_id)
    deck = Deck.model_validate(presentation(client, deck_id)["deck"])
    assert (job.status, job.progress.percent, job.attempts) == (JobStatus.COMPLETED, 100, 1)
    assert deck.source is not None
    assert (deck.source.name, deck.source.rows) == ("newspaper_revenue.csv", 65)
    assert [check.name for check in deck.quality if not check.passed] == []
    assert 6 <= len(deck.slides) <= 12
    file = httpx.get(f"{stack.url}/api/presentations/{deck_id}.pptx", timeout=PATIENCE_SECONDS)
    assert len(pptx.Presentation(io.BytesIO(file.content)).slides) == len(deck.slides)
    verification = httpx.post(
        f"{stack.url}/api/presentations/{deck_id}/verify", timeout=PATIENCE_SECONDS
    ).json()
    assert (verification["verified"], verification["facts"]) == (True, len(deck.facts))
    signature = verification["signature"]
    assert (signature["status"], signature["known"]) == ("valid", True)
    page = httpx.get(f"{stack.url}/decks/{deck_id}", timeout=PATIENCE_SECONDS)
    assert page.status_code == 200
    assert "{{" not in page.text
    # The end of all: no test may follow.
    assert stack.stop() == {"orchestrator": 0, "api": 0, "worker": 0}
