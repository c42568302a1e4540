"""What the step `facts` gives to callers of the last contract."""

import hashlib
from pathlib import Path

import pytest

from deckgen.bounded.child import Bounds
from deckgen.domain.briefs import Brief
from deckgen.domain.step_contract import DatasetInfo, StepRequest, StepResponse
from deckgen.domain.steps import ANSWERING, SERVED_CONTRACTS, Step
from deckgen.orchestrator import offline


@pytest.mark.parametrize("contract", SERVED_CONTRACTS)
def test_only_who_knows_answers_gets_them(tmp_path: Path, contract: int) -> None:
    """A release that knows no answers would refuse findings with them, and its jobs would fail."""
    path = tmp_path / "t.csv"
    path.write_text("region,sales\n" + "".join(f"{'ab'[n % 2]},{n}\n" for n in range(40)))
    content = path.read_bytes()
    info = DatasetInfo(name="t.csv", sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
    inputs: dict[Step, object] = {}
    for step in (Step.PROFILE, Step.FACTS, Step.DRAFT):
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
    for step, field in ((Step.FACTS, "answers"), (Step.DRAFT, "questions")):
        result = inputs[step]
        assert isinstance(result, dict)
        assert (field in result) is (contract >= ANSWERING)
