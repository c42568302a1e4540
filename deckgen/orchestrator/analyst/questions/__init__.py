"""From a brief to questions with slots: what is asked, of which measure, by which groups, of which rows."""
