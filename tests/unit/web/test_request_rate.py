"""Requests of a caller within any minute."""

from deckgen.web.request_rate import RequestRate


class Clock:
    """Seconds that the test sets."""

    def __init__(self) -> None:
        self.now = 600.0

    def __call__(self) -> float:
        return self.now


def taken(rate: RequestRate, caller: str, number: int) -> int:
    """How many of so many requests were counted."""
    return sum(not rate.count(caller).is_exceeded for _ in range(number))


def test_so_many_a_minute() -> None:
    """Beyond the limit nothing is counted, until there is room again."""
    clock = Clock()
    rate = RequestRate(10, clock)
    assert taken(rate, "a", 15) == 10
    assert taken(rate, "b", 15) == 10
    quota = rate.count("a")
    assert (quota.is_exceeded, quota.left, quota.seconds) == (True, 0, 60)
    clock.now += 120
    assert taken(rate, "a", 15) == 10


def test_any_minute_counts() -> None:
    """Who takes all at a minute's end does not get all again at the beginning of the next."""
    clock = Clock()
    rate = RequestRate(10, clock)
    clock.now += 59
    assert taken(rate, "a", 15) == 10
    clock.now += 2
    assert taken(rate, "a", 15) == 0
    clock.now += 29
    assert taken(rate, "a", 15) == 5
    clock.now += 30
    assert taken(rate, "a", 15) == 5


def test_what_is_left() -> None:
    """It is told with the seconds until a new window begins."""
    clock = Clock()
    clock.now += 18
    rate = RequestRate(3, clock)
    assert [(each.left, each.seconds) for each in (rate.count("a"), rate.count("a"))] == [
        (2, 42),
        (1, 42),
    ]


def test_who_does_not_come_back_is_forgotten() -> None:
    """Callers of former minutes take no memory."""
    clock = Clock()
    rate = RequestRate(10, clock)
    for number in range(100):
        rate.count(f"caller-{number}")
    clock.now += 120
    rate.count("a")
    assert len(rate._counts) == 1
