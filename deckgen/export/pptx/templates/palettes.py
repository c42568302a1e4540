"""The palette of a template: each role is a shade of one of its colours that can be read where it
stands.

What is worn on dark ground is light, and the other way round; a colour that its ground does not bear is
changed in lightness alone, so that it stays a reference to the template's own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from deckgen.export.colours import contrast, readable_on
from deckgen.export.pptx.templates.shades import apart, hue, lightness, of_lightness, shade, strength
from deckgen.export.themes.theme import Palette, Role, Scheme, Slot

TEXT, MARK, LARGE = 4.5, 3.0, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
APART = 0.07  # from here on two colours are told apart by everybody
_TEXTS: tuple[Slot, ...] = ("tx1", "tx2", "bg1", "bg2")
_BAD: tuple[Slot, ...] = ("accent2", "accent3", "accent4", "accent5", "accent6", "tx2", "tx1")
_WARM = (0.14, 0.94)  # hues up to orange, and from red on
_QUIET, _GREY = 0.35, 0.08  # how strong the colours of what is secondary may be
_FOREIGN = 1_500  # how far a ground is from the nearest colour of the template, squared
_SURE = 7.0  # the contrast at which a text is taken as it is
Holds = Callable[[str], bool]


@dataclass
class Colours:
    """Finds the palette of one ground. `slots` are a template's colours, `paper` is what is behind
    text.

    `remarks` say what had to be changed. `like` is the palette in whose place it is worn: text that is
    read on its marks is read on these.
    """

    slots: Mapping[Slot, str]
    paper: str
    like: Palette | None = None
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.is_dark = is_dark(self.paper)
        self.roles: dict[Role, Slot] = {}

    def palette(self, headline: str | None = None, ground: str | None = None) -> Palette:
        """Returns the palette; `headline` is the template's colour of titles, which stand on
        `ground`."""
        self.roles["paper"] = min(self.slots, key=lambda slot: _distance(self.slots[slot], self.paper))
        ink = self._ink()
        wash = self._wash(ink)
        self._reads = self._all(self._on(self.paper, TEXT), self._on(wash, TEXT))
        muted = self._muted(ink)
        is_read = self._either(self._on(ink, TEXT), self._on(self.paper, TEXT))
        rest = self._rest(ink)
        self.roles["line"] = self.roles["ink"]
        line = self._grey("ink", self._light(0.88, 0.27), self._near_paper, self._on(ink, TEXT))
        accent = self._accent()
        self.roles["soft"] = self.roles["ramp"] = self.roles["accent"]
        base = self.slots[self.roles["accent"]]
        pale = self._all(self._on(accent, TEXT), self._on(ink, TEXT))
        soft = shade(base, self._light(0.86, 0.24), pale)
        ramp = self._ramp(base, accent, ink, is_read)
        return Palette(
            paper=self.paper, wash=wash, ink=ink, muted=muted, rest=rest, line=line or wash,
            accent=accent, soft=soft or wash, contrast=self._bad(accent), ramp=(*ramp, accent),
            headline=self._headline(headline or ink, self.paper, TEXT),
            scheme=self._scheme(headline or ink, ground or self.paper),
        )  # fmt: skip

    def _ramp(self, base: str, accent: str, ink: str, is_read: Holds) -> list[str]:
        """Returns four shades up to the accent: text is read on the first two, paper on the fourth."""
        first, last = self._light(0.94, 0.17), lightness(accent)
        found = []
        over = self._text_on("ramp3", ink, self.paper)
        for share, text in ((0, ink), (0.2, ink), (0.55, ""), (0.8, over)):
            light = first + share * (last - first)
            each = shade(base, light, self._all(is_read, self._on(text, TEXT))) or accent
            is_beyond = (lightness(each) - last) * (first - last) < 0
            found.append(accent if is_beyond else each)
        return found

    def _scheme(self, headline: str, ground: str) -> Scheme:
        title = self._headline(headline, ground, LARGE)
        self.roles["title"] = min(self.slots, key=lambda slot: _distance(self.slots[slot], headline))
        if title != headline:
            self.remarks.append(
                f"The colour {headline} of titles is not read well enough on {ground}: {title} is "
                f"worn for it."
            )
            self.roles["title"] = min(
                self.slots,
                key=lambda slot: _distance(of_lightness(self.slots[slot], lightness(title)), title),
            )
        return Scheme(slots=tuple(self.slots.items()), roles=tuple(self.roles.items()), title=title)

    def _headline(self, wanted: str, ground: str, least: float) -> str:
        """Returns the colour of headlines on a ground: the template's, a shade of it, or a text's."""
        if contrast(wanted, ground) >= least:
            return wanted
        found = shade(wanted, lightness(wanted), self._on(ground, least))
        if found is None or strength(wanted) <= _QUIET:  # black becomes white, and not grey
            return max((self.slots[slot] for slot in _TEXTS), key=lambda each: contrast(each, ground))
        return found

    def _ink(self) -> str:
        for slot in _TEXTS:
            if contrast(self.slots[slot], self.paper) >= _SURE:
                self.roles["ink"] = slot
                return self.slots[slot]
        self.roles["ink"] = max(_TEXTS, key=lambda slot: contrast(self.slots[slot], self.paper))
        own = self.slots[self.roles["ink"]]
        found = shade(own, lightness(own), self._on(self.paper, _SURE))
        found = found or shade(own, lightness(own), self._on(self.paper, TEXT)) or own
        if found != own:
            self.remarks.append(f"Text in {own} can't be read on {self.paper}: {found} is worn.")
        return found

    def _wash(self, ink: str) -> str:
        own = self.slots["bg2"]
        if 1.02 <= contrast(own, self.paper) <= 1.2 and contrast(own, ink) >= _SURE:
            self.roles["wash"] = "bg2"
            return own
        if self._is_foreign() and (found := self._card(ink)):
            return found
        self.roles["wash"] = self.roles["paper"]
        base, light = self.slots[self.roles["paper"]], lightness(self.paper)
        if contrast(ink, self.paper) < _SURE:  # there is nothing to spare
            return of_lightness(
                base, max(0.0, light - 0.04) if lightness(ink) > light else min(1.0, light + 0.04)
            )
        return of_lightness(base, light + 0.07 if self.is_dark else light - 0.045)

    def _is_foreign(self) -> bool:
        """True for a ground that is no colour of the template's for grounds: a picture, an accent."""
        slot = self.roles["paper"]
        return slot not in _TEXTS or _distance(self.slots[slot], self.paper) > _FOREIGN

    def _card(self, ink: str) -> str | None:
        """Returns a colour of the template for panels on a picture, or on another foreign ground."""
        slots: tuple[Slot, ...] = ("bg1", "bg2", "tx2", "tx1")
        for slot in slots:
            if contrast(self.slots[slot], ink) >= _SURE:
                self.roles["wash"] = slot
                return self.slots[slot]
        return None

    def _muted(self, ink: str) -> str:
        own = self.slots["tx2"]
        is_quiet = strength(own) <= _QUIET and contrast(own, self.paper) * 1.15 < contrast(
            ink, self.paper
        )
        if is_quiet and self._reads(own):
            self.roles["muted"] = "tx2"
            return own
        self.roles["muted"] = self.roles["ink"]
        return self._grey("ink", self._light(0.38, 0.72), self._reads) or ink

    def _rest(self, ink: str) -> str:
        """Returns the colour of marks that are context: on it the text is read, or else the paper."""
        self.roles["rest"] = self.roles["ink"]
        light, seen = self._light(0.56, 0.45), self._on(self.paper, MARK)
        text = self._text_on("rest", ink, ink)
        return (
            self._grey("ink", light, seen, self._on(text, TEXT))
            or self._grey("ink", light, self._on(self.paper, TEXT))
            or ink
        )

    def _grey(self, role: Role, light: float, *holds: Holds) -> str | None:
        """Returns a shade of a role's colour, or of it nearly without colour."""
        return shade(self.slots[self.roles[role]], light, self._all(*holds), _GREY)

    def _text_on(self, mark: str, ink: str, usual: str) -> str:
        """Returns the colour of text that is to be read on a mark."""
        if self.like is None:
            return usual
        return ink if readable_on(mark, self.like) == "ink" else self.paper

    def _accent(self) -> str:
        self.roles["accent"] = "accent1"
        own = self.slots["accent1"]
        found = shade(own, lightness(own), self._reads) or own
        if found != own:
            self.remarks.append(
                f"The colour {own} is not read well enough on {self.paper}: {found} is worn for it."
            )
        return found

    def _bad(self, accent: str) -> str:
        """Returns the colour of losses: one that everybody tells from the accent, a warm one if
        there is."""
        shades = {
            slot: found
            for slot in _BAD
            if (found := shade(self.slots[slot], lightness(self.slots[slot]), self._reads))
        }
        told = {slot: found for slot, found in shades.items() if apart(found, accent) >= APART}
        if not shades:
            self.roles["contrast"] = self.roles["ink"]
            return of_lightness(self.slots[self.roles["ink"]], 1.0 if self.is_dark else 0.0)
        if told:
            farthest = max(
                told, key=lambda slot: (slot.startswith("accent"), apart(told[slot], accent))
            )
            best = next((slot for slot in told if _is_warm(self.slots[slot])), farthest)
        else:
            best = max(shades, key=lambda slot: apart(shades[slot], accent))
            self.remarks.append(
                f"No colour of the template is told from {accent} by everybody: {shades[best]} is "
                f"worn for "
                "what is bad."
            )
        self.roles["contrast"] = best
        return shades[best]

    def _light(self, on_light: float, on_dark: float) -> float:
        return on_dark if self.is_dark else on_light

    def _near_paper(self, colour: str) -> bool:
        return 1.15 <= contrast(colour, self.paper) <= 2

    @staticmethod
    def _on(ground: str, least: float) -> Holds:
        return lambda colour: not ground or contrast(colour, ground) >= least

    @staticmethod
    def _all(*every: Holds) -> Holds:
        return lambda colour: all(each(colour) for each in every)

    @staticmethod
    def _either(*some: Holds) -> Holds:
        return lambda colour: any(each(colour) for each in some)


def in_the_dark(light: Palette) -> Palette:
    """Returns what a light palette is where the page is dark; a dark one stays as it is."""
    if is_dark(light.paper):
        return light
    paper = of_lightness(light.accent, 0.08)
    slots: dict[Slot, str] = dict.fromkeys(_BAD, light.contrast) | {
        "tx1": "F2F4F7", "bg1": paper, "tx2": "AEB6C2", "bg2": of_lightness(paper, 0.14),
        "accent1": light.accent,
    }  # fmt: skip
    return Colours(slots, paper, light).palette().model_copy(update={"scheme": None})


def is_dark(ground: str) -> bool:
    """True if white is read better on a ground than black."""
    return contrast("FFFFFF", ground) > contrast("000000", ground)


def _is_warm(colour: str) -> bool:
    return strength(colour) > _QUIET and not _WARM[0] < hue(colour) < _WARM[1]


def _distance(one: str, other: str) -> float:
    return sum((int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) ** 2 for at in (0, 2, 4))
