-- The trace that the request of a job belongs to (W3C Trace Context), which its steps go on with; null without one.

ALTER TABLE jobs ADD COLUMN traceparent text;
ALTER TABLE jobs ALTER COLUMN traceparent SET DEFAULT nullif(current_setting('deckgen.traceparent', true), '');
