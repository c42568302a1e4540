"""Logs: readable in a terminal, JSON on request, with job and deck ids throughout.

They hold no data and no secrets: exceptions are shown without their messages (see traces.py), and the
DEBUG lines of libraries, such as bodies that they send, are never shown.
"""

import logging
import sys
from types import TracebackType
from typing import Any

import stamina
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from deckgen.config.settings import Settings
from deckgen.config.variables import Notice
from deckgen.domain.errors import DeckgenError
from deckgen.domain.visible import visible
from deckgen.observability.sentry import Reports
from deckgen.observability.traces import format_trace

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
# The INFO lines of these repeat our own events.
QUIET = ("httpx", "httpx2", "httpcore", "httpcore2", "uvicorn.access", "mcp")
ARQ = ("arq.worker", "arq.connections")
MULTILINE = ("exception", "stack")  # made here, of several lines


def get_logger(name: str) -> Any:
    """Returns a logger of the standard library, so that an embedding application can configure it."""
    return structlog.wrap_logger(
        logging.getLogger(name),
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


log = get_logger(__name__)


def configure(settings: Settings, reports: Reports) -> None:
    """Send our events and the libraries' to standard output, in one form, and bugs to Sentry too.

    Call it only in processes of our own: it changes what other code in the process logs.
    """
    root = logging.getLogger()
    root.handlers = [_standard_output(settings.log_format), BugHandler(reports)]
    level = logging.getLevelNamesMapping()[settings.log_level]
    root.setLevel(max(level, logging.INFO))
    logging.getLogger("deckgen").setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "arq"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    quieten_arq()
    stamina.instrumentation.set_on_retry_hooks([_log_retry])
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    for notice in settings.notices:
        _log_variable(notice)


def _log_variable(notice: Notice) -> None:
    """Log a variable that sets nothing by its name, never its value."""
    match notice.event:
        case "setting.service_link":
            log.info(notice.event, variable=notice.variable)
        case "setting.unknown" if notice.meant:
            log.warning(notice.event, variable=notice.variable, did_you_mean=notice.meant)
        case "setting.unknown":
            log.warning(notice.event, variable=notice.variable)


def _log_retry(details: stamina.instrumentation.RetryDetails) -> None:
    """Log a retry without the error's message, which may quote data and which stamina would log."""
    get_logger("deckgen.retries").info(
        "retry.scheduled",
        error=type(details.caused_by).__name__,
        attempt=details.retry_num,
        seconds=round(details.wait_for, 2),
    )


def quieten_arq() -> None:
    """Show only warnings of arq, which logs before it lets us configure anything.

    A filter does it, because arq's command sets the levels of its loggers after it has loaded the
    settings.
    """
    for name in ARQ:
        logging.getLogger(name).addFilter(_is_warning)


class BugHandler(logging.Handler):
    """Reports every exception that is logged as an error to Sentry, as a bug."""

    def __init__(self, reports: Reports) -> None:
        super().__init__(logging.ERROR)
        self._reports = reports

    def emit(self, record: logging.LogRecord) -> None:
        ours = record.msg if isinstance(record.msg, dict) else {}
        error = ours.get("exc_info", record.exc_info)
        if error is True:
            error = sys.exc_info()
        if isinstance(error, tuple):
            error = error[1]
        # A failed job has an event of its own, which says more.
        if isinstance(error, BaseException) and ours.get("event") != "job.failed":
            self._reports.bug(error, ours | {"logger": record.name})


def _standard_output(log_format: str) -> logging.Handler:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*SHARED, _first_line],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(format_trace),
                *_renderers(log_format),
            ],
        )
    )
    return handler


def _renderers(log_format: str) -> list[Processor]:
    if log_format == "json":
        return [structlog.processors.JSONRenderer()]  # ASCII, in which every control is escaped
    console = structlog.dev.ConsoleRenderer(
        colors=sys.stdout.isatty(),
        pad_event_to=24,
        exception_formatter=structlog.dev.plain_traceback,  # exceptions are formatted already
    )
    return [_make_visible, console]


def _make_visible(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Escape what others wrote, so that it can't steer a terminal or write a line of its own."""
    return {visible(str(key)): _visible_value(key, value) for key, value in event.items()}


def _visible_value(key: str, value: object) -> object:
    if isinstance(value, str):
        return visible(value, keep="\n\t" if key in MULTILINE else "")
    # The renderer shows other values by their repr, which may hold anything.
    return value if repr(value).isprintable() else visible(repr(value))


def _first_line(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Keep the first line: asyncio and uvicorn write exceptions and messages on the next ones."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event


def _is_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def _is_news(record: logging.LogRecord) -> bool:
    """True unless uvicorn repeats an exception that deckgen.http has logged."""
    return not str(record.msg).startswith(("Exception in ASGI application", "Traceback"))


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Any:
    if issubclass(kind, KeyboardInterrupt):
        return sys.__excepthook__(kind, error, trace)
    if isinstance(error, DeckgenError):
        return log.critical("process.ended", reason=str(error))
    return log.critical("process.bug", exc_info=error)
