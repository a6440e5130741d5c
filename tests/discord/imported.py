"""Imports what the program imports sooner or later; loads no model and leaves no thread, so that forks are sound."""

from __future__ import annotations

import gc
from importlib import import_module

from retrieval.text.languages import detect_language

NAMES = (
    *("bm25s", "chromadb", "discord", "onnxruntime", "rapidfuzz", "sentencex", "spellchecker"),
    *("Stemmer", "tokenizers", "bot.chain", "bot.cli.main", "bot.discord.run", "bot.extractive.answerer"),
    *("retrieval.maintenance.rebuild", "retrieval.maintenance.verify", "tests.discord.launcher"),
)

for name in NAMES:
    import_module(name)
detect_language("Snow fell on the mill.")  # unpacks the model of languages
gc.collect()
gc.freeze()
