"""Clients of servers in the tests."""

from typing import Any

import httpx

from deckgen.runtime.certificates import certificates
from tests.patience import PATIENCE_SECONDS


def patient(url: str, **options: Any) -> httpx.AsyncClient:
    """A client that waits as long as tests do; it shares the certificates, which take long to read."""
    return httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS, verify=certificates(), **options)
