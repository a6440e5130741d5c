"""The reader's network: the embedding model's encoder, with three scores a token on top."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import torch
from transformers import AutoModel


class TokenScores(NamedTuple):
    """Scores of every token, (texts, tokens) each.

    Attributes:
        start_logits: How well an answer begins there; at the opening token, how well there is none.
        end_logits: How well it ends there.
        evidence_logits: How likely the token's sentence holds the answer; at the opening token, whether any does.
    """

    start_logits: torch.Tensor
    end_logits: torch.Tensor
    evidence_logits: torch.Tensor


class ReaderNetwork(torch.nn.Module):
    """Scores the tokens of a text for a question.

    Args:
        folder: The embedding model's weights, from which the encoder starts; its word vectors stay as they are.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        # On a processor, attention that is written out is faster than torch's own, and without dropout a third faster
        # again. So much is learned from, each text a few times at most, that nothing is learned by heart.
        self.bert: Any = AutoModel.from_pretrained(
            folder, local_files_only=True, add_pooling_layer=False, attn_implementation="eager",
            hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        )  # fmt: skip
        self.config = self.bert.config
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)
        self.heads = torch.nn.Linear(self.config.hidden_size, len(TokenScores._fields))

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor | None = None,
        token_type_ids: torch.Tensor | None = None,
    ) -> TokenScores:
        """Score every token; all arguments are (texts, tokens)."""
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return TokenScores(*self.heads(hidden).unbind(-1))
