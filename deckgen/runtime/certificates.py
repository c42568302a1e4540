"""The certificates by which connections are trusted."""

import ssl
from functools import cache

import httpx


@cache
def certificates() -> ssl.SSLContext:
    """Returns those of SSL_CERT_FILE or SSL_CERT_DIR, else the usual ones, read once.

    To read them takes a sixtieth of a second, in which an event loop answers nobody.
    """
    return httpx.create_ssl_context()
