-- name: record_audit(action, target_kind, target_id, details)!
-- That the transaction's caller did this; it stands beside the change, in the same transaction.
INSERT INTO audit_log (action, target_kind, target_id, details)
VALUES (:action, :target_kind, :target_id, :details);

-- name: audit_page(actor, action, target, since, before_entry, limit)
-- What was done in the tenant, the newest first; null stands for anything.
SELECT id, at, actor, user_id, action, target_kind, target_id, details FROM audit_log
WHERE (:actor::text IS NULL OR actor = :actor::text)
  AND (:action::text IS NULL OR action = :action::text)
  AND (:target::text IS NULL OR target_id = :target::text)
  AND (:since::timestamptz IS NULL OR at >= :since::timestamptz)
  AND (:before_entry::bigint IS NULL OR id < :before_entry::bigint)
ORDER BY id DESC LIMIT :limit;
