"""Logs: readable in a terminal, JSON on request, with job and deck ids throughout.

They hold no data and no secrets: exceptions are shown without their messages (see traces.py), and what
libraries say at level DEBUG, such as bodies that they send, is never shown.
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
# These repeat at level INFO what our own events already say.
QUIET = ("httpx", "httpx2", "httpcore", "httpcore2", "uvicorn.access")
ARQ = ("arq.worker", "arq.connections")
OF_LINES = ("exception", "stack")  # made here, in lines that are our own


def get_logger(name: str) -> Any:
    """Events through the standard library: an application that embeds deckgen decides what is shown."""
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
    """Send our events and those of the libraries to standard output, in one form; bugs to Sentry too.

    For processes of our own: it changes what other code in the process logs.
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
    stamina.instrumentation.set_on_retry_hooks([_tell_retry])
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    for notice in settings.notices:
        _tell_variable(notice)


def _tell_variable(notice: Notice) -> None:
    """Of a variable that sets nothing: its name, never its value."""
    match notice.event:
        case "setting.service_link":
            log.info(notice.event, variable=notice.variable)
        case "setting.unknown" if notice.meant:
            log.warning(notice.event, variable=notice.variable, did_you_mean=notice.meant)
        case "setting.unknown":
            log.warning(notice.event, variable=notice.variable)


def _tell_retry(details: stamina.instrumentation.RetryDetails) -> None:
    """stamina's own hooks log the message of the error, which may quote data."""
    get_logger("deckgen.retries").info(
        "retry.scheduled",
        error=type(details.caused_by).__name__,
        attempt=details.retry_num,
        seconds=round(details.wait_for, 2),
    )


def quieten_arq() -> None:
    """Only warnings of arq, which speaks before it lets us configure anything.

    By a filter, because its command sets the levels of its loggers once it has loaded the settings.
    """
    for name in ARQ:
        logging.getLogger(name).addFilter(_is_warning)


class BugHandler(logging.Handler):
    """Every exception that is logged as an error is a bug, and an event of Sentry."""

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
        # The failure of a job has an event of its own, which says more.
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
        exception_formatter=structlog.dev.plain_traceback,  # they are formatted already
    )
    return [_make_visible, console]


def _make_visible(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """What others said can't steer a terminal, nor write a line of its own."""
    return {visible(str(key)): _visible_value(key, value) for key, value in event.items()}


def _visible_value(key: str, value: object) -> object:
    if isinstance(value, str):
        return visible(value, keep="\n\t" if key in OF_LINES else "")
    # The renderer shows anything else by its repr, which may be of any kind.
    return value if repr(value).isprintable() else visible(repr(value))


def _first_line(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """asyncio and uvicorn write exceptions, with their messages, on the lines that follow."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event


def _is_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def _is_news(record: logging.LogRecord) -> bool:
    """uvicorn repeats each exception that deckgen.http has logged."""
    return not str(record.msg).startswith(("Exception in ASGI application", "Traceback"))


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Any:
    if issubclass(kind, KeyboardInterrupt):
        return sys.__excepthook__(kind, error, trace)
    if isinstance(error, DeckgenError):
        return log.critical("process.ended", reason=str(error))
    return log.critical("process.bug", exc_info=error)
