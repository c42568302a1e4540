"""`python -m bench.analyst.peer SMALL CSV` in .venv-bench: ydata-profiling in its minimal mode.

One measurement as JSON on standard output: from the file to the report as JSON, which is thrown away,
and how much of that pandas takes to read the file.
"""

import os
import sys
import time
import warnings

os.environ["YDATA_PROFILING_NO_ANALYTICS"] = "True"  # it would tell its makers of each report
warnings.simplefilter("ignore")  # the package goes on under another name

import pandas  # noqa: E402 - after what it is told above
from ydata_profiling import ProfileReport  # noqa: E402 - likewise

from bench.analyst.process import bound, report  # noqa: E402 - likewise


def profile(path: str) -> float:
    """Seconds of the reading."""
    began = time.perf_counter()
    frame = pandas.read_csv(path)
    part = time.perf_counter() - began
    ProfileReport(frame, minimal=True, progress_bar=False).to_json()
    return part


if __name__ == "__main__":
    bound()
    small, large = sys.argv[1:]
    profile(small)
    report(lambda: profile(large))
