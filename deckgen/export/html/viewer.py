"""The script of a page, and what a browser may do with a page: run that script, and nothing else."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

SCRIPT = (files("deckgen.export.html") / "templates" / "viewer.js").read_text()
# A browser hashes what stands between the tags.
_HASH = b64encode(sha256(SCRIPT.encode()).digest()).decode()
CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; script-src 'sha256-{_HASH}'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'"
)
