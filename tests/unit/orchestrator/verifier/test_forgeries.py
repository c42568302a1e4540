"""No forged deck holds, whatever it says of itself; sound ones do, a model's among them."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deckgen.domain.decks import Deck, Proof
from deckgen.domain.errors import UnreadableData
from deckgen.domain.facts import references
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst.proof.checks import checks
from deckgen.orchestrator.analyst.sql import limits
from deckgen.orchestrator.model.slide_tasks import facts_of
from deckgen.orchestrator.verifier import Recomputation, compare, recomputed, verify
from deckgen.orchestrator.verifier.recomputation import info_of
from deckgen.orchestrator.verifier.verdict import carefully, within_limits
from tests.by_model import by_model
from tests.forged_claims import CLAIMS, UNPROVED, points_about_other_facts
from tests.forgeries import FILES, NUMBERS, Forgery
from tests.samples import sampled
from tests.unit.orchestrator.analyst.engine import Run, run_table
from tests.unit.orchestrator.sound_decks import BRIEFS, sound_deck

pytestmark = [pytest.mark.slow, pytest.mark.sweeps]


@pytest.fixture(scope="module", params=sampled(BRIEFS, "orders"))
def sound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return sound_deck(request.param, tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="module")
def again(sound: Run) -> Iterator[Recomputation]:
    with recomputed(sound.brief, info_of(sound.path.name, sound.path), sound.path) as again:
        yield again


@pytest.fixture(scope="module", params=["offline", "model"])
def deck(request: pytest.FixtureRequest, sound: Run) -> Any:
    """A sound deck as JSON."""
    made = sound.deck if request.param == "offline" else by_model(sound)
    return made.to_json()


def test_a_sound_deck_holds(sound: Run, deck: Any) -> None:
    """The control: unforged, the same deck holds in each part, for who trusts the signer of a model's
    words; for others these are not proved.
    """
    found = verify(Deck.model_validate(deck), sound.path)
    if any(slide["made"]["engine"] == "model" for slide in deck["slides"]):
        assert found.verified is None
        found = found.believing_the_signer()
    assert [(one.problems, one.unproved) for one in found.checks if not one.passed] == []
    assert found.verified is True


def forged(deck: Any, forgery: Forgery) -> Deck:
    changed = copy.deepcopy(deck)
    forgery(changed)
    assert changed != deck
    return Deck.model_validate(changed)


@pytest.mark.parametrize("forgery", NUMBERS + CLAIMS, ids=lambda forgery: forgery.__name__)
def test_a_forged_deck_does_not_hold(deck: Any, again: Recomputation, forgery: Forgery) -> None:
    """What contradicts the data, or is not what they make, is named."""
    found = compare(forged(deck, forgery), again)
    assert found.verified is False
    assert all(one.problems for one in found.checks if one.passed is False)


def test_points_about_other_facts_do_not_pass(deck: Any, again: Recomputation) -> None:
    """Points that changed places contradict the data, or their facts are not proved to belong there."""
    found = compare(forged(deck, points_about_other_facts), again)
    assert found.verified is not True
    assert any(one.problems or one.unproved for one in found.checks if one.passed is not True)


@pytest.mark.parametrize("forgery", UNPROVED, ids=lambda forgery: forgery.__name__)
def test_a_claim_gains_nothing(deck: Any, again: Recomputation, forgery: Forgery) -> None:
    """What only another version could tell is not proved, and the reason is given."""
    found = compare(forged(deck, forgery), again)
    assert found.verified is None
    assert found.unproved


def points_of(slide: Any) -> list[str]:
    return [text for each in slide["blocks"] if each["type"] == "bullets" for text in each["items"]]


def test_facts_of_other_slides_are_not_proved_to_belong(again: Recomputation, sound: Run) -> None:
    """A user may have had a slide cite what another is about: the number is true, and no more."""
    deck = by_model(sound).to_json()
    slide = next(
        one for one in deck["slides"] if one["layout"] == "chart" and one["made"]["engine"] == "model"
    )
    points = next(block["items"] for block in slide["blocks"] if block["type"] == "bullets")
    draft = next(each for each in again.draft.slides if each.id == slide["id"])
    own = {fact.id for fact in facts_of(draft, again.findings)}
    elsewhere = [
        set(references(" ".join([each["title"], *points_of(each)])))
        for each in deck["slides"]
        if each["layout"] == "chart" and each is not slide
    ]
    other = next(
        fact["id"]
        for fact in deck["facts"]
        if fact["id"] not in own and any(fact["id"] in names for names in elsewhere)
    )
    points.append(f"What is seen here comes beside {{{{{other}}}}}")
    found = compare(as_made(deck, again), again).believing_the_signer()
    assert found.verified is None, found.checks
    assert f"{slide['id']} cites {other} of other slides" in found.unproved[0]


def test_a_group_that_no_fact_is_about_is_named(tmp_path: Path) -> None:
    """Who writes out another group's name beside a number of this slide is found out."""
    rows = [
        (region, f"2024-{month:02}-01", 1000 * (place + 1) + 37 * month * (2 - place))
        for place, region in enumerate(("North", "East", "South", "West"))
        for month in range(1, 13)
    ]
    run = run_table(tmp_path / "regions.csv", [("region", "month", "sales"), *rows], "How are sales?")
    with recomputed(run.brief, info_of(run.path.name, run.path), run.path) as again:
        deck = by_model(run).to_json()
        assert compare(Deck.model_validate(deck), again).believing_the_signer().verified
        told = [one for one in deck["slides"] if one["made"]["engine"] == "model"][2:]
        for slide in told:
            items = next(block["items"] for block in slide["blocks"] if block["type"] == "bullets")
            for name in ("North", "East", "South", "West"):
                items[0] = f"{items[0]}, which {name} alone made"
        found = compare(Deck.model_validate(deck), again)
    assert any("it speaks of “" in one for check in found.checks for one in check.problems)


def test_who_wrote_is_proved_by_nobody_but_the_signer(sound: Run, again: Recomputation) -> None:
    """Words that keep to the rules, and a reason that anybody made up, are not proved by the data."""
    words, reason = sound.deck.to_json(), sound.deck.to_json()
    for slide in words["slides"]:
        if slide["layout"] == "title":
            slide["made"] |= {"engine": "model", "model": "gpt-test", "promptVersion": "v1"}
            slide["title"] = words["title"] = "What the table shows at a glance"
    said = next(one for one in reason["slides"] if one["layout"] == "chart")
    said["made"] |= {"fallback": True, "reason": "An auditor says that it was a tenth of that."}
    for deck in (words, reason):
        assert compare(as_made(deck, again), again).verified is None


def as_made(deck: Any, again: Recomputation) -> Deck:
    """A deck with the claims and the checks that it has."""
    read = analyst.retold(Deck.model_validate(deck))
    return read.model_copy(update={"quality": checks(read, again.table)})


@pytest.mark.parametrize("forgery", [None, *FILES], ids=lambda one: one.__name__ if one else "none")
def test_another_file_is_told(sound: Run, forgery: Forgery | None) -> None:
    """The bytes of the table are those that the deck names, or nothing else matters."""
    deck = sound.deck.to_json()
    if forgery is not None:
        forgery(deck)
    assert verify(Deck.model_validate(deck), sound.path).verified is (forgery is None)


def test_what_takes_too_long_is_not_proved(sound: Run) -> None:
    """Data beyond the limits of time prove nothing; that they are another file is seen all the same."""
    with limits.within(query=60, table=0):
        found = verify(sound.deck, sound.path)
        assert found.verified is None
        assert "took longer than" in found.unproved[0]
        other = sound.deck.to_json()
        other["source"]["sha256"] = "0" * 64
        assert verify(Deck.model_validate(other), sound.path).verified is False


def test_a_query_that_takes_too_long_leaves_the_others() -> None:
    """Each fact is looked at; the one that was given up is named, with the reason."""

    def given_up() -> Iterator[str]:
        raise UnreadableData("It took too long.", code="query_timeout")

    found = within_limits("facts", [("f1", given_up), ("f2", lambda: iter(["f2: wrong"]))])
    assert (found.passed, found.problems) == (False, ["f2: wrong"])
    assert found.unproved == ["f1 was not computed: It took too long."]


def test_a_bug_over_a_deck_is_no_proof() -> None:
    """A deck over which a look breaks is not held for true."""

    def broken() -> list[Proof]:
        raise ZeroDivisionError

    found = carefully("a look", broken)
    assert [(one.passed, one.unproved) for one in found] == [
        (None, ["An error of deckgen's own: ZeroDivisionError"])
    ]
