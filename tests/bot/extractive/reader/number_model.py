"""A question-answering model in the form in which models are published, small enough to be made by hand.

It holds the first number of a text for the answer to every question, and where there is none, says so. No layer of it
does anything: what a word piece scores is the first number of its vector.
"""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers.pre_tokenizers import Metaspace
from transformers import BertConfig, BertForQuestionAnswering, BertModel

from tests.bot.word_tokenizer import MARKS, word_tokenizer

NUMBERS = 3_000
NUMBER, NOTHING = 8.0, 2.0
PLACES = 64


def save_number_model(folder: Path, *, says_nothing: bool = True, answers: bool = True, blanks: bool = False) -> Path:
    """Write the model into a new folder.

    Args:
        folder: Where.
        says_nothing: Whether it can say that there is no answer.
        answers: Whether it is a question-answering model at all.
        blanks: Whether its tokenizer counts the blank before a word as a part of it.
    """
    vocabulary = {word: i for i, word in enumerate([*MARKS, *map(str, range(NUMBERS))])}
    if blanks:
        vocabulary |= {f"▁{number}": len(vocabulary) + number for number in range(NUMBERS)}
    word_tokenizer(vocabulary, Metaspace() if blanks else None).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=PLACES,
    )
    model = BertForQuestionAnswering(config) if answers else BertModel(config)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.fill_(float(name.endswith("LayerNorm.weight")))
        if answers:
            weights = dict(model.named_parameters())
            words = weights["bert.embeddings.word_embeddings.weight"]
            words[len(MARKS) :, 0] = NUMBER
            words[vocabulary["[CLS]"], 0] = NOTHING if says_nothing else -NOTHING
            words[:, 1] = 1.0  # without a second number that differs, all vectors would be made the same
            weights["qa_outputs.weight"][:, 0] = 1.0
    model.save_pretrained(folder)
    return folder
