"""The command line: thin commands over the answer chain and the library."""

__all__: list[str] = []
