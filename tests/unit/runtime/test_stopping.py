"""Signals that tell a process to end, and which of them is meant as another one."""

import signal

import pytest

from deckgen.runtime import stopping
from deckgen.runtime.stopping import ECHO_SECONDS, Ending


@pytest.mark.parametrize(("later", "ends"), [(0.0, False), (ECHO_SECONDS, False), (2.0, True)])
def test_an_echo_is_no_second_signal(monkeypatch: pytest.MonkeyPatch, later: float, ends: bool) -> None:
    """Who tells a process and its group tells it twice; who asks again later does not want to wait."""
    now, ended, limits = 100.0, list[int](), list[float]()
    monkeypatch.setattr(stopping, "monotonic", lambda: now)
    monkeypatch.setattr(stopping, "end_now", ended.append)
    monkeypatch.setattr(stopping, "end_after", limits.append)
    ending = Ending(seconds=30)
    assert ending.begins(signal.SIGTERM)
    now += later
    assert not ending.begins(signal.SIGTERM)
    assert ended == [signal.SIGTERM] * ends
    assert limits == [30]
