"""What the commands show in a terminal, and how they end."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn

from deckgen.domain.errors import DeckgenError
from deckgen.domain.visible import visible

if TYPE_CHECKING:  # nothing is loaded that the first words would wait for
    from deckgen.domain.jobs import Job, Submitted

INTERRUPTED = 130  # as the shell has it: 128 + SIGINT


class Screen(Console):
    """A terminal on which strings are but words, whoever wrote them: no markup, no escape sequences."""

    def print(self, *objects: Any, **options: Any) -> None:
        words = (visible(one) if isinstance(one, str) else one for one in objects)
        super().print(*words, **{**options, "markup": False})

    def tell_job(self, submitted: "Submitted") -> None:
        """By this id the job is found again, whatever becomes of who asked."""
        self.print(f"Job {submitted.job_id}", highlight=False)


def end_by_exception(signum: int, _frame: object) -> NoReturn:
    """A signal handler: everything that was started is stopped on the way out."""
    sys.exit(128 + signum)


@contextmanager
def sentences() -> Iterator[None]:
    """Errors end the process with one sentence on stderr and exit code 1, without a traceback."""
    signal.signal(signal.SIGTERM, end_by_exception)
    try:
        yield
    except Exception as error:
        if not _is_told(error):
            raise
        # Only what stands at the beginning of a line is the command's own.
        sys.exit("deckgen: " + visible(str(error), keep="\n").replace("\n", "\n  "))
    except KeyboardInterrupt:
        sys.stderr.write("deckgen: interrupted.\n")
        sys.exit(INTERRUPTED)


def _is_told(error: Exception) -> bool:
    # Imported late: whoever raised one of them has loaded it.
    from deckgen.config.settings import SettingsError
    from deckgen.store.migrate import MigrationError

    return isinstance(error, (DeckgenError, SettingsError, MigrationError))


def tell_model_work(console: Console, job: "Job") -> None:
    """Why slides have the draft's words instead of the model's, if some have."""
    for sentence in job.model.sentences if job.model else []:
        console.print(sentence, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def progress_by_step(
    console: Console, check: Callable[[], None] = lambda: None
) -> Iterator[Callable[["Job"], None]]:
    """A bar for each step of a job; yields what has to be told of its progress, and calls `check`."""
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
                    bars.update(tasks[step.name], total=None)  # seen to move
                if step.seconds is not None:
                    took = f"{step.seconds:.1f} s"
                    done = step.of or 1
                    bars.update(tasks[step.name], total=done, completed=done, took=took)

        yield show
