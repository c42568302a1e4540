"""What the step `facts` gives to callers of the last contract."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deckgen.bounded.child import Bounds
from deckgen.config.settings import Settings
from deckgen.domain.briefs import Brief
from deckgen.domain.contract_3 import FindingsOfContract3
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Draft
from deckgen.domain.findings import Findings
from deckgen.domain.requests import parse
from deckgen.domain.step_contract import DatasetInfo, StepRequest, StepResponse
from deckgen.domain.steps import ANSWERING, SERVED_CONTRACTS, Step
from deckgen.orchestrator import analyst, offline
from deckgen.orchestrator.engines import Engines
from deckgen.orchestrator.held_files import HeldFiles

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("contract", SERVED_CONTRACTS)
def test_only_who_knows_answers_gets_them(tmp_path: Path, contract: int) -> None:
    """A release that knows no answers would refuse findings with them, and its jobs would fail."""
    path = tmp_path / "t.csv"
    path.write_text("region,sales\n" + "".join(f"{'ab'[n % 2]},{n}\n" for n in range(40)))
    content = path.read_bytes()
    info = DatasetInfo(name="t.csv", sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
    inputs: dict[Step, object] = {}
    for step in (Step.PROFILE, Step.FACTS, Step.DRAFT, Step.ASSEMBLE):
        request = StepRequest(
            job_id="j",
            deck_id="d",
            brief=Brief(business_context="Which region leads?"),
            dataset=info,
            inputs=inputs,
        )
        read = path if step is not Step.DRAFT else None
        body = offline.execute(Bounds(60, 2**30), tmp_path, 30, step, contract, request, read)
        inputs[step] = StepResponse.model_validate_json(body).result
    fields = ((Step.FACTS, "answers"), (Step.DRAFT, "questions"), (Step.ASSEMBLE, "claims"))
    for step, field in fields:
        result = inputs[step]
        assert isinstance(result, dict)
        assert (field in result) is (contract >= ANSWERING)


@pytest.mark.parametrize("contract", SERVED_CONTRACTS)
def test_only_who_knows_languages_gets_another_one(tmp_path: Path, contract: int) -> None:
    """The last release would refuse a deck that says its language: its jobs are told in English."""
    path = tmp_path / "t.csv"
    path.write_text("region,sales\n" + "".join(f"{'ab'[n % 2]},{n}\n" for n in range(40)))
    content = path.read_bytes()
    info = DatasetInfo(name="t.csv", sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
    brief, inputs = Brief(business_context="Welche Region führt?"), dict[Step, object]()
    for step in (Step.PROFILE, Step.FACTS, Step.DRAFT, Step.ASSEMBLE):
        request = StepRequest(job_id="j", deck_id="d", brief=brief, dataset=info, inputs=inputs)
        read = None if step is Step.DRAFT else path
        body = offline.execute(Bounds(60, 2**30), tmp_path, 30, step, contract, request, read)
        inputs[step] = StepResponse.model_validate_json(body).result
    deck = inputs[Step.ASSEMBLE]
    assert isinstance(deck, dict)
    assert deck.get("language") == ("de" if contract >= ANSWERING else None)
    assert "language" not in deck["brief"]
    lines = {slide["sourceLine"][:7] for slide in deck["slides"] if slide["sourceLine"]}
    assert lines == ({"Quelle:"} if contract >= ANSWERING else {"Source:"})


def test_findings_of_the_last_contract_are_drafted(tmp_path: Path) -> None:
    """A job that the last release began goes on: its insights are told as answers, in their order."""
    written = json.loads((DATA / "findings-of-contract-3.json").read_text())
    found = parse(FindingsOfContract3, written).now()
    headlines = [each["headline"] for each in written["insights"]]
    assert [answer.headline for answer in found.scan] == headlines
    assert found.based_on == next(each["meaning"] for each in written["insights"] if each["meaning"])
    draft = analyst.draft(Brief(), source_of(tmp_path), found)
    assert [slide.title for slide in draft.slides if slide.layout in ("chart", "kpi")] == headlines


def test_findings_for_the_last_release_have_what_it_needs(tmp_path: Path) -> None:
    """Each told answer is an insight, and one of them is the overview that its decks begin with."""
    source = source_of(tmp_path)
    found = analyst.find(tmp_path / "t.csv", source, Brief(business_context="Which region leads?"))
    for_last = FindingsOfContract3.of(found)
    assert [each.kind for each in for_last.insights].count("overview") == 1
    assert [each.headline for each in for_last.insights] == [answer.headline for answer in found.told]
    assert for_last.questions


class Here:
    """Children whose work is done in this process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def run(self, function: Callable[[], bytes], *, patience: float | None) -> bytes:
        return function()

    def call(self, _: str, *arguments: Any) -> bytes:
        return offline.execute(Bounds(60, 2**30), self._folder, *arguments)


class Told:
    """A model engine that keeps the findings of which it is told."""

    def announce(self, draft: Draft, _: Brief, __: Source, findings: Findings, **___: Brief) -> Draft:
        self.findings = findings
        return draft


async def test_a_model_is_told_the_findings_of_the_last_contract(tmp_path: Path) -> None:
    """While orchestrators are upgraded before workers, jobs of the last release's workers go on."""
    written = json.loads((DATA / "findings-of-contract-3.json").read_text())
    source, model, here = source_of(tmp_path).to_json(), Told(), Here(tmp_path)
    inputs = {Step.PROFILE: source, Step.FACTS: written}
    request = StepRequest(job_id="j", deck_id="d", brief=Brief(), dataset=None, inputs=inputs)
    engines = Engines(here, here, model, HeldFiles(tmp_path), Settings())  # type: ignore[arg-type]
    await engines.execute(Step.DRAFT, request, None, "k", contract=ANSWERING - 1)
    headlines = [each["headline"] for each in written["insights"]]
    assert [answer.headline for answer in model.findings.scan] == headlines


def source_of(folder: Path) -> Source:
    path = folder / "t.csv"
    path.write_text(
        "year,region,sales\n" + "".join(f"{2020 + n // 2},{'ab'[n % 2]},{n}\n" for n in range(20))
    )
    info = DatasetInfo(name="t.csv", sha256="0" * 64, bytes=path.stat().st_size)
    return analyst.profile(path, info, Brief())
