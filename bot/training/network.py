"""The networks that are trained: the embedding model's encoder, with a few scores on top."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, NamedTuple

import torch
from transformers import AutoModel

CLASSES = 3  # of a statement: it follows, it need not be so, it is denied


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


class EncoderNetwork(torch.nn.Module):
    """What all networks share: the embedding model's encoder.

    Args:
        folder: The embedding model's weights, from which the encoder starts; its word vectors stay as they are.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = _encoder(folder)
        self.config = self.bert.config


class ReaderNetwork(EncoderNetwork):
    """Scores the tokens of a text for a question; made of the same folder as every network."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
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


class EntailmentScores(NamedTuple):
    """Scores of three classes, in the order of ``Label``.

    Attributes:
        logits: (texts, 3).
    """

    logits: torch.Tensor


class EntailmentNetwork(EncoderNetwork):
    """Scores whether a text bears a statement out; made of the same folder as every network."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.head = torch.nn.Linear(self.config.hidden_size, CLASSES)

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor | None = None,
        token_type_ids: torch.Tensor | None = None,
    ) -> EntailmentScores:
        """Score every pair by its opening token; all arguments are (texts, tokens)."""
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return EntailmentScores(self.head(hidden[:, 0]))


def missed(scores: torch.Tensor, allowed: torch.Tensor, meant: torch.Tensor) -> torch.Tensor:
    """The negative log likelihood of what is meant, which may be several, among what is allowed; (texts,)."""
    scores = scores.float()
    return scores.masked_fill(~allowed, -math.inf).logsumexp(1) - scores.masked_fill(~meant, -math.inf).logsumexp(1)


def _encoder(folder: Path) -> Any:
    # On a processor, attention that is written out is faster than torch's own, and without dropout a third faster
    # again. So much is learned from, each text a few times at most, that nothing is learned by heart.
    encoder: Any = AutoModel.from_pretrained(
        folder, local_files_only=True, add_pooling_layer=False, attn_implementation="eager",
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return encoder
