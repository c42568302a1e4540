"""What the model wrote is put into the proved draft, and what does not hold is taken back."""

from pathlib import Path

import pytest

from deckgen.domain.blocks import Bullets
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Deck, Layout, Provenance, Slide
from deckgen.domain.errors import PermanentError
from deckgen.domain.model_calls import Usage
from deckgen.domain.model_steps import Outline, SlideOutcome, UpgradeResult
from deckgen.orchestrator import analyst, verifier
from deckgen.orchestrator.model import merge
from tests.unit.orchestrator.analyst.engine import Run, run_table

CSV = Path("examples/newspaper_revenue.csv")
BY_MODEL = Provenance(engine="model", model="gpt-test", prompt_version="v1")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    path = tmp_path_factory.mktemp("table") / "newspapers.csv"
    return run_table(path, CSV.read_bytes(), "How did the revenue of newspapers develop?")


@pytest.fixture(scope="module")
def draft(run: Run) -> Deck:
    return run.deck


def chart_slide(draft: Deck) -> Slide:
    return next(slide for slide in draft.slides if slide.layout is Layout.CHART)


def rewritten(slide: Slide, **changes: object) -> Slide:
    """As a model might write it: other words, the same chart."""
    return slide.model_copy(update={"made": BY_MODEL, **changes})


def told(draft: Deck, *slides: Slide, order: list[str] | None = None) -> UpgradeResult:
    names = order or [slide.id for slide in draft.slides]
    outline = Outline(title=draft.title, order=names, made=BY_MODEL)
    return UpgradeResult(
        outline=outline, outcomes={slide.id: SlideOutcome(slide=slide, attempts=1) for slide in slides}
    )


def slide_of(deck: Deck, name: str) -> Slide:
    return next(slide for slide in deck.slides if slide.id == name)


def with_point(slide: Slide, text: str) -> Slide:
    blocks = [
        Bullets(items=[text, *block.items[1:]]) if isinstance(block, Bullets) else block
        for block in slide.blocks
    ]
    return rewritten(slide, blocks=blocks)


def test_what_was_written_stands_in_the_deck(run: Run, draft: Deck) -> None:
    """The model's slides are in the deck, others say that they are the draft's; all checks pass, and
    verify agrees.
    """
    slide = chart_slide(draft)
    written = rewritten(slide, notes=f"Stress this.\n\n{slide.notes}")
    deck = merge.finish(draft, told(draft, written), Usage(calls=2))
    assert slide_of(deck, written.id) == written
    assert all(check.passed for check in deck.quality)
    assert [check.name for check in deck.quality] == [check.name for check in draft.quality]
    assert deck.usage.calls == 2
    kept = [one for one in deck.slides if one.layout in (Layout.CHART, Layout.SUMMARY, Layout.KPI)]
    assert all(one.made.fallback for one in kept if one.id != written.id)
    assert verifier.verify(deck, run.path).believing_the_signer().verified


def test_the_order_is_the_outlines(draft: Deck) -> None:
    """Slides stand where the storyline put them, under the ids that they had."""
    names = [slide.id for slide in draft.slides]
    other = [*names[:3], names[4], names[3], *names[5:]]
    deck = merge.finish(draft, told(draft, order=other), Usage())
    assert [slide.id for slide in deck.slides] == other


@pytest.mark.parametrize(
    ("point", "check"),
    [
        ("It came to 12 in all", "numerals_bound"),
        ("It came to {{f9999}}", "references_known"),
        ("It is a third of all", "no_numbers_in_words"),
        ("It fell because of {{source}}", "no_causal_words"),
        ("word " * 70, "slide_size"),
        ("W" * 900, "nothing_overflows"),
    ],
)
def test_what_does_not_hold_is_the_drafts(draft: Deck, point: str, check: str) -> None:
    """A slide that fails a check of the whole deck is taken back, with the check as the reason."""
    slide = chart_slide(draft)
    deck = merge.finish(draft, told(draft, with_point(slide, point)), Usage())
    kept = slide_of(deck, slide.id)
    assert kept.model_copy(update={"made": slide.made}) == slide
    assert kept.made.fallback
    assert check in kept.made.reason
    assert all(one.passed for one in deck.quality)


def test_a_chart_that_was_not_proved_is_taken_back(draft: Deck) -> None:
    """Nothing but the words may differ: another chart than the proved one is no part of the deck."""
    slide = chart_slide(draft)
    blocks = [
        block.model_copy(update={"highlight": [0]}) if isinstance(block, Chart) else block
        for block in slide.blocks
    ]
    deck = merge.finish(draft, told(draft, rewritten(slide, blocks=blocks)), Usage())
    assert slide_of(deck, slide.id).blocks == slide.blocks
    assert all(one.passed for one in deck.quality)


def test_without_a_story_all_is_the_drafts(draft: Deck) -> None:
    """An outage leaves the whole draft, and each slide says so."""
    deck = merge.finish(draft, UpgradeResult(outline=None, reason="The model was away."), Usage())
    written = [one for one in deck.slides if one.layout not in (Layout.TITLE, Layout.APPENDIX)]
    assert all(one.made.reason == "The model was away." for one in written)
    assert deck.storyline == draft.storyline


def test_facts_that_nothing_cites_are_left_out(run: Run) -> None:
    """A draft keeps the facts that a model may cite; the finished deck those that it does cite."""
    other = run.findings.facts[0].model_copy(update={"id": "f999", "label": "cited by nobody"})
    findings = run.findings.model_copy(update={"facts": [*run.findings.facts, other]})
    wide = analyst.assemble(run.brief, run.source, findings, run.draft, run.path, also=["f999"])
    assert "f999" in [fact.id for fact in wide.facts]
    deck = merge.finish(wide, UpgradeResult(outline=None, reason="away"), Usage())
    assert [fact.id for fact in deck.facts] == [fact.id for fact in run.deck.facts]


def test_one_slide_is_replaced(run: Run, draft: Deck) -> None:
    """A revision changes one slide, and proves the whole deck again."""
    written = rewritten(chart_slide(draft), notes="Other words.")
    deck = merge.replace(draft, written, Usage(calls=1), run.path)
    assert [one.id for one in deck.slides if one not in draft.slides] == [written.id]
    assert all(check.passed for check in deck.quality)


def test_a_bad_replacement_changes_nothing(run: Run, draft: Deck) -> None:
    """If a check does not hold, there is no new deck, and the error names it."""
    bad = with_point(chart_slide(draft), "It is a third of all")
    with pytest.raises(PermanentError, match="no_numbers_in_words") as refused:
        merge.replace(draft, bad, Usage(), run.path)
    assert refused.value.code == "revision_refused"
