-- name: shared_deck(sha256)^
-- The deck that a link opens, by the hash of its token, whosever it is; and whether the link has ended.
SELECT id, tenant_id, deck_id, revoked_at IS NOT NULL OR expires_at <= now() AS has_ended FROM share_links
WHERE sha256 = :sha256;

-- name: add_share_link(deck_id, sha256, days)^
-- A new link to a deck; no row if there is no such deck.
INSERT INTO share_links (tenant_id, deck_id, sha256, expires_at)
SELECT tenant_id, id, :sha256, now() + make_interval(days => :days) FROM presentations WHERE id = :deck_id
RETURNING id, deck_id, created_at, expires_at, revoked_at;

-- name: share_links_of_deck(deck_id)
-- The links to a deck, the latest first.
SELECT id, deck_id, created_at, expires_at, revoked_at FROM share_links
WHERE deck_id = :deck_id ORDER BY created_at DESC, id;

-- name: revoke_share_link(deck_id, share_id)^
-- From now on the link opens nothing.
UPDATE share_links SET revoked_at = coalesce(revoked_at, now()) WHERE id = :share_id AND deck_id = :deck_id
RETURNING id, deck_id, created_at, expires_at, revoked_at;
