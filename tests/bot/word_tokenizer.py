"""A tokenizer of whole words, in the form in which models are published."""

from __future__ import annotations

from collections.abc import Mapping

from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import PreTokenizer, Sequence, Split, Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import PreTrainedTokenizerFast

MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def word_tokenizer(
    vocabulary: Mapping[str, int], cut: PreTokenizer | None = None, *, types: bool = True
) -> PreTrainedTokenizerFast:
    """Make one that knows these words.

    Args:
        vocabulary: The words and their numbers, ``MARKS`` among them.
        cut: How it finds words; by white space if it is not given.
        types: Whether it tells of each word which of two texts it is of, as BERT's does and RoBERTa's does not.
    """
    tokenizer = Tokenizer(WordLevel(dict(vocabulary), unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Sequence([Split(Regex("[.,;?!]"), "isolated"), cut or Whitespace()])
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(mark, vocabulary[mark]) for mark in ("[CLS]", "[SEP]")],
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_input_names=["input_ids", *(["token_type_ids"] if types else []), "attention_mask"],
    )
