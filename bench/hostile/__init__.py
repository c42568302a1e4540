"""Whether services answer while hostile tables are uploaded."""
