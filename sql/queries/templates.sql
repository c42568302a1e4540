-- name: lock_templates()$
-- So that one version is added after the other.
SELECT true FROM pg_advisory_xact_lock(hashtextextended('templates of ' || current_setting('deckgen.tenant'), 0));

-- name: kept_templates()^
-- How many versions the tenant has, and how many bytes they take together.
SELECT count(*) AS versions, coalesce(sum(length(base)), 0) AS bytes FROM templates WHERE removed_at IS NULL;

-- name: add_template(name, sha256, looks_sha256, base, reading)^
-- The next version of a template, unless its latest one looks the same.
INSERT INTO templates (name, version, sha256, looks_sha256, base, reading)
SELECT :name, coalesce(max(version), 0) + 1, :sha256, :looks_sha256, :base, :reading FROM templates WHERE name = :name
HAVING (array_agg(looks_sha256 ORDER BY version DESC) FILTER (WHERE removed_at IS NULL))[1]
  IS DISTINCT FROM :looks_sha256
RETURNING name, version;

-- name: templates()
-- The latest version of each.
SELECT DISTINCT ON (name) name, version, sha256, created_at FROM templates WHERE removed_at IS NULL
ORDER BY name, version DESC;

-- name: template_versions(name)
-- The versions of a template, the latest first.
SELECT name, version, sha256, created_at FROM templates WHERE name = :name AND removed_at IS NULL
ORDER BY version DESC;

-- name: template_reading(name, version)$
-- What was read from a version; null if there is no such.
SELECT reading FROM templates WHERE name = :name AND version = :version;

-- name: template_of_name(name, version)^
-- The version that is meant, which is the latest one where none is named.
SELECT name, version, looks_sha256 FROM templates
WHERE name = :name AND removed_at IS NULL AND (:version::integer IS NULL OR version = :version::integer)
ORDER BY version DESC LIMIT 1;

-- name: template_looks(name, version, sha256)^
-- What decks are drawn with; no row if it is gone.
SELECT base, reading->'theme' AS theme FROM templates
WHERE name = :name AND version = :version AND looks_sha256 = :sha256 AND removed_at IS NULL;

-- name: remove_templates(name, version)
-- All versions of a template, or one: their numbers stay.
UPDATE templates SET base = NULL, reading = NULL, removed_at = now()
WHERE name = :name AND removed_at IS NULL AND (:version::integer IS NULL OR version = :version::integer)
RETURNING version;

-- name: delete_templates()$
-- All that the tenant has, also what is left of removed ones; how many.
WITH template AS (
  DELETE FROM templates WHERE tenant_id = current_setting('deckgen.tenant') RETURNING removed_at
)
SELECT count(*) FROM template WHERE removed_at IS NULL;
