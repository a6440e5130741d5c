"""The numbers, units and dates of a text, and what follows from them."""
