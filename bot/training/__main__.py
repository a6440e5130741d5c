"""Makes the shipped weights anew: ``python -m bot.training DATA``; docs/model-card.md says how DATA is laid out."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from platformdirs import user_cache_path

from retrieval.extras import has_extra, needs_extra

WORK = user_cache_path("pullquote") / "training"


def main() -> None:
    """Read the arguments and work through the recipe."""
    parser = argparse.ArgumentParser(prog="python -m bot.training", description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with squad2/*.json and reader/*.jsonl")
    parser.add_argument("--resume", action="store_true", help="go on where the last training stopped")
    parser.add_argument("--work", type=Path, default=WORK, help="the folder for what was learned so far")
    parser.add_argument("--selector-only", action="store_true", help="leave the reader as it is")
    parser.add_argument("--languages-only", action="store_true", help="make only the selector for other languages")
    parser.add_argument("--entailment", action="store_true", help="make the network that judges statements, no more")
    parser.add_argument(
        "--without", metavar="SOURCE", help="leave one set of nli/ out, and the network in the work folder"
    )
    parser.add_argument("--parts", type=Path, help="write the questions to calibrate and to judge on here, no more")
    arguments = parser.parse_args()
    if not has_extra("train"):
        parser.error(f"Training {needs_extra('train')}")
    from bot.training.entailment.entailment_recipe import make_entailment
    from bot.training.kinds import write_parts
    from bot.training.recipe import make_weights, make_word_selector

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    if arguments.parts:
        write_parts(arguments.data, arguments.parts)
        return
    if arguments.entailment:
        make_entailment(arguments.data, arguments.work, resume=arguments.resume, without=arguments.without)
        return
    if arguments.languages_only:
        make_word_selector(arguments.data)
        return
    make_weights(arguments.data, arguments.work, resume=arguments.resume, selector_only=arguments.selector_only)


if __name__ == "__main__":
    main()
