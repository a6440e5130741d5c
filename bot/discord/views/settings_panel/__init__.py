"""One panel for everything that a server can set, in pages that a phone shows at once."""
