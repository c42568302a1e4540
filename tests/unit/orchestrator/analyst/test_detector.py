"""Wrong numbers planted in sound decks are found, and sound decks are left in peace."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckgen.domain.decks import Deck
from deckgen.domain.documents import canonical_json
from deckgen.orchestrator.verifier import Recomputation, compare, recomputed, verify
from deckgen.orchestrator.verifier.recomputation import info_of
from tests.unit.orchestrator.analyst.engine import Run, run_table
from tests.unit.orchestrator.analyst.planted import PLANTS, Plant
from tests.unit.orchestrator.analyst.test_engine_decks import orders

pytestmark = pytest.mark.slow
NEWSPAPERS = Path(__file__).parents[4] / "examples" / "newspaper_revenue.csv"


TABLES = {
    "orders": "How did sales change from June to July 2024? Which region leads?",
    "newspapers": "",
}


@pytest.fixture(scope="module", params=TABLES)
def sound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    path = tmp_path_factory.mktemp("sound") / f"{request.param}.csv"
    table = orders() if request.param == "orders" else NEWSPAPERS.read_bytes()
    return run_table(path, table, TABLES[request.param])


@pytest.fixture(scope="module")
def again(sound: Run) -> Iterator[Recomputation]:
    """What its data give, computed once for all decks that say something else."""
    assert sound.deck.source is not None
    with recomputed(sound.brief, info_of(sound.path.name, sound.path), sound.path) as again:
        yield again


def test_a_sound_deck_is_verified(sound: Run) -> None:
    """Nothing is said against a deck that was read again as JSON."""
    deck = Deck.model_validate_json(canonical_json(sound.deck.to_json()))
    found = verify(deck, sound.path)
    assert [check for check in found.checks if not check.passed] == []
    assert (found.verified, found.facts, found.unproved) == (True, len(deck.facts), [])


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_planted_errors_are_found(sound: Run, again: Recomputation, plant: Plant) -> None:
    """Of all wrong values, groups, units, directions and bars that were planted, every one is named."""
    decks = list(plant(sound.deck.to_json()))
    found = Counter(compare(Deck.model_validate(deck), again).verified for deck in decks)
    assert found[False] == len(decks)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_planted_errors_are_found_in_decks_of_another_version(
    sound: Run, again: Recomputation, plant: Plant
) -> None:
    """A deck that may have been composed otherwise never holds. By the checks that every deck goes
    through, and by its labels, every wrong value, group, unit and bar is found, and most directions."""
    stranger = sound.deck.model_copy(update={"made_with": "deckgen 0.0.1"})
    decks = list(plant(stranger.to_json()))
    assert compare(stranger, again).verified is None
    found = Counter(compare(Deck.model_validate(deck), again).verified for deck in decks)
    least = 0.75 if plant.__name__ == "wrong_directions" else 1.0
    assert found[False] >= least * len(decks), found
    assert found[True] == 0
