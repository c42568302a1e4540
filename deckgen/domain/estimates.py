"""Estimates of a client's waiting time, in words."""

DEFAULT_SECONDS = 20.0  # of a job, before there is any experience


def estimate_seconds(*, recent_seconds: float | None, jobs_ahead: int, slots: int) -> int:
    """The seconds until a new job ends: it waits for the jobs ahead, `slots` at a time, then runs."""
    job_seconds = recent_seconds or DEFAULT_SECONDS
    return max(1, round(job_seconds * (1 + jobs_ahead / slots)))


def in_words(seconds: int) -> str:
    """The estimate as a range, since recent jobs are only a rough guide: "2-5 minutes"."""
    low, high = seconds * 0.7 / 60, seconds * 1.7 / 60
    if high <= 1:
        return "under a minute"
    if high <= 90:
        return f"{max(1, round(low))}-{max(2, -int(-high // 1))} minutes"
    return f"{max(1, round(low / 60))}-{max(2, -int(-high / 60 // 1))} hours"
