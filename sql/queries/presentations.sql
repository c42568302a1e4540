-- name: presentation(deck_id)^
-- One deck with its status, and the latest job that was to make it.
SELECT p.*, (SELECT j.id FROM jobs j WHERE j.deck_id = p.id ORDER BY j.created_at DESC LIMIT 1) AS job_id
FROM presentations p WHERE p.id = :deck_id;

-- name: presentation_summaries(deck_ids)
-- Decks with their status, but hashes for their documents, and the latest job that was to make each.
SELECT p.id, p.user_id, p.status::text, p.error_message, p.created_at, p.updated_at, p.completed_at,
       coalesce(p.final_deck_sha256, deck_sha256(p.final_deck_json)) AS deck_sha256,
       coalesce(p.draft_deck_sha256, deck_sha256(p.draft_deck_json)) AS draft_sha256, p.template,
       (SELECT t.looks_sha256 FROM templates t WHERE t.tenant_id = p.tenant_id AND t.removed_at IS NULL
          AND t.name = split_part(p.template, '@', 1) AND t.version::text = split_part(p.template, '@', 2))
         AS template_sha256,
       (SELECT j.id FROM jobs j WHERE j.deck_id = p.id ORDER BY j.created_at DESC LIMIT 1) AS job_id
FROM presentations p WHERE p.id = ANY(:deck_ids::text[]);

-- name: deck_of_hash(deck_id, sha256)$
-- The deck or draft of a presentation that has this hash; null if it has neither.
SELECT CASE :sha256
         WHEN coalesce(final_deck_sha256, deck_sha256(final_deck_json)) THEN final_deck_json
         WHEN coalesce(draft_deck_sha256, deck_sha256(draft_deck_json)) THEN draft_deck_json
       END
FROM presentations WHERE id = :deck_id;

-- name: unknown_decks(deck_ids)
-- Those of the ids under which there is no presentation.
SELECT given.id FROM unnest(:deck_ids::text[]) AS given (id)
WHERE NOT EXISTS (SELECT FROM presentations p WHERE p.id = given.id);

-- name: deck_with_data(deck_id)^
-- The last completed deck of a presentation (null if there is none) and the table that it was made of.
SELECT p.final_deck_json AS deck, d.sha256 AS table_sha256, d.gzip FROM presentations p LEFT JOIN datasets d ON d.sha256 = p.dataset_sha256
WHERE p.id = :deck_id;

-- name: deck_table(deck_id)^
-- Whether a presentation has a completed deck, the hash of the table that it was made of (null for none), and how
-- copies of rows count by its brief (null if that says nothing).
SELECT final_deck_json IS NOT NULL AS is_completed, dataset_sha256 AS table_sha256,
    final_deck_json #>> '{brief,table,copies}' AS copies
FROM presentations WHERE id = :deck_id;

-- name: deck_versions(deck_id)
-- The former decks of a presentation, the oldest first, and the present one.
SELECT number, completed_at, change, author, false AS is_current FROM deck_versions WHERE deck_id = :deck_id
UNION ALL
SELECT (SELECT coalesce(max(number), 0) + 1 FROM deck_versions v WHERE v.tenant_id = p.tenant_id AND v.deck_id = p.id),
       completed_at, change, author, true
FROM presentations p WHERE id = :deck_id AND final_deck_json IS NOT NULL
ORDER BY number;

-- name: deck_version(deck_id, number)$
-- One of the former decks, or the present one by the number that follows theirs.
SELECT deck FROM deck_versions WHERE deck_id = :deck_id AND number = :number
UNION ALL
SELECT final_deck_json FROM presentations p WHERE id = :deck_id AND final_deck_json IS NOT NULL AND :number = (
  SELECT coalesce(max(number), 0) + 1 FROM deck_versions v WHERE v.tenant_id = p.tenant_id AND v.deck_id = p.id
);

-- name: editable_deck(deck_id)^
-- The last completed deck with its number and its hash, and whether a job is at work on it.
SELECT final_deck_json AS deck, coalesce(final_deck_sha256, deck_sha256(final_deck_json)) AS sha256,
       (SELECT coalesce(max(number), 0) + 1 FROM deck_versions v WHERE v.tenant_id = p.tenant_id AND v.deck_id = p.id)
         AS number,
       status IN ('queued', 'processing') AS is_in_work
FROM presentations p WHERE id = :deck_id AND final_deck_json IS NOT NULL;

-- name: save_edit(deck, deck_id, sha256, author)$
-- The deck of an edit takes the place of the one with this hash. Null if another has taken it, or a job is at work on
-- the deck, which is told by its row: who accepts a job changes that first.
UPDATE presentations SET
  final_deck_json = :deck, change = 'edit', author = :author, completed_at = now(), updated_at = now()
WHERE id = :deck_id AND status NOT IN ('queued', 'processing')
  AND coalesce(final_deck_sha256, deck_sha256(final_deck_json)) = :sha256
RETURNING id;

-- name: latest_decks(before, before_id, limit)
-- Decks, the newest first, each with the question and the table of the latest job that asked for it; after one, for
-- the next page.
SELECT p.id, p.status::text, p.error_message, p.created_at, p.completed_at, j.question, j.dataset_name
FROM presentations p LEFT JOIN LATERAL (
  SELECT left(context->>'businessContext', 300) AS question, dataset_name FROM jobs
  WHERE deck_id = p.id AND tenant_id = p.tenant_id ORDER BY created_at DESC LIMIT 1
) j ON true
WHERE :before::timestamptz IS NULL OR (p.created_at, p.id) < (:before::timestamptz, :before_id::text)
ORDER BY p.created_at DESC, p.id DESC LIMIT :limit;

-- name: decks_of_ids(deck_ids)
-- The same of these decks.
SELECT p.id, p.status::text, p.error_message, p.created_at, p.completed_at, j.question, j.dataset_name
FROM presentations p LEFT JOIN LATERAL (
  SELECT left(context->>'businessContext', 300) AS question, dataset_name FROM jobs
  WHERE deck_id = p.id AND tenant_id = p.tenant_id ORDER BY created_at DESC LIMIT 1
) j ON true
WHERE p.id = ANY(:deck_ids::text[]) ORDER BY p.created_at DESC, p.id DESC;
