"""The output of the commands in a terminal, and the way they end."""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn

from deckgen.domain.errors import DeckgenError
from deckgen.domain.visible import visible

if TYPE_CHECKING:  # the first words wait for no import
    from deckgen.domain.jobs import Job, Submitted

INTERRUPTED = 130  # 128 + SIGINT, as in a shell


class Screen(Console):
    """A terminal on which any string is plain text, without markup and escape sequences."""

    def print(self, *objects: Any, **options: Any) -> None:
        shown = (visible(item) if isinstance(item, str) else item for item in objects)
        super().print(*shown, **{**options, "markup": False})

    def tell_job(self, submitted: "Submitted") -> None:
        """Print the id by which the job is found again, whatever happens to this process."""
        self.print(f"Job {submitted.job_id}", highlight=False)


def json_text(document: Any) -> str:
    """Returns a document as JSON with escapes, so that no text of others acts on the terminal."""
    return json.dumps(document, indent=2).replace("\x7f", "\\u007f")


def end_by_exception(signum: int, _frame: object) -> NoReturn:
    """Handle a signal by an exception, so that everything is stopped on the way out."""
    sys.exit(128 + signum)


@contextmanager
def sentences() -> Iterator[None]:
    """End the process after an error with a sentence on stderr and exit code 1, without traceback."""
    signal.signal(signal.SIGTERM, end_by_exception)
    try:
        yield
    except Exception as error:
        if not _is_in_words(error):
            raise
        # Text of others is indented: only the command's own words stand at the beginning of a line.
        sys.exit("deckgen: " + visible(str(error), keep="\n").replace("\n", "\n  "))
    except KeyboardInterrupt:
        sys.stderr.write("deckgen: interrupted.\n")
        sys.exit(INTERRUPTED)


def _is_in_words(error: Exception) -> bool:
    """True if the error's message is a sentence for people."""
    # These are imported late, because whoever raised one of them has loaded it.
    from deckgen.config.settings import SettingsError
    from deckgen.store.migrate import MigrationError

    return isinstance(error, (DeckgenError, SettingsError, MigrationError))


def tell_end(console: Console, job: "Job") -> None:
    """Print why some slides have the draft's words instead of the model's, and the job's warnings."""
    sentences = [*(job.model.sentences if job.model else [])]
    for sentence in [*sentences, *(warning.message for warning in job.warnings)]:
        console.print(sentence, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def progress_by_step(
    console: Console, check: Callable[[], None] = lambda: None
) -> Iterator[Callable[["Job"], None]]:
    """Show a bar for each step of a job; yields a function that updates them and calls `check`."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<10}"),
        BarColumn(),
        TextColumn("{task.fields[took]}"),
    )
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def show(job: "Job") -> None:
            check()
            for step in job.progress.steps:
                if step.name not in tasks:
                    tasks[step.name] = bars.add_task(step.name, total=1, took="")
                if step.of:
                    bars.update(tasks[step.name], total=step.of, completed=step.done)
                elif step.status == "active":
                    bars.update(tasks[step.name], total=None)  # the bar moves without a number
                if step.seconds is not None:
                    took = f"{step.seconds:.1f} s"
                    done = step.of or 1
                    bars.update(tasks[step.name], total=done, completed=done, took=took)

        yield show
