"""Many people at once: how long they wait, and how the event loop fares meanwhile."""
