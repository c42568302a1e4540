"""Prompt, fast and quiet: every queue in turn, several rounds, no database behind any of them."""

from dataclasses import dataclass, field

from bench.queue.contestants import BULLMQ, DECKGEN, POLLING, Contestant, Trial, contestants
from bench.queue.figures import Figure, median, percentile, spread
from bench.queue.ground import Ground, watch_idle

SLOTS = 50
SLEEP_SECONDS, SLEEPS = 0.05, 1_000
NS = 1e9


@dataclass
class Session:
    """What all rounds of one queue have found."""

    latencies: list[float] = field(default_factory=list)  # ms
    rates: list[float] = field(default_factory=list)  # no-op jobs a second
    sleeps: list[float] = field(default_factory=list)  # times the ideal
    commands: list[float] = field(default_factory=list)  # a second, idle
    cpu: list[float] = field(default_factory=list)  # percent, idle


async def measure(ground: Ground) -> tuple[list[Figure], dict[str, Session]]:
    """The figures of deckgen's pool, and the rounds of everybody."""
    await ground.empty()
    sessions = {one.name: Session() for one in contestants()}
    for number in range(ground.pick(3, 1)):
        for one in contestants():
            await _round(ground, one, sessions[one.name], sleeps=number == 0 and not ground.quick)
    return [_dispatch(sessions), _no_ops(sessions)], sessions


async def _round(ground: Ground, one: Contestant, session: Session, *, sleeps: bool) -> None:
    """Work off no-ops, then single jobs, then do nothing for a while; sleeps once, which is enough."""
    trial = Trial(ground, one, slots=SLOTS)
    count, pings = ground.pick(2_000, 600), ground.pick(60, 30)
    await trial.feed("fill", str(count))
    try:
        worker = trial.start()
        began = sorted(began for _, began in await trial.done(count))
        session.rates.append((count - 1) / (began[-1] - began[0]) * NS)
        await trial.feed("ping", str(pings))
        stamps = await trial.done(count + pings)
        session.latencies += [(began - sent) / NS * 1000 for sent, began in stamps[count:]]
        idle = await watch_idle(ground, worker.pid, ground.pick(5, 2))
        session.commands.append(idle.commands)
        session.cpu.append(idle.cpu)
    finally:
        trial.stop()
    if sleeps:
        session.sleeps.append(await _sleeps(ground, one))


async def _sleeps(ground: Ground, one: Contestant) -> float:
    """How many times the ideal it takes, from the first start to the last end."""
    trial = Trial(ground, one, slots=SLOTS)
    await trial.feed("fill", str(SLEEPS), str(SLEEP_SECONDS))
    try:
        trial.start()
        began = sorted(began for _, began in await trial.done(SLEEPS))
    finally:
        trial.stop()
    seconds = (began[-1] - began[0]) / NS + SLEEP_SECONDS
    return seconds / (SLEEPS * SLEEP_SECONDS / SLOTS)


def _dispatch(sessions: dict[str, Session]) -> Figure:
    own = sessions[DECKGEN].latencies
    peer = sessions[BULLMQ].latencies if BULLMQ in sessions else None
    ahead = peer is None or median(own) <= median(peer)
    beside = f"; BullMQ's p50 in the same run {median(peer):.3g} ms" if peer else ""
    return Figure(
        "dispatch to the first line of the job function, idle, no database",
        "<= 3 ms, <= 15 ms, and not behind BullMQ's p50",
        spread(own, "ms") + beside,
        median(own) <= 3 and percentile(own, 99) <= 15 and ahead,
    )


def _no_ops(sessions: dict[str, Session]) -> Figure:
    own, polling = sessions[DECKGEN], sessions[POLLING]
    ratios = [mine / other for mine, other in zip(own.rates, polling.rates, strict=True)]
    idle, polled = median(own.commands), median(polling.commands)
    return Figure(
        "no-op jobs a second, one worker, no database",
        ">= 1.2 x arq polling every 10 ms, without its 95 idle commands a second",
        f"{median(own.rates):,.0f} jobs, {median(ratios):.2f} x; {idle:.1f} idle commands a second, "
        f"polling {polled:.0f}",
        median(ratios) >= 1.2 and idle <= 5,
        f"{SLOTS} slots, a queue that was filled before; median of {len(ratios)} alternating rounds.",
    )
