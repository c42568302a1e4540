"""An edit put into a deck: other texts, bullets and order, hidden slides, each marked as a person's."""

from collections.abc import Sequence

from deckgen.domain.authorship import Author, Written
from deckgen.domain.decks import Deck, Layout, Slide
from deckgen.domain.editing import Edit, SlideEdit
from deckgen.domain.errors import InvalidRequest, NotFound
from deckgen.domain.facts import Fact, Text, words
from deckgen.domain.slide_texts import BULLET, NOTES, TITLE, changed, places, with_bullets
from deckgen.orchestrator import analyst
from deckgen.orchestrator.model import merge


def applied(deck: Deck, edit: Edit, asked: Sequence[Fact], author: Author) -> Deck:
    """Returns the deck of an edit, not yet checked; the same deck if nothing changes.

    Facts that nothing refers to any more stay, so that a person can go back.
    """
    by_id = {slide.id: slide for slide in deck.slides}
    for each in edit.slides:
        if each.id not in by_id:
            raise NotFound(f"The deck has no slide {each.id!r}.", code="slide_not_found")
        by_id[each.id] = _slide(by_id[each.id], each, author)
    slides = [by_id[name] for name in _order(deck, edit)]
    if all(slide.hidden for slide in slides):
        raise InvalidRequest("All slides would be hidden. Leave one.", code="no_slide_left")
    if slides == deck.slides:
        return deck
    return _with_slides(deck, slides, edit, asked, author)


def _with_slides(
    deck: Deck, slides: list[Slide], edit: Edit, asked: Sequence[Fact], author: Author
) -> Deck:
    changes = {
        "title": _title(deck, slides),
        "slides": slides,
        "storyline": merge.storyline(deck.storyline, slides),
        "edited": author,
        "signature": None,
    }
    wanted = deck.model_copy(update={**changes, "facts": [*deck.facts, *asked]})
    used = {fact.id for fact in analyst.with_facts_in_use(wanted).facts}
    kept = [*deck.facts, *(fact for fact in asked if fact.id in used)]
    questions = [each.in_deck(used) for each in edit.asked if used & each.facts.keys()]
    facts_and_questions = {"facts": kept, "asked": [*deck.asked, *questions]}
    return analyst.retold(wanted.model_copy(update=facts_and_questions))


def _order(deck: Deck, edit: Edit) -> list[str]:
    present = [slide.id for slide in deck.slides]
    if edit.order is None:
        return present
    if sorted(edit.order) != sorted(present):
        raise InvalidRequest(
            "The order must name each slide once. Hide a slide that should not be shown.",
            code="order_incomplete",
        )
    return edit.order


def _title(deck: Deck, slides: Sequence[Slide]) -> Text:
    """Returns the title of the deck, which is that of its title slide."""
    return next((each.title for each in slides if each.layout is Layout.TITLE), deck.title)


def _slide(slide: Slide, edit: SlideEdit, author: Author) -> Slide:
    before = places(slide)
    fresh = slide
    if edit.bullets is not None:
        kept = [_tidy(BULLET, text) for text in edit.bullets if text]
        fresh = with_bullets(slide, [*kept] if kept != slide.points else slide.points)
    given = {TITLE: edit.title, NOTES: edit.notes, **edit.texts}
    wanted = {place: text for place, text in given.items() if text is not None}
    if unknown := wanted.keys() - places(fresh).keys():
        raise InvalidRequest(
            f"The slide {slide.id} has no text {min(unknown)!r} that can be changed, only "
            f"{', '.join(places(fresh))}.",
            code="text_not_found",
        )

    def chosen(place: str, text: Text) -> Text:
        wish = wanted.get(place)
        return text if wish is None or wish == text else _tidy(place, wish)

    fresh = changed(fresh, chosen)
    fresh = fresh.model_copy(
        update={
            "written": _marks(slide, before, places(fresh), author),
            "hidden": slide.hidden if edit.hidden is None else edit.hidden,
        }
    )
    return fresh if fresh == slide else fresh.model_copy(update={"edited": author})


def _tidy(place: str, text: Text) -> Text:
    """Returns a text as it is kept: on one line, unless it is of the notes."""
    lines = text.replace("\r\n", "\n")
    return lines if place == NOTES else " ".join(words(lines))


def _marks(
    slide: Slide, before: dict[str, Text], after: dict[str, Text], author: Author
) -> list[Written]:
    """Returns whose the texts are now: one that stays, or a bullet that moved, is whose it was."""
    known = {each.place: each.author for each in slide.written}
    bullets = {text: place for place, text in before.items() if place.startswith(BULLET)}
    marks = []
    for place, text in after.items():
        was = bullets.get(text) if place.startswith(BULLET) else place
        is_new = was is None or before[was] != text
        if (whose := author if is_new else known.get(was or "")) is not None:
            marks.append(Written(place=place, author=whose))
    return marks
