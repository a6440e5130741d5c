"""Where a library lies: its texts, manifest, indexes and locks, in a folder or on a server."""
