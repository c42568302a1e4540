-- The decks of a tenant, the newest first, as people look through them.

CREATE INDEX decks_by_time ON presentations (tenant_id, created_at DESC, id DESC);
