-- name: queue_presentation(deck_id, user_id)^
-- Make the row of a deck, or queue it again; no row back if the deck belongs to another user.
INSERT INTO presentations AS p (id, user_id, status) VALUES (:deck_id, :user_id, 'queued')
ON CONFLICT (id) DO UPDATE SET
  status = CASE WHEN p.status = 'processing' THEN p.status ELSE 'queued' END,
  error_message = NULL,
  updated_at = now()
  WHERE p.user_id = excluded.user_id
RETURNING p.id;

-- name: presentation(deck_id)^
-- One deck with its status, and the latest job that was to make it.
SELECT p.*, (SELECT j.id FROM jobs j WHERE j.deck_id = p.id ORDER BY j.created_at DESC LIMIT 1) AS job_id
FROM presentations p WHERE p.id = :deck_id;
