"""reStructuredText, read with docutils."""
