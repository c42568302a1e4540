-- name: presentation(deck_id)^
-- One deck with its status, and the latest job that was to make it.
SELECT p.*, (SELECT j.id FROM jobs j WHERE j.deck_id = p.id ORDER BY j.created_at DESC LIMIT 1) AS job_id
FROM presentations p WHERE p.id = :deck_id;
