"""The pictures of the docs: the real program against the local Discord, drawn as people see it."""
