-- name: presentation(deck_id)^
-- One deck with its status, and the latest job that was to make it.
SELECT p.*, (SELECT j.id FROM jobs j WHERE j.deck_id = p.id ORDER BY j.created_at DESC LIMIT 1) AS job_id
FROM presentations p WHERE p.id = :deck_id;

-- name: deck_with_data(deck_id)^
-- The last completed deck of a presentation (null if there is none) and the table that it was made of.
SELECT p.final_deck_json AS deck, d.gzip FROM presentations p LEFT JOIN datasets d ON d.sha256 = p.dataset_sha256
WHERE p.id = :deck_id;

-- name: deck_versions(deck_id)
-- The former decks of a presentation, the oldest first.
SELECT number, completed_at FROM deck_versions WHERE deck_id = :deck_id ORDER BY number;

-- name: deck_version(deck_id, number)$
-- One of the former decks.
SELECT deck FROM deck_versions WHERE deck_id = :deck_id AND number = :number;
