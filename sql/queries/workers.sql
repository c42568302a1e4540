-- name: beat(worker_id, concurrency)!
-- A worker says that it lives.
INSERT INTO workers (id, concurrency) VALUES (:worker_id, :concurrency)
ON CONFLICT (id) DO UPDATE SET seen_at = now();

-- name: remove_worker(worker_id)!
-- A worker says goodbye.
DELETE FROM workers WHERE id = :worker_id;

-- name: remove_dead_workers(seconds)!
-- Forget the workers that were not seen for so long.
DELETE FROM workers WHERE seen_at < now() - make_interval(secs => :seconds);
