-- name: dataset_gzip(sha256)$
-- The compressed content.
SELECT gzip FROM datasets WHERE sha256 = :sha256;
