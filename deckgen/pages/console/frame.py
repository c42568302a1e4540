"""The frame of the console's pages: their navigation, and how they write figures."""

from datetime import UTC, datetime, timedelta
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_percent
from starlette.requests import Request
from starlette.responses import HTMLResponse

from deckgen.domain.access import Caller, Scope
from deckgen.domain.console import Count
from deckgen.domain.errors import NotAllowed
from deckgen.pages.language import Language, language_of
from deckgen.pages.shell import page
from deckgen.web.state import caller

DOLLARS = {"en": "¤#,##0.00##", "de": "#,##0.00##\xa0¤"}  # calls cost less than a cent
SAME_DAY, OTHER_DAY = "HH:mm:ss", {"en": "d MMM, HH:mm", "de": "d. MMM, HH:mm"}
UNITS = (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))


def console_page(
    request: Request, template: str, section: str, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """Returns a page of the console, or a part of one; `section` is where it stands in it."""
    figures = Figures(language_of(request))
    places = sections(caller(request))
    return page(
        request,
        f"console/{template}",
        status=status,
        section=section,
        sections=places,
        figures=figures,
        **context,
    )


def sections(who: Caller) -> list[str]:
    """Returns what of the console a caller may open; each has its page at /console/NAME."""
    may_see = {
        "overview": Scope.JOBS in who.scopes,
        "jobs": Scope.JOBS in who.scopes,
        "workers": Scope.JOBS in who.scopes and is_operator(who),
        "costs": Scope.JOBS in who.scopes,
        "webhooks": is_admin(who),
        "audit": is_admin(who),
    }
    return [name for name, may in may_see.items() if may]


def is_operator(who: Caller) -> bool:
    """True for who sees the queue and the workers, which are everybody's."""
    try:
        who.require_operator()
    except NotAllowed:
        return False
    return True


def is_admin(who: Caller) -> bool:
    """True for who sees webhooks and the audit of the tenant."""
    return Scope.TENANT in who.scopes and who.user_id is None


class Figures:
    """Writes times, spans, counts and money as people of a language read them."""

    def __init__(self, language: Language) -> None:
        self._language, self._now = language, datetime.now(UTC)

    def took(self, seconds: float | timedelta) -> str:
        """Returns a span in its two largest units: `3.1 s`, `4 min 10 s`."""
        if isinstance(seconds, timedelta):
            seconds = seconds.total_seconds()
        if seconds < 60:
            return f"{self._language.number(round(max(seconds, 0), 1))} s"
        parts, left = [], round(seconds)
        for unit, size in UNITS:
            count, left = divmod(left, size)
            if count:
                parts.append(f"{count} {unit}")
        return " ".join(parts[:2])

    def since(self, time: datetime) -> str:
        return self.took(self._now - time)

    def clock(self, time: datetime) -> str:
        """Returns the time of day, with the day if that is another than today (UTC)."""
        is_today = time.astimezone(UTC).date() == self._now.date()
        form = SAME_DAY if is_today else OTHER_DAY[self._language.code]
        return str(format_datetime(time, form, tzinfo=UTC, locale=self._language.code))

    def day(self, day: datetime) -> str:
        return str(format_date(day, "medium", locale=self._language.code))

    def count(self, count: Count) -> str:
        """Returns a number, with a plus sign if there are more."""
        return f"{self._language.number(count.count)}{'+' if count.is_more else ''}"

    def money(self, dollars: float) -> str:
        code = self._language.code
        return str(format_currency(dollars, "USD", DOLLARS[code], locale=code, currency_digits=False))

    def share(self, part: float, whole: float) -> str:
        """Returns a part of a whole in percent; nothing of nothing is none of it."""
        share = part / whole if whole else 0.0
        return str(format_percent(share, "#,##0.#\xa0%", locale=self._language.code))
