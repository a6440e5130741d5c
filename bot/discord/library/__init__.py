"""The documents of one server: its collection, changes to it, and what people are told of it."""
