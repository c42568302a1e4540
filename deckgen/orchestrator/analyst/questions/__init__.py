"""From a brief to questions with slots: what is asked, of which measure, groups and rows."""
