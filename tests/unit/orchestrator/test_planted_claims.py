"""What finished decks claim is computed again: an error in a sentence or in a claim is found."""

from collections.abc import Iterable, Iterator
from itertools import islice

import pytest

from deckgen.domain.decks import Deck, Verification
from deckgen.orchestrator.analyst.proof.checks import rendered
from deckgen.orchestrator.verifier import Recomputation, compare, recomputed
from deckgen.orchestrator.verifier.recomputation import info_of
from tests.by_model import by_model
from tests.question_tables import TABLES
from tests.samples import sampled
from tests.unit.orchestrator.analyst.engine import Run, run_table
from tests.unit.orchestrator.planted_claims import SENTENCES, Plant, changed_claims

pytestmark = [pytest.mark.slow, pytest.mark.sweeps]
BRIEFS = (
    ("sales", "How did revenue develop in each region? Which region leads?"),
    ("sales", "Which region made the difference in 2024? What revenue can we expect next quarter?"),
    ("budget", "Which sites are behind budget?"),
    ("dishes", "Which dishes earn most? How did cost develop?"),
    ("dishes", "Where do we lose margin? What should we do?"),
    ("ads", "Which channel brings most conversions?"),
    ("departments", "How did headcount change by department?"),
    ("customers", "Which segment brings the most revenue?"),
    ("papers", "How did revenue and ads develop?"),
    ("bookings", "Which desk has the most bookings, and how did they develop?"),
    ("discounts", "Does profit depend on the discount?"),
    ("prices", "What would happen if we raised prices by 10%?"),
    ("members", "Why do members leave us? Do the contracts differ significantly in churn?"),
)
# Each error of each kind is planted in these: in regions, in plans, in customers, and in a scenario.
SAMPLE = (BRIEFS[0], BRIEFS[2], BRIEFS[11], BRIEFS[12])
MOST = 12  # decks of a plant, of each table
ANOTHER = "deckgen 0.0.1"
# They compare a deck with what this version composes, which a deck of another version need not be.
COMPOSED = ("slides_composed_again", "facts_found_again", "quality_is_the_same")


@pytest.fixture(
    scope="module", params=sampled(BRIEFS, *SAMPLE), ids=lambda asked: f"{asked[0]}: {asked[1]}"
)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    name, brief = request.param
    rows: list[Iterable[object]] = [
        TABLES[name].english.split(","),
        *(list(row) for row in TABLES[name].rows),
    ]
    return run_table(tmp_path_factory.mktemp("planted") / f"{name}.csv", rows, brief)


@pytest.fixture(scope="module")
def drawn(run: Run) -> dict[str, list[str]]:
    return rendered.problems(run.deck)


@pytest.fixture(autouse=True)
def _drawn_once(drawn: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """No error is to be found by how it looks in the file, whose drawing takes most of the time."""
    monkeypatch.setattr(rendered, "problems", lambda deck: drawn)


@pytest.fixture(scope="module")
def again(run: Run) -> Iterator[Recomputation]:
    with recomputed(run.brief, info_of(run.path.name, run.path), run.path) as again:
        yield again


@pytest.fixture(scope="module", params=["offline", "by a model", "of another version"])
def deck(request: pytest.FixtureRequest, run: Run) -> Deck:
    if request.param == "by a model":
        return by_model(run)
    version = ANOTHER if request.param == "of another version" else run.deck.made_with
    return run.deck.model_copy(update={"made_with": version})


def named(deck: Deck, again: Recomputation) -> set[str]:
    """What a verification says of a deck, by who trusts its signer."""
    found: Verification = compare(deck, again).believing_the_signer()
    left_out = COMPOSED if deck.made_with == ANOTHER else ()
    checks = [check for check in found.checks if check.name not in left_out]
    return {sentence for check in checks for sentence in (*check.problems, *check.unproved)}


@pytest.fixture(scope="module")
def clean(deck: Deck, again: Recomputation) -> set[str]:
    """What is named of the deck without an error."""
    return named(deck, again)


def test_a_sound_deck_has_sound_claims(deck: Deck, clean: set[str]) -> None:
    """Each claim follows from its facts, and nothing is named but another version."""
    assert deck.claims
    assert all(claim.told for claim in deck.claims)
    assert not clean or (deck.made_with == ANOTHER and len(clean) == 1), clean


@pytest.mark.parametrize("plant", [*SENTENCES, changed_claims], ids=lambda plant: plant.__name__)
def test_planted_errors_are_named(
    deck: Deck, again: Recomputation, clean: set[str], plant: Plant
) -> None:
    """Every wrong measure, group, period, direction, rank, "a year", "most", "only", every swapped
    number and every changed claim, whoever is said to have made the deck.
    """
    for planted in islice(plant(deck.to_json()), MOST):
        assert named(Deck.model_validate(planted), again) - clean, planted["slides"]


def test_a_deck_without_claims_holds(run: Run, again: Recomputation) -> None:
    """Decks of earlier versions have none, and are verified as they were."""
    deck = run.deck.model_copy(update={"claims": []})
    assert "claims" not in deck.to_json()
    assert compare(deck, again).verified is True
