"""Every URL of the pages."""

from starlette.routing import BaseRoute

from deckgen.domain.access import Scope
from deckgen.domain.new_decks import LOOK
from deckgen.export.formats import formats
from deckgen.pages import sign_in, static
from deckgen.pages.console import audit, bulk, costs, job, jobs, overview, webhooks, workers
from deckgen.pages.routing import PageRoute
from deckgen.pages.studio import (
    deck,
    deck_asking,
    deck_order,
    deck_proof,
    decks,
    editing,
    looking,
    making,
    sharing,
    start,
    versions,
)
from deckgen.web import presentations, table_files
from deckgen.web.routing import OPEN, ScopedRoute


def routes() -> list[BaseRoute]:
    """Returns all routes; those of a deck's files come first, as an id may hold dots."""
    files = [
        PageRoute(
            f"/decks/{{deck_id}}{each.ending}",
            presentations.form(each),
            needs=Scope.READ,
            name=f"file_{each.name}",
        )
        for each in formats()
    ]
    return [*files, *ROUTES]


CONSOLE: list[BaseRoute] = [
    PageRoute("/console", overview.show, needs=Scope.JOBS, name="console"),
    PageRoute("/console/live", overview.live, needs=Scope.JOBS, name="console_live"),
    PageRoute(
        "/console/pause", overview.pause, needs=Scope.JOBS, name="console_pause", methods=["POST"]
    ),
    PageRoute(
        "/console/resume", overview.resume, needs=Scope.JOBS, name="console_resume", methods=["POST"]
    ),
    PageRoute("/console/jobs", jobs.show, needs=Scope.JOBS, name="console_jobs"),
    PageRoute("/console/jobs/many", bulk.ask, needs=Scope.JOBS, name="console_ask_many"),
    PageRoute(
        "/console/jobs/many",
        bulk.change,
        needs=Scope.JOBS,
        name="console_change_many",
        methods=["POST"],
    ),
    PageRoute("/console/jobs/many/result", bulk.result, needs=Scope.JOBS, name="console_changed_many"),
    PageRoute("/console/jobs/{job_id}", job.show, needs=Scope.JOBS, name="console_job"),
    PageRoute(
        "/console/jobs/{job_id}",
        job.change,
        needs=Scope.JOBS,
        name="console_change_job",
        methods=["POST"],
    ),
    PageRoute("/console/workers", workers.show, needs=Scope.JOBS, name="console_workers"),
    PageRoute("/console/workers/live", workers.live, needs=Scope.JOBS, name="console_workers_live"),
    PageRoute("/console/costs", costs.show, needs=Scope.JOBS, name="console_costs"),
    PageRoute("/console/webhooks", webhooks.show, needs=Scope.TENANT, name="console_webhooks"),
    PageRoute(
        "/console/deliveries/{delivery_id}",
        webhooks.redeliver,
        needs=Scope.TENANT,
        name="console_redeliver",
        methods=["POST"],
    ),
    PageRoute("/console/audit", audit.show, needs=Scope.TENANT, name="console_audit"),
]
ROUTES: list[BaseRoute] = [
    PageRoute("/", start.show, needs=Scope.READ, name="start"),
    PageRoute("/", start.make, needs=Scope.WRITE, name="make", methods=["POST"]),
    PageRoute("/look", looking.look, needs=Scope.READ, name=LOOK, methods=["POST"]),
    PageRoute("/decks", decks.show, needs=Scope.READ, name="my_decks"),
    PageRoute("/decks/{deck_id}", deck.show, needs=Scope.READ, name="deck"),
    PageRoute("/decks/{deck_id}/progress", deck.progress, needs=Scope.READ, name="deck_progress"),
    PageRoute(
        "/decks/{deck_id}/cancel",
        making.cancel,
        needs=Scope.WRITE,
        name="cancel_deck",
        methods=["POST"],
    ),
    PageRoute(
        "/decks/{deck_id}/retry", making.retry, needs=Scope.WRITE, name="retry_deck", methods=["POST"]
    ),
    PageRoute("/decks/{deck_id}/data.parquet", table_files.table, needs=Scope.READ, name="deck_table"),
    PageRoute("/decks/{deck_id}/proof", deck_proof.show, needs=Scope.READ, name="deck_proof"),
    PageRoute(
        "/decks/{deck_id}/proof", deck_proof.prove, needs=Scope.READ, name="prove", methods=["POST"]
    ),
    PageRoute("/decks/{deck_id}/share", sharing.show, needs=Scope.WRITE, name="sharing"),
    PageRoute(
        "/decks/{deck_id}/share", sharing.create, needs=Scope.WRITE, name="share", methods=["POST"]
    ),
    PageRoute(
        "/decks/{deck_id}/share/{share_id}",
        sharing.revoke,
        needs=Scope.WRITE,
        name="unshare",
        methods=["POST"],
    ),
    PageRoute("/decks/{deck_id}/versions", versions.show, needs=Scope.READ, name="deck_versions"),
    PageRoute("/decks/{deck_id}/order", deck_order.show, needs=Scope.WRITE, name="order_page"),
    PageRoute(
        "/decks/{deck_id}/order", deck_order.change, needs=Scope.WRITE, name="order", methods=["POST"]
    ),
    PageRoute(
        "/decks/{deck_id}/ask/{slide_id}", deck_asking.ask, needs=Scope.WRITE, name="asking_page"
    ),
    PageRoute(
        "/decks/{deck_id}/ask/{slide_id}",
        deck_asking.put,
        needs=Scope.WRITE,
        name="put_answer",
        methods=["POST"],
    ),
    PageRoute(
        "/decks/{deck_id}/revise/{slide_id}",
        deck_asking.revise,
        needs=Scope.WRITE,
        name="revise_slide",
        methods=["POST"],
    ),
    PageRoute("/decks/{deck_id}/edit/{slide_id}", editing.show, needs=Scope.WRITE, name="editing_page"),
    PageRoute(
        "/decks/{deck_id}/edit/{slide_id}",
        editing.save,
        needs=Scope.WRITE,
        name="save_edit",
        methods=["POST"],
    ),
    PageRoute(
        "/decks/{deck_id}/edit/{slide_id}/check",
        editing.check,
        needs=Scope.WRITE,
        name="check_editing",
        methods=["POST"],
    ),
    PageRoute(
        "/decks/{deck_id}/edit/{slide_id}/ask",
        editing.ask,
        needs=Scope.WRITE,
        name="ask_editing",
        methods=["POST"],
    ),
    *CONSOLE,
    PageRoute("/sign-in", sign_in.show, needs=OPEN, name="sign_in_page"),
    PageRoute("/sign-in", sign_in.sign_in, needs=OPEN, name="sign_in", methods=["POST"]),
    PageRoute("/sign-out", sign_in.sign_out, needs=OPEN, name="sign_out", methods=["POST"]),
    ScopedRoute("/static/{hash}/{name}", static.file, needs=OPEN, name="static"),
]
