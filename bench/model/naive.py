"""What others do with the same provider: an outline, a choice of layouts, then slides by tens."""

import asyncio
import time
from dataclasses import dataclass

from openai import AsyncOpenAI

AT_A_TIME = 10


@dataclass(frozen=True)
class Naive:
    calls: int
    seconds: float


async def pipeline(url: str, key: str, slides: int) -> Naive:
    """Seconds of the calls alone: nothing is read, computed, checked or saved."""
    began = time.perf_counter()
    async with AsyncOpenAI(base_url=url, api_key=key, max_retries=0) as client:

        async def call(text: str) -> None:
            await client.chat.completions.create(
                model="gpt-4.1-mini", messages=[{"role": "user", "content": text}]
            )

        await call("Outline the presentation.")
        await call("Choose a layout for each slide.")
        for start in range(0, slides, AT_A_TIME):
            several = range(start, min(start + AT_A_TIME, slides))
            await asyncio.gather(*(call(f"Write slide {number}.") for number in several))
    return Naive(slides + 2, time.perf_counter() - began)
