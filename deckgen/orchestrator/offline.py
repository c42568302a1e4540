"""The work of child processes: the steps of the offline engine, the verification of a deck or of a
presentation, edits by hand, previews of tables and answers about them, the tables of an upload as
files, and the reading of templates.

Each function answers with JSON. Nothing here knows of HTTP, of other processes or of a model's
provider. What draws presentations is imported late: the first deck does not wait for it.
"""

import base64
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deckgen.bounded.child import Bounds
from deckgen.bounded.prepared import is_server
from deckgen.domain.contract_3 import FindingsOfContract3
from deckgen.domain.decks import Deck, PresentationVerification, Slide
from deckgen.domain.documents import BaseDocument, canonical_json
from deckgen.domain.editing import EditOfDeck
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.formatting.locales import ENGLISH
from deckgen.domain.model_calls import Usage
from deckgen.domain.model_steps import DraftForModel, RevisionOf, UpgradeResult
from deckgen.domain.overrides import TableOverride
from deckgen.domain.previews import TableRequest
from deckgen.domain.refreshing import packed
from deckgen.domain.requests import parse
from deckgen.domain.step_contract import StepRequest, StepResponse
from deckgen.domain.steps import ANSWERING, Step
from deckgen.domain.templates import ReadTemplate
from deckgen.http import bodies
from deckgen.orchestrator import analyst, previewing, verifier
from deckgen.orchestrator.analyst.answers.complete import check_operations
from deckgen.orchestrator.analyst.brief.period_mentions import months_of
from deckgen.orchestrator.analyst.ingestion import table_cache
from deckgen.orchestrator.analyst.ingestion.table_files import write_tables
from deckgen.orchestrator.analyst.lexicon.geography import country_codes, known_names
from deckgen.orchestrator.analyst.proof.assemble import version
from deckgen.orchestrator.analyst.sql import limits
from deckgen.orchestrator.inputs import Inputs
from deckgen.orchestrator.model import merge

# A process that loads this serves decks, so an incomplete operation is reported now.
check_operations()

if is_server:  # each of its children would look all of this up anew
    known_names()
    country_codes()
    months_of(ENGLISH)
    version()

IN_TIME = 0.95  # of the process's own time, so that its queries end first, with a reason


def execute(
    bounds: Bounds,
    folder: Path,
    query_seconds: float,
    step: Step,
    contract: int,
    request: StepRequest,
    path: Path | None,
) -> bytes:
    """Returns the StepResponse of a step, as that version of the contract has it.

    `path` is the uploaded file, if the step reads it.
    """
    with _within(bounds, folder, query_seconds):
        result = STEPS[step](Inputs(request, path, contract))
    return canonical_json(StepResponse(result=result).to_json())


def verify(
    bounds: Bounds,
    folder: Path,
    query_seconds: float,
    deck: bytes,
    path: Path | None,
    is_named: bool,
) -> bytes:
    """Returns the Verification of a deck (JSON) over the file that it was made from, if any."""
    with _within(bounds, folder, query_seconds):
        verification = verifier.verify(parse(Deck, bodies.loads(deck)), path, is_named=is_named)
    return canonical_json(verification.to_json())


def verify_presentation(
    bounds: Bounds,
    folder: Path,
    query_seconds: float,
    content: bytes,
    path: Path | None,
    is_named: bool,
) -> bytes:
    """Returns the PresentationVerification of a PowerPoint file over the file that it was made from."""
    from deckgen.orchestrator.verifier.presentation import verify_presentation as verify_file

    with _within(bounds, folder, query_seconds):
        verification, manifest = verify_file(content, path, is_named=is_named)
    answer = PresentationVerification(verification=verification, deck=manifest.deck)
    return canonical_json(answer.to_json())


def refresh(
    bounds: Bounds, folder: Path, query_seconds: float, content: bytes, path: Path, name: str
) -> bytes:
    """Returns a PowerPoint file with the numbers of the table at `path`, and what became of it."""
    from deckgen.orchestrator import refresher

    with _within(bounds, folder, query_seconds):
        file, document = refresher.refresh(content, path, name)
    return packed(document, file)


def seal(bounds: Bounds, folder: Path, content: bytes, deck: dict[str, Any]) -> bytes:
    """Returns a PowerPoint file with a deck, which was signed by now, in its proof."""
    from deckgen.orchestrator import refresher

    return refresher.sealed(content, deck)


def preview(
    bounds: Bounds,
    folder: Path,
    query_seconds: float,
    seconds: float,
    request: TableRequest,
    path: Path,
) -> bytes:
    """Returns the TableModel (JSON) of an uploaded file; of what is read nothing stays in `folder`."""
    table_cache.keep_in(Path(tempfile.gettempdir()))  # of this process, which takes it along
    model = previewing.preview(path, request, query_seconds, seconds)
    return canonical_json(model.to_json())


def ask(
    bounds: Bounds,
    folder: Path,
    query_seconds: float,
    seconds: float,
    request: TableRequest,
    path: Path,
) -> bytes:
    """Returns the Replies (JSON) to the questions of the request; likewise nothing stays."""
    table_cache.keep_in(Path(tempfile.gettempdir()))
    replies = previewing.ask(path, request, query_seconds, seconds)
    return canonical_json(replies.to_json())


def edit(
    bounds: Bounds,
    folder: Path,
    query_seconds: float,
    seconds: float,
    work: bytes,
    path: Path | None,
) -> bytes:
    """Returns the EditOutcome of an EditOfDeck (JSON): what was found, and the deck if it is saved."""
    from deckgen.orchestrator import editing

    table_cache.keep_in(Path(tempfile.gettempdir()))
    request = parse(EditOfDeck, bodies.loads(work))
    outcome = editing.edited(request.deck, request, path, query_seconds, seconds)
    return canonical_json(outcome.to_json())


def tables(
    bounds: Bounds,
    folder: Path,
    query_seconds: float,
    path: Path,
    target: Path,
    said: TableOverride | None = None,
) -> bytes:
    """Write the tables of an upload as files into the folder `target`; returns the TableFiles."""
    with _within(bounds, folder, query_seconds):
        files = write_tables(path, target, said)
    return canonical_json(files.to_json())


def read_template(bounds: Bounds, folder: Path, content: bytes, name: str) -> bytes:
    """Returns the ReadTemplate of an uploaded PowerPoint file; its theme is called `name`."""
    from deckgen.export.pptx.templates.reading import read as template_of

    found = template_of(content, name)
    base = base64.b64encode(found.base).decode()
    return canonical_json(ReadTemplate(reading=found.reading, base=base).to_json())


@contextmanager
def _within(bounds: Bounds, folder: Path, query_seconds: float) -> Iterator[None]:
    """Keep tables in the folder, and have queries that take too long stopped, within the block."""
    table_cache.keep_in(folder)
    with limits.within(query_seconds, IN_TIME * bounds.seconds):
        yield


def profile(inputs: Inputs) -> BaseDocument:
    if inputs.path is None or inputs.request.dataset is None:
        raise InvalidRequest("The step profile needs a dataset.")
    return analyst.profile(inputs.path, inputs.request.dataset, inputs.brief)


def facts(inputs: Inputs) -> BaseDocument:
    source = inputs.source()
    if inputs.path is None or source is None:
        raise InvalidRequest("The step facts needs a dataset and the result of the step profile.")
    findings = analyst.find(inputs.path, source, inputs.brief)
    return findings if inputs.contract >= ANSWERING else FindingsOfContract3.of(findings)


def draft(inputs: Inputs) -> BaseDocument:
    return analyst.draft(inputs.brief, inputs.source(), inputs.findings())


def assemble(inputs: Inputs) -> BaseDocument:
    """Returns the draft as a deck, with the facts that a model may cite, if one is to improve it."""
    draft = inputs.required(DraftForModel, Step.DRAFT)
    citable = draft.upgrade.facts.values() if draft.upgrade else []
    also = {fact.id for facts in citable for fact in facts}
    brief, source, findings = inputs.brief, inputs.source(), inputs.findings()
    deck = analyst.assemble(brief, source, findings, draft, inputs.path, also=also)
    deck = deck.model_copy(update={"brief": inputs.request.brief})
    # Releases of an older contract refuse a deck with claims.
    return deck if inputs.contract >= ANSWERING else deck.model_copy(update={"claims": []})


def finish(inputs: Inputs) -> BaseDocument:
    draft = inputs.required(Deck, Step.ASSEMBLE)
    upgrade = inputs.required(UpgradeResult, Step.STORYLINE)
    return merge.finish(draft, upgrade, Usage.of(inputs.request.calls))


def replace(inputs: Inputs) -> BaseDocument:
    revision = inputs.required(RevisionOf, Step.REVISE)
    slide = inputs.required(Slide, Step.SLIDE)
    return merge.replace(revision.deck, slide, Usage.of(inputs.request.calls), inputs.path)


STEPS: dict[Step, Callable[[Inputs], BaseDocument]] = {
    Step.PROFILE: profile,
    Step.FACTS: facts,
    Step.DRAFT: draft,
    Step.ASSEMBLE: assemble,
    Step.FINISH: finish,
    Step.REPLACE: replace,
}
