"""A deck about a small table, and edits of it by hand."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from deckgen.domain.authorship import Author
from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Deck
from deckgen.domain.editing import Edit, EditFinding, EditOutcome, EditWork
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst
from deckgen.orchestrator.editing import edited
from deckgen.orchestrator.verifier.recomputation import info_of

ANN = Author(name="ann", at=datetime(2026, 11, 30, 9, tzinfo=UTC))
BRIEF = "How did revenue develop in Q4? Which region brings most revenue?"
SALES = "month,region,revenue,orders\n" + "".join(
    f"2024-{month:02}-01,{region},{base - 40 * month},{base // 10 + month}\n"
    for month in range(1, 13)
    for region, base in (("North", 1200), ("South", 2000), ("West", 900))
)
HOW_MUCH = "How much revenue did South bring?"


@cache
def table() -> Path:
    """The file of the table, which lives as long as the tests."""
    path = Path(mkdtemp(prefix="deckgen-edits-")) / "sales.csv"
    path.write_text(SALES)
    return path


@cache
def deck(question: str = BRIEF, **brief: Any) -> Deck:
    """The deck that the offline engine makes of the table."""
    said = Brief(business_context=question, **brief)
    info: DatasetInfo = info_of("sales.csv", table())
    source = analyst.profile(table(), info, said)
    findings = analyst.find(table(), source, said)
    draft = analyst.draft(said, source, findings)
    return analyst.assemble(said, source, findings, draft, table())


def outcome(of: Deck, edit: dict[str, Any], *, saves: bool = True) -> EditOutcome:
    """What becomes of an edit that ann makes."""
    work = EditWork(edit=Edit.model_validate(edit), author=ANN if saves else None)
    return edited(of, work, table(), 20.0, 60.0)


def saved(of: Deck, *slides: dict[str, Any], **more: Any) -> Deck:
    """The deck of an edit that is saved."""
    found = outcome(of, {"slides": slides, **more})
    assert found.deck, found.check.model_dump_json(indent=1)
    return found.deck


def findings(of: Deck, text: str, place: str = "title", slide: str = "s3") -> list[EditFinding]:
    """What is found in one text."""
    edit = {"slides": [{"id": slide, "texts": {place: text}}]}
    check = outcome(of, edit, saves=False).check
    return [each for sentence in check.sentences for each in sentence.findings]


def codes(of: Deck, text: str, place: str = "title") -> dict[str, str]:
    """The codes of what is found in one text, with how severe each is; not of the slide as a whole."""
    return {
        str(each.code): str(each.severity)
        for each in findings(of, text, place)
        if each.code != "slide_too_full"
    }
