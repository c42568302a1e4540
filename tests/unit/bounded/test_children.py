"""Whatever a table makes of the process that reads it, nothing else is touched."""

import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path

import pytest

from deckgen.bounded import children as module
from deckgen.bounded.child import Bounds
from deckgen.bounded.children import Children
from deckgen.domain.errors import DeckgenError, InvalidRequest, RetryableError

GENEROUS = Bounds(seconds=120, memory_bytes=3_000_000_000)
SHORT = replace(GENEROUS, seconds=1)


class Started(Children):
    """Children that do as tests.hostile_works says."""

    def __init__(self, folder: Path, bounds: Bounds = GENEROUS, processes: int = 2) -> None:
        super().__init__(processes, bounds, folder, "tests.hostile_works")


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    started = Started(tmp_path)
    yield started
    started.close()


def is_there(pid: int) -> bool:
    """Whether a process lives; one that has ended but was not reaped yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def await_end(pid: int) -> None:
    while is_there(pid):
        time.sleep(0.01)


def await_pid(path: Path) -> int:
    """What a child has written down, once it has."""
    while not (path.exists() and path.read_text()):
        time.sleep(0.01)
    return int(path.read_text())


def test_what_a_child_answers(children: Children) -> None:
    """Its bytes come back, few or many."""
    assert children.call("answer", b"few") == b"few"
    assert len(children.call("answer", bytes(5_000_000))) == 5_000_000


def overdue(folder: Path, work: str) -> int:
    """The process that a child writes down before its time is over.

    On a busy machine it may be over before that: then the next child has more of it.
    """
    for seconds in (1, 10, 60):
        children = Started(folder, replace(GENEROUS, seconds=seconds))
        with pytest.raises(DeckgenError) as refused:
            children.call(work, folder / "pid")
        children.close()
        assert refused.value.code == "table_timeout"
        if (folder / "pid").exists() and (written := (folder / "pid").read_text()):
            return int(written)
    raise AssertionError("no child got as far as that")


@pytest.mark.parametrize("work", ["wait", "hold_the_lock"])
def test_what_takes_too_long_is_ended(tmp_path: Path, work: str) -> None:
    """A child is over after its time, even one in which no line of Python runs any more."""
    assert not is_there(overdue(tmp_path, work))


def test_what_no_clock_of_its_own_ends_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller ends a process that is overdue, and says so: nobody else killed it."""
    monkeypatch.setattr(module, "LEAVE_SECONDS", 0.2)
    children = Started(tmp_path, SHORT)
    with pytest.raises(DeckgenError) as refused:
        children.call("freeze")
    assert refused.value.code == "table_timeout"
    children.close()


def test_what_a_child_has_started_ends_with_it(tmp_path: Path) -> None:
    """A reader of workbooks that hangs does not outlive the call that it was started for."""
    await_end(overdue(tmp_path, "start_another"))


@pytest.mark.parametrize(
    ("work", "code"),
    [
        ("fill_memory", "out_of_memory"),
        ("crash", "table_process_broken"),
        ("leave_a_file", "table_process_killed"),
        ("send_half", "table_process_killed"),
    ],
)
def test_a_child_that_breaks_is_an_error_of_its_call(children: Children, work: str, code: str) -> None:
    """Memory, a crash, a kill: each has a code of its own, and the next call is answered."""
    with pytest.raises(DeckgenError) as refused:
        children.call(work)
    assert refused.value.code == code
    assert children.call("answer", b"next") == b"next"


def test_a_child_writes_no_more_than_it_may(tmp_path: Path) -> None:
    """A file that grows beyond the bound is an error in the child, and no full disk."""
    children = Started(tmp_path, replace(GENEROUS, file_bytes=1_000_000))
    with pytest.raises(Exception, match=r"^$") as found:
        children.call("fill_the_disk")
    assert type(found.value).__name__ == "OSError"
    children.close()


def test_nothing_is_left_of_a_child_that_was_killed(children: Children, tmp_path: Path) -> None:
    """Its temporary files go with its call."""
    with pytest.raises(DeckgenError):
        children.call("leave_a_file")
    assert list(tmp_path.iterdir()) == []


def test_a_child_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the service are no part of a child's environment."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-hunter2")
    children = Started(tmp_path)
    said = children.call("say_secrets").decode()
    assert "OPENBLAS_NUM_THREADS" in said
    assert "PASSWORD" not in said
    assert "hunter2" not in said
    children.close()


def test_errors_come_as_they_are(children: Children) -> None:
    """Class, code, fields and patience of an error are those that were raised in the child."""
    with pytest.raises(InvalidRequest) as fields:
        children.call("refuse", "fields")
    assert [(one.field, one.message) for one in fields.value.errors] == [("columns", "are too many")]
    with pytest.raises(DeckgenError) as large:
        children.call("refuse", "large")
    assert (type(large.value).__name__, large.value.code) == ("TooLarge", "dataset_too_large")
    with pytest.raises(RetryableError) as later:
        children.call("refuse", "later")
    assert later.value.retry_after == 7


def test_a_bug_comes_with_its_frames_and_without_its_words(children: Children) -> None:
    """The log says where it happened, in the child's own lines, and quotes nothing of the table."""
    with pytest.raises(Exception, match=r"^$") as found:
        children.call("bug")
    assert type(found.value).__name__ == "KeyError"
    assert "hostile_works.py" in "".join(traceback.format_tb(found.value.__traceback__))


def test_a_service_that_ends_ends_its_children(tmp_path: Path) -> None:
    """Closing does not wait for work that nobody waits for any more."""
    children = Started(tmp_path)
    failed: list[Exception] = []

    def work() -> None:
        try:
            children.call("wait", tmp_path / "pid")
        except DeckgenError as error:
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    pid = await_pid(tmp_path / "pid")
    children.close()
    thread.join()
    assert not is_there(pid)
    assert len(failed) == 1


def test_children_end_with_a_service_that_is_killed(tmp_path: Path) -> None:
    """After kill -9 of the service none of its children is left."""
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.unit.bounded.test_children import Started\n"
        "Started(Path(sys.argv[1])).call('wait', Path(sys.argv[1]) / 'pid')\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) as service:
        child = await_pid(tmp_path / "pid")
        service.kill()
    await_end(child)


def test_another_server_is_prepared_as_the_first(children: Children) -> None:
    """If the server of children is killed, the next one knows no secret either."""
    assert children.call("answer", b"first") == b"first"
    server = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined] # it tells nobody
    os.kill(server, signal.SIGKILL)
    await_end(server)
    os.environ["OPENAI_API_KEY"] = "sk-hunter2"
    try:
        said = children.call("say_secrets").decode()
    finally:
        del os.environ["OPENAI_API_KEY"]
    assert "OPENBLAS_NUM_THREADS" in said
    assert "hunter2" not in said


def test_a_folder_that_was_cleared_is_made_again(tmp_path: Path) -> None:
    """Whoever clears up temporary files does not end the service."""
    folder = tmp_path / "cleared"
    children = Started(folder)
    assert children.call("answer", b"made") == b"made"
    folder.rmdir()
    assert children.call("answer", b"again") == b"again"
    children.close()


def test_a_closed_service_starts_nothing(tmp_path: Path) -> None:
    """A call that had waited is refused, and holds up no end."""
    children = Started(tmp_path)
    children.close()
    with pytest.raises(RetryableError):
        children.call("answer", b"late")


def test_stricter_limits_of_the_system_are_kept(tmp_path: Path) -> None:
    """Where the system permits less than the bounds, a child works within that."""
    code = (
        "import resource, sys; from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))\n"
        "from tests.unit.bounded.test_children import Started\n"
        "children = Started(Path(sys.argv[1]))\n"
        "print(children.call('answer', b'within').decode())\n"
        "children.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "within\n"
