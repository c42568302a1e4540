-- name: events_after(job_id, number)
-- The events of a job that a client has not seen yet.
SELECT number, kind, data, created_at FROM job_events
WHERE job_id = :job_id AND number > :number ORDER BY number;
