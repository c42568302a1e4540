"""axe-core: what of a page people can't use who see, hear or point otherwise."""

from playwright.async_api import Page

from tests.node import PACKAGES

SCRIPT = PACKAGES / "axe-core" / "axe.min.js"
FOUND = """
() => axe.run(document, {iframes: false}).then(found => found.violations.map(
  each => `${each.id}: ${each.nodes.map(node => node.target).join(", ")}`))
"""


async def violations(page: Page) -> list[str]:
    """Each with its places; the window has to be opened with `bypass_csp`, or axe would not run."""
    await page.evaluate(SCRIPT.read_text())
    found: list[str] = await page.evaluate(FOUND)
    return found
