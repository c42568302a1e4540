"""How long a client will wait, in words."""

DEFAULT_SECONDS = 20.0  # of a job, before there is any experience


def estimate_seconds(*, recent_seconds: float | None, jobs_ahead: int, slots: int) -> int:
    """Seconds until a new job ends: it waits for the jobs ahead, `slots` at a time, then runs."""
    each = recent_seconds or DEFAULT_SECONDS
    return max(1, round(each * (1 + jobs_ahead / slots)))


def in_words(seconds: int) -> str:
    """The estimate as a range, since the last jobs are a rough guide: "2-5 minutes"."""
    low, high = seconds * 0.7 / 60, seconds * 1.7 / 60
    if high <= 1:
        return "under a minute"
    if high <= 90:
        return f"{max(1, round(low))}-{max(2, -int(-high // 1))} minutes"
    return f"{max(1, round(low / 60))}-{max(2, -int(-high / 60 // 1))} hours"
