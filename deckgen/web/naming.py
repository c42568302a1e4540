"""Names in the OpenAPI document: what clients call the operations, and how they are grouped."""

from pydantic.alias_generators import to_camel

# Operations whose routes have other names than a client would give them.
OPERATION_IDS = {
    "generate": "requestDeck",
    "revise": "reviseSlide",
    "preview": "previewTable",
    "job": "getJob",
    "change": "changePriority",
    "cancel": "cancelJob",
    "retry": "retryJob",
    "dismiss": "dismissJob",
    "find": "findJobs",
    "retry_many": "retryJobs",
    "cancel_many": "cancelJobs",
    "dismiss_many": "dismissJobs",
    "stream": "followJob",
    "pause": "pauseQueue",
    "resume": "resumeQueue",
    "queue_status": "getQueueStatus",
    "workers": "listWorkers",
    "usage": "getUsage",
    "presentation": "getDeck",
    "page": "getPage",
    "pptx": "getPptx",
    "pdf": "getPdf",
    "shared_page": "getSharedPage",
    "shared_pptx": "getSharedPptx",
    "shared_pdf": "getSharedPdf",
    "versions": "listVersions",
    "version": "getVersion",
    "verify": "verifyDeck",
    "verify_file": "verifyPresentation",
    "refresh": "refreshPresentation",
    "ask": "askAboutTable",
    "edit": "editDeck",
    "check_edit": "checkEdit",
    "compare": "compareVersions",
    "table": "getTable",
    "template": "getTemplate",
    "endpoint": "getEndpoint",
    "own_secret": "getOwnSecret",
    "deliveries": "listDeliveries",
    "deletion": "getDeletion",
    "audit": "listAudit",
    "signing_keys": "getSigningKeys",
}
# Each tag with its description, and the beginnings of the paths that it groups; the first that fits.
TAGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "Decks",
        "Request decks, read them, and prove them.",
        ("/api/ai/generate-async", "/api/ai/preview", "/api/presentations/", "/decks/"),
    ),
    ("Jobs", "How far a job is, what happens to it, and many at once.", ("/api/ai/jobs",)),
    (
        "Queue",
        "What waits and runs, and what it cost.",
        ("/api/ai/queue", "/api/ai/usage", "/api/ai/workers"),
    ),
    ("Share links", "Links that open one deck for whoever has them.", ("/share/",)),
    ("Webhooks", "Who is told of the ends of jobs.", ("/api/webhooks/",)),
    ("Templates", "PowerPoint files whose looks decks wear.", ("/api/templates",)),
    ("Keys", "The keys of the tenant.", ("/api/keys",)),
    (
        "Deletion and audit",
        "What went, and who did what.",
        ("/api/users/", "/api/tenant", "/api/deletions/", "/api/audit"),
    ),
    ("Server", "The server itself.", ("/",)),
)
SHARES = "/shares"  # lies within the paths of a deck


def operation_id(route: str) -> str:
    """Returns the name of the operation of a route."""
    return OPERATION_IDS.get(route) or to_camel(route)


def tag(path: str) -> str:
    """Returns the group of a path."""
    if SHARES in path:
        return "Share links"
    return next(name for name, _, beginnings in TAGS if path.startswith(beginnings))


def public_path(path: str, names: list[str]) -> str:
    """Returns a route's path with the names of its parameters as in JSON: `{deckId}`."""
    return path.format_map({name: f"{{{to_camel(name)}}}" for name in names})
