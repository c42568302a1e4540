"""The form of slides: titles that are statements, little text, suitable charts, notes."""

from collections.abc import Iterator

from deckgen.domain.blocks import Actions, Messages
from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.decks import Deck, Layout, Slide
from deckgen.domain.facts import REFERENCE, Fact, Sign, fact_display, references, render, words
from deckgen.domain.formatting.display import Formatter, Value, ValueFormat
from deckgen.orchestrator.analyst.proof.checks.lexicon import checked_words
from deckgen.orchestrator.analyst.proof.checks.proof import same
from deckgen.orchestrator.analyst.proof.checks.texts import body

MAX_WORDS, MAX_BULLETS, MAX_CHARTS = 60, 5, 1
MAX_WORDS_IN_ROWS = 110  # of a summary or of advice, which nothing else stands beside
TITLE_WORDS = (5, 15)
SPOKEN = ("bullet", "callout", "kpi", "message", "message figure", "action", "action size")
# What draws periods as such; the others have groups, steps or points.
OVER_TIME = (
    ChartKind.LINE, ChartKind.COLUMN, ChartKind.STACKED, ChartKind.SHARES, ChartKind.INDEXED,
    ChartKind.MULTIPLES, ChartKind.SLOPE, ChartKind.HEAT, ChartKind.TREE, ChartKind.FORECAST,
    ChartKind.VARIANCE,
)  # fmt: skip
ONLY_OVER_TIME = (
    ChartKind.INDEXED, ChartKind.MULTIPLES, ChartKind.SLOPE, ChartKind.TREE, ChartKind.FORECAST,
)  # fmt: skip


def titles(deck: Deck) -> Iterator[str]:
    """Yields titles that are no statements: too short, too long, or without a verb."""
    values = deck.reference_values()
    for slide in deck.slides:
        if slide.layout is Layout.TITLE:
            continue
        length = len(words(render(slide.title, values)))
        if not TITLE_WORDS[0] <= length <= TITLE_WORDS[1]:
            yield f"{slide.id}: the title has {length} words"
        if not checked_words(deck.language).has_verb(REFERENCE.sub(" ", slide.title)):
            yield f"{slide.id}: the title has no verb"


def title_facts(deck: Deck) -> Iterator[str]:
    """Yields facts that a title states and its slide does not show."""
    facts = {fact.id: fact for fact in deck.facts}
    for slide in deck.slides:
        if slide.layout in (Layout.TITLE, Layout.SUMMARY):
            continue
        shown = {name for _, text in body(slide) for name in references(text)}
        stated = {name for name in references(slide.title) if name.startswith("f")}
        charted = _charted(slide)
        # "fell by 5%" in the title is shown by "-5%" in the body.
        writes, known = deck.writes, [facts[name] for name in shown if name in facts]
        sizes = {_size(fact, writes) for fact in known}
        for name in sorted(stated - shown):
            fact = facts[name]
            if fact.unit.format is ValueFormat.PERIOD or fact.value in _scope(known):
                continue  # it says what the slide is about, and need not be drawn
            alike = any(_are_one_size(fact, other) for other in known)
            if not (alike or fact.display in sizes or any(same(fact.value, each) for each in charted)):
                yield f"{slide.id}: {name}"


def _scope(facts: list[Fact]) -> set[Value]:
    """Returns the names of the groups to which facts are limited."""
    filters = [each for fact in facts if fact.about for each in fact.about.filters]
    return {value for each in filters for value in each.values}


def _size(fact: Fact, writes: Formatter) -> str:
    """Returns the display form without sign, for use with a word of direction."""
    return fact_display(fact.value, fact.unit, Sign.SIZE, writes)


def _are_one_size(one: Fact, other: Fact) -> bool:
    """True if two facts are the same amount, whatever its sign and its decimals."""
    if not isinstance(one.value, int | float) or not isinstance(other.value, int | float):
        return False
    return one.unit.format is other.unit.format and same(abs(one.value), abs(other.value))


def _charted(slide: Slide) -> list[Value]:
    """Returns the values that the charts of a slide show."""
    charts = [block for block in slide.blocks if isinstance(block, Chart)]
    values: list[Value] = [value for chart in charts for value in chart.categories]
    return values + [value for chart in charts for series in chart.series for value in series.values]


def sizes(deck: Deck) -> Iterator[str]:
    """Yields slides with too many words, bullets or charts."""
    values = deck.reference_values()
    for slide in deck.slides:
        spoken = [text for place, text in body(slide) if place in SPOKEN]
        length = sum(len(words(render(text, values))) for text in spoken)
        in_rows = any(isinstance(block, Messages | Actions) for block in slide.blocks)
        bullets = sum(place == "bullet" for place, _ in body(slide))
        charts = sum(isinstance(block, Chart) for block in slide.blocks)
        for count, limit, name in (
            (length, MAX_WORDS_IN_ROWS if in_rows else MAX_WORDS, "words"),
            (bullets, MAX_BULLETS, "bullets"),
            (charts, MAX_CHARTS, "charts"),
        ):
            if count > limit:
                yield f"{slide.id}: {count} {name}"


def missing(deck: Deck) -> Iterator[str]:
    """Yields slides without notes, and charts without alternative text."""
    for slide in deck.slides:
        if not slide.notes:
            yield f"{slide.id}: no notes"
        for block in slide.blocks:
            if isinstance(block, Chart) and not block.alt:
                yield f"{slide.id}: no alt text"


def kinds(deck: Deck) -> Iterator[str]:
    """Yields charts of a kind that does not suit their data: time needs lines or columns."""
    for slide in deck.slides:
        for block in slide.blocks:
            if not isinstance(block, Chart):
                continue
            if block.category_unit.is_time and block.kind not in OVER_TIME:
                yield f"{slide.id}: time is drawn as {block.kind}"
            if block.kind in ONLY_OVER_TIME and not block.category_unit.is_time:
                yield f"{slide.id}: what is no time is drawn as {block.kind}"
