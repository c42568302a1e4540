-- name: save_dataset(sha256, bytes, gzip)!
-- Store an uploaded file once.
INSERT INTO datasets (sha256, bytes, gzip) VALUES (:sha256, :bytes, :gzip) ON CONFLICT DO NOTHING;

-- name: dataset_gzip(sha256)$
-- The compressed content.
SELECT gzip FROM datasets WHERE sha256 = :sha256;
