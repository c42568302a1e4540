"""Debian's chromium, driven by Playwright; tests are skipped where a tool is missing."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright

from tests.patience import PATIENCE_SECONDS

MILLISECONDS = PATIENCE_SECONDS * 1000  # as Playwright counts


def tool(name: str, package: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is missing: install the Debian package {package}")
    return path


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    path = tool("chromium", "chromium")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"], timeout=MILLISECONDS
        )
        yield running
        await running.close()
