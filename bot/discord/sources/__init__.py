"""The ways in which a server's people add documents: files, pages from the web, and messages."""
