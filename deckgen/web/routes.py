"""Every URL of the API."""

from starlette.routing import BaseRoute

from deckgen.domain.access import Scope
from deckgen.domain.job_kinds import job_kinds
from deckgen.export.format import Use
from deckgen.export.formats import formats
from deckgen.web import (
    api_keys,
    asking,
    audit,
    deletions,
    editing,
    events,
    finding,
    health,
    jobs,
    mcp,
    metrics,
    openapi,
    presentations,
    previews,
    reference,
    refreshing,
    share_links,
    signing_keys,
    slide_templates,
    table_files,
    usage,
    webhooks,
)
from deckgen.web.routing import OPEN, ScopedRoute


def routes() -> list[BaseRoute]:
    """Returns all routes; those of a deck's forms come first, as an id may hold dots.

    Of a link's, the page comes last for the same reason.
    """
    forms = [
        ScopedRoute(each.path, presentations.form(each), needs=Scope.READ, name=each.name)
        for each in formats()
        if each.use is not Use.FIELD
    ]
    links = [
        share_links.shared(
            presentations.form(each),
            "" if each.use is Use.PAGE else each.ending,
            name=f"shared_{each.name}",
        )
        for each in sorted(formats(), key=lambda each: each.use is Use.PAGE)
        if each.use is not Use.FIELD
    ]
    requests = [
        ScopedRoute(
            each.path, jobs.request_of(each), needs=Scope.WRITE, name=each.name, methods=["POST"]
        )
        for each in job_kinds().values()
    ]
    return [*forms, *links, *requests, *ROUTES]


ROUTES: list[BaseRoute] = [
    ScopedRoute("/api/ai/preview", previews.preview, needs=Scope.READ, methods=["POST"]),
    ScopedRoute("/api/ai/jobs", finding.find, needs=Scope.READ),
    ScopedRoute("/api/ai/jobs/retry", finding.retry_many, needs=Scope.JOBS, methods=["POST"]),
    ScopedRoute("/api/ai/jobs/cancel", finding.cancel_many, needs=Scope.JOBS, methods=["POST"]),
    ScopedRoute("/api/ai/jobs/dismiss", finding.dismiss_many, needs=Scope.JOBS, methods=["POST"]),
    ScopedRoute("/api/ai/jobs/priority", finding.change_priorities, needs=Scope.JOBS, methods=["POST"]),
    ScopedRoute("/api/ai/jobs/{job_id}", jobs.job, needs=Scope.READ),
    ScopedRoute("/api/ai/jobs/{job_id}", jobs.change, needs=Scope.WRITE, methods=["PATCH"]),
    ScopedRoute("/api/ai/jobs/{job_id}/cancel", jobs.cancel, needs=Scope.WRITE, methods=["POST"]),
    ScopedRoute("/api/ai/jobs/{job_id}/retry", jobs.retry, needs=Scope.WRITE, methods=["POST"]),
    ScopedRoute("/api/ai/jobs/{job_id}/dismiss", jobs.dismiss, needs=Scope.WRITE, methods=["POST"]),
    ScopedRoute("/api/ai/jobs/{job_id}/events", events.stream, needs=Scope.READ, streams=True),
    ScopedRoute("/api/ai/queue/pause", jobs.pause, needs=Scope.JOBS, methods=["POST"]),
    ScopedRoute("/api/ai/queue/resume", jobs.resume, needs=Scope.JOBS, methods=["POST"]),
    ScopedRoute("/api/ai/queue-status", jobs.queue_status, needs=Scope.JOBS),
    ScopedRoute("/api/ai/workers", jobs.workers, needs=Scope.JOBS),
    ScopedRoute("/api/ai/usage", usage.usage, needs=Scope.JOBS),
    ScopedRoute(
        "/api/presentations/{deck_id}/verify", presentations.verify, needs=Scope.READ, methods=["POST"]
    ),
    ScopedRoute(
        "/api/presentations/{deck_id}/verify-file",
        presentations.verify_file,
        needs=Scope.READ,
        methods=["POST"],
    ),
    ScopedRoute(
        "/api/presentations/{deck_id}/refresh",
        refreshing.refresh,
        needs=Scope.WRITE,
        methods=["POST"],
    ),
    ScopedRoute("/api/presentations/{deck_id}/ask", asking.ask, needs=Scope.READ, methods=["POST"]),
    ScopedRoute(
        "/api/presentations/{deck_id}/edits", editing.edit, needs=Scope.WRITE, methods=["POST"]
    ),
    ScopedRoute(
        "/api/presentations/{deck_id}/edits/check",
        editing.check_edit,
        needs=Scope.READ,
        methods=["POST"],
    ),
    ScopedRoute("/api/presentations/{deck_id}/data.parquet", table_files.table, needs=Scope.READ),
    ScopedRoute("/api/presentations/{deck_id}/versions", presentations.versions, needs=Scope.READ),
    ScopedRoute(
        "/api/presentations/{deck_id}/versions/{number}", presentations.version, needs=Scope.READ
    ),
    ScopedRoute(
        "/api/presentations/{deck_id}/versions/{number}/compare/{other}",
        editing.compare,
        needs=Scope.READ,
    ),
    ScopedRoute("/api/presentations/{deck_id}", presentations.presentation, needs=Scope.READ),
    ScopedRoute(
        "/api/presentations/{deck_id}/shares",
        share_links.create_share,
        needs=Scope.WRITE,
        methods=["POST"],
    ),
    ScopedRoute("/api/presentations/{deck_id}/shares", share_links.list_shares, needs=Scope.WRITE),
    ScopedRoute(
        "/api/presentations/{deck_id}/shares/{share_id}",
        share_links.revoke_share,
        needs=Scope.WRITE,
        methods=["DELETE"],
    ),
    ScopedRoute(
        "/api/presentations/{deck_id}", deletions.delete_deck, needs=Scope.WRITE, methods=["DELETE"]
    ),
    ScopedRoute("/api/users/{user_id}", deletions.delete_user, needs=Scope.TENANT, methods=["DELETE"]),
    ScopedRoute("/api/tenant", deletions.delete_tenant, needs=Scope.TENANT, methods=["DELETE"]),
    ScopedRoute("/api/deletions/{deletion_id}", deletions.deletion, needs=Scope.TENANT),
    ScopedRoute("/api/audit", audit.audit, needs=Scope.TENANT),
    ScopedRoute("/api/keys", api_keys.list_keys, needs=Scope.TENANT),
    ScopedRoute("/api/keys", api_keys.create_key, needs=Scope.TENANT, methods=["POST"]),
    ScopedRoute("/api/keys/{key_id}", api_keys.revoke_key, needs=Scope.TENANT, methods=["DELETE"]),
    ScopedRoute("/api/webhooks/endpoints", webhooks.list_endpoints, needs=Scope.TENANT),
    ScopedRoute(
        "/api/webhooks/endpoints", webhooks.create_endpoint, needs=Scope.TENANT, methods=["POST"]
    ),
    ScopedRoute("/api/webhooks/endpoints/{endpoint_id}", webhooks.endpoint, needs=Scope.TENANT),
    ScopedRoute(
        "/api/webhooks/endpoints/{endpoint_id}",
        webhooks.change_endpoint,
        needs=Scope.TENANT,
        methods=["PATCH"],
    ),
    ScopedRoute(
        "/api/webhooks/endpoints/{endpoint_id}",
        webhooks.remove_endpoint,
        needs=Scope.TENANT,
        methods=["DELETE"],
    ),
    ScopedRoute(
        "/api/webhooks/endpoints/{endpoint_id}/rotate",
        webhooks.rotate_endpoint,
        needs=Scope.TENANT,
        methods=["POST"],
    ),
    ScopedRoute("/api/webhooks/secret", webhooks.own_secret, needs=Scope.TENANT),
    ScopedRoute(
        "/api/webhooks/secret/rotate",
        webhooks.rotate_own_secret,
        needs=Scope.TENANT,
        methods=["POST"],
    ),
    ScopedRoute("/api/webhooks/deliveries", webhooks.deliveries, needs=Scope.TENANT),
    ScopedRoute(
        "/api/webhooks/deliveries/{delivery_id}/redeliver",
        webhooks.redeliver,
        needs=Scope.TENANT,
        methods=["POST"],
    ),
    ScopedRoute("/api/templates", slide_templates.list_templates, needs=Scope.READ),
    ScopedRoute("/api/templates/{template_name}", slide_templates.template, needs=Scope.READ),
    ScopedRoute(
        "/api/templates/{template_name}",
        slide_templates.put_template,
        needs=Scope.TENANT,
        methods=["PUT"],
    ),
    ScopedRoute(
        "/api/templates/{template_name}",
        slide_templates.remove_template,
        needs=Scope.TENANT,
        methods=["DELETE"],
    ),
    ScopedRoute("/.well-known/deckgen-keys", signing_keys.signing_keys, needs=OPEN),
    ScopedRoute("/docs", reference.docs, needs=OPEN),
    ScopedRoute("/docs/errors", reference.list_errors, needs=OPEN),
    ScopedRoute("/docs/errors/{code}", reference.error, needs=OPEN),
    ScopedRoute("/docs/{page}.md", reference.doc_page, needs=OPEN),
    ScopedRoute("/llms.txt", reference.llms, needs=OPEN),
    ScopedRoute("/openapi.json", openapi.document, needs=OPEN),
    ScopedRoute("/healthz", health.healthz, needs=OPEN),
    ScopedRoute("/readyz", health.readyz, needs=OPEN),
    ScopedRoute("/metrics", metrics.metrics, needs=OPEN),
    ScopedRoute("/mcp", mcp.Endpoint(), needs=Scope.READ, name="mcp", methods=["POST"]),
]
