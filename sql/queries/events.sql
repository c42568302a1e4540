-- name: events_after(job_id, number)
-- The events of a job that a client has not seen yet.
SELECT number, kind, data, created_at FROM job_events
WHERE job_id = :job_id AND number > :number ORDER BY number;

-- name: last_events(job_ids)
-- Of each of these jobs, the number of its last event and whether it is over.
SELECT id, last_event, finished_at IS NOT NULL AS is_over FROM jobs WHERE id = ANY(:job_ids::uuid[]);
