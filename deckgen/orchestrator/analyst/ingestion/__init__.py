"""Ingestion: from an uploaded file to the table `data`, one step in each module."""
