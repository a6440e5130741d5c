"""How good the answers are: questions with known answers put to the product, and to two plain pipelines beside it."""

__all__: list[str] = []
