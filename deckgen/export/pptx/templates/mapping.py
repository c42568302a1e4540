"""Which layout of a template serves what: by its placeholders, and by its name where they do not
tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from deckgen.export.layout.boxes import Box
from deckgen.export.pptx.templates.freeing import TALL, freed
from deckgen.export.pptx.templates.layout_parts import Shown

LARGE = 0.25  # of a slide: a placeholder from here on is one for content
_LOW = 0.3  # of a slide: a title from here on is one of a cover
_ROOM = 100  # what all of a slide as room for content is worth
_FURNITURE = ("dt", "ftr", "sldNum", "title", "ctrTitle", "subTitle")
# How well layouts suit that say in PowerPoint's own words what they are.
_COVERS = {"title": 50}
_CONTENTS = {
    "titleOnly": 34, "obj": 30, "tx": 24, "cust": 0, "": 0, "twoObj": -10, "twoTxTwoObj": -14,
    "title": -80, "secHead": -50, "blank": -40, "vertTx": -60, "vertTitleAndTx": -60, "picTx": -30,
}  # fmt: skip
# Words in the names of layouts, in the languages in which PowerPoint and its users name them.
_COVER_WORDS = (
    *(
        "title slide",
        "cover",
        "opening",
        "titelfolie",
        "titelseite",
        "deckblatt",
        "startfolie",
        "titelbild",
    ),
    *(
        "diapositive de titre",
        "couverture",
        "portada",
        "diapositiva de título",
        "capa",
        "slide de título",
    ),
    *("copertina", "diapositiva titolo", "forside", "omslag", "otsikkodia", "slajd tytułowy"),
    *("титульн", "обложка", "표지", "제목 슬라이드", "表紙", "タイトル", "标题幻灯片", "封面"),
)
_CONTENT_WORDS = (
    *(
        "title only",
        "content",
        "nur titel",
        "inhalt",
        "titre seul",
        "contenu",
        "solo el título",
        "objetos",
    ),
    *("contenido", "conteúdo", "solo titolo", "contenuto", "treść", "innehåll", "indhold", "innhold"),
    *("sisältö", "только заголовок", "содержимое", "콘텐츠", "내용", "コンテンツ", "内容"),
)
_OTHER_WORDS = (
    *("section", "chapter", "quote", "thank", "closing", "contact", "end slide", "divider", "blank"),
    *("comparison", "picture", "image", "abschnitt", "kapitel", "zitat", "danke", "schluss", "kontakt"),
    *("trenn", "leer", "vergleich", "bild", "foto", "merci", "gracias", "vide"),
)


@dataclass(frozen=True)
class Choice:
    """The layouts of a template for covers and for all other slides, and by what each was found."""

    cover: Shown
    content: Shown
    cover_by: str
    content_by: str


def choose(every: Sequence[Shown], width: float) -> Choice:
    """Returns the choice among the layouts of a master, of which there is one at least."""
    contents = sorted(every, key=lambda each: -_as_content(each, width))
    covers = sorted(every, key=lambda each: -_as_cover(each))
    content = contents[0]
    if _as_cover(covers[0]) <= 0:
        return Choice(content, content, "none", _found_by(content, width))
    cover = covers[0]
    if content is cover and len(contents) > 1:
        content = contents[1]
    by = "placeholders" if cover.kind == "title" or cover.one("ctrTitle") else "name"
    return Choice(cover, content, by, _found_by(content, width))


def quality(choice: Choice, width: float) -> float:
    """Returns how well a master's layouts serve, beside another one's, and what room they leave."""
    content = choice.content
    large = bodies(content, width)
    free = freed(large[0], content.decorations, width) if large else Box(0, 0, 0, 0)
    room = _ROOM * free.width * free.height / (width * TALL)
    return _as_content(content, width) + max(0, _as_cover(choice.cover)) / 2 + room


def _found_by(content: Shown, width: float) -> str:
    if content.one("title") or bodies(content, width):
        return "placeholders"
    return "name" if _named(content, _CONTENT_WORDS) else "none"


def bodies(shown: Shown, width: float) -> list[Box]:
    """Returns the places of a layout that are large enough for content."""
    kinds = [each for each in shown.holders if each.is_body]
    found = [each.box for each in kinds]
    return [each for each in found if each.width * each.height >= LARGE * width * TALL]


def _named(shown: Shown, words: Sequence[str]) -> bool:
    name = shown.name.casefold()
    return any(word in name for word in words)


def _as_cover(shown: Shown) -> float:
    is_named, has_subtitle = _named(shown, _COVER_WORDS), shown.one("subTitle") is not None
    score = _COVERS.get(shown.kind, 0.0)
    score += 25 if shown.one("ctrTitle") else 0
    score += 12 if has_subtitle and shown.one("title", "ctrTitle") else 0
    score += 15 if is_named else 0
    if _CONTENTS.get(shown.kind, 0) > 0 and not (has_subtitle and is_named):
        score -= 60
    return score - (20 if _named(shown, _OTHER_WORDS) else 0)


def _as_content(shown: Shown, width: float) -> float:
    score = float(_CONTENTS.get(shown.kind, -5))
    title = shown.one("title")
    score += 40 if title else 0
    score -= 30 if title and title.box.top > _LOW * TALL else 0
    others = [each for each in shown.holders if each.kind not in _FURNITURE]
    large = bodies(shown, width)
    score += 10 if len(others) <= 1 else -8 * (len(others) - 1)
    score += 8 if len(large) == 1 else 0
    score -= 12 * sum(each.kind == "pic" for each in others)
    score -= 30 if shown.one("ctrTitle", "subTitle") else 0
    score += 8 if _named(shown, _CONTENT_WORDS) else 0
    score -= 12 if _named(shown, _OTHER_WORDS) else 0
    return score - (15 if _named(shown, _COVER_WORDS) else 0)
