-- Jobs of before get their parameters: in a transaction of its own, so that only these rows are locked, and shortly.
UPDATE jobs SET parameters = revision, changes_deck = true WHERE kind = 'revise';
