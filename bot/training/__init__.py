"""How the shipped weights were made; needs the extra ``train``, and no face ever imports it."""
