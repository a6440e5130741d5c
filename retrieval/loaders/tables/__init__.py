"""Tables and records: each row is a paragraph that can be quoted alone."""
