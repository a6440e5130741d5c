"""The project's own questions about documents that it wrote itself, and what the product makes of them."""
