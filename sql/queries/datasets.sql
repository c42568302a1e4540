-- name: hold_dataset(sha256)$
-- Keep a stored file from being removed until the transaction ends; null if it is not there.
SELECT sha256 FROM datasets WHERE sha256 = :sha256 FOR KEY SHARE;

-- name: save_dataset(sha256, bytes, gzip)$
-- Store an uploaded file; null if it is there.
INSERT INTO datasets (sha256, bytes, gzip) VALUES (:sha256, :bytes, :gzip) ON CONFLICT DO NOTHING
RETURNING sha256;

-- name: dataset_gzip(sha256)$
-- The compressed content.
SELECT gzip FROM datasets WHERE sha256 = :sha256;
