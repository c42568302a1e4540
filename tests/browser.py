"""Debian's chromium, driven by Playwright; tests are skipped where a tool is missing."""

import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.patience import PATIENCE_SECONDS

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
MILLISECONDS = PATIENCE_SECONDS * 1000  # as Playwright counts


def tool(name: str, package: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is missing: install the Debian package {package}")
    return path


def need_widths_of_arial() -> None:
    """Labels are measured for Arial and its equals; any other font may be wider."""
    found = subprocess.run([tool("fc-match", "fontconfig"), "Arial"], capture_output=True, text=True)
    if not any(name in found.stdout for name in ("Arial", "Liberation Sans", "Arimo", "Helvetica")):
        pytest.skip("A font as wide as Arial is missing: install the Debian package fonts-liberation")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    path = tool("chromium", "chromium")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"], timeout=MILLISECONDS
        )
        yield running
        await running.close()


@asynccontextmanager
async def opened(browser: Browser, file: Path, *, at: str = "", **context: Any) -> AsyncIterator[Page]:
    """A file in a window of its own; whatever it asks for or complains about fails the test."""
    window = await browser.new_context(**({"viewport": {"width": 1440, "height": 900}} | context))
    window.set_default_timeout(MILLISECONDS)
    heard: list[str] = []
    window.on("console", lambda message: heard.append(message.text))
    window.on("weberror", lambda error: heard.append(str(error.error)))
    window.on("request", lambda request: heard.append(request.url))
    page = await window.new_page()
    await page.goto(f"{file.as_uri()}{at}")
    yield page
    await window.close()
    assert {each.partition("#")[0] for each in heard} == {file.as_uri()}
