"""Real sentences -> pairs made by rule: statements that follow, and as many that look as if they did."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from bot.training.entailment import bindings, clauses, lists, quantities, roles, substitutions
from bot.training.entailment.pairs import Pair, PairLabel
from bot.training.entailment.source_sentences import SourceSentence

MADE = "made"
FALSE, TRUE = PairLabel.NOT_ENTAILED, PairLabel.ENTAILMENT
# How often a statement that was made is worded otherwise too, so that no wording tells whether it follows.
REWORDED = 0.5
# How often only a part of the sentence is made a statement of: else every short one would follow.
SHORTENED = 0.35
# How often the title and each neighbour of the sentence belong to the text.
TITLED, NEIGHBOUR = 0.7, 0.3
MOST_A_SENTENCE = 4
# So many false ones of a kind at most to a true one, where there are true ones.
MOST_TO_ONE = 4
Make = Callable[[SourceSentence, random.Random], str | None]


@dataclass(frozen=True, slots=True)
class PairRule:
    """One way to make a statement of a sentence.

    Attributes:
        kind: What it is called in the table of what was learned from.
        label: Whether what it makes follows.
        make: Makes the statement; None where the sentence does not fit.
        share: How many of its kind are made, as a share of the most.
        parts: Whether it may be made of a part of the sentence.
        before: Whether the statement needs the sentence before as well.
        after: Whether it needs the sentence after.
    """

    kind: str
    label: PairLabel
    make: Make
    share: float = 1.0
    parts: bool = False
    before: bool = False
    after: bool = False


def _of_text(make: Callable[[str, random.Random], str | None]) -> Make:
    return lambda sentence, rng: make(sentence.text, rng)


def _of_table(rule: substitutions.Substitution) -> Make:
    return lambda sentence, rng: substitutions.substitute(rule, sentence.text, rng)


def _other_sentence(sentence: SourceSentence, rng: random.Random) -> str | None:
    """The sentence after, which the sentence itself says nothing of."""
    return sentence.after if 5 <= len(sentence.after.split()) <= 38 and sentence.after.endswith(".") else None


def _copy(sentence: SourceSentence, rng: random.Random) -> str:
    return sentence.text


RULES = (
    *(PairRule(rule[0], FALSE, _of_table(rule), parts=True) for rule in substitutions.FALSE),
    *(PairRule(rule[0], TRUE, _of_table(rule), parts=True) for rule in substitutions.TRUE),
    PairRule("opposite", FALSE, _of_text(substitutions.with_opposite), parts=True),
    PairRule("unit", FALSE, _of_text(substitutions.with_mistaken_unit), parts=True),
    PairRule("number", FALSE, _of_text(quantities.with_other_number), 1.5, parts=True),
    PairRule("number", FALSE, _of_text(quantities.with_other_word_number), parts=True),
    PairRule("numbers moved", FALSE, _of_text(quantities.with_moved_numbers), parts=True),
    PairRule("other part", FALSE, bindings.other_part, 3),
    PairRule("list", FALSE, lists.other_item, 1.5),
    PairRule("attribute", FALSE, bindings.misattributed, 1.5),
    PairRule("roles", FALSE, roles.turned_roles, 2, parts=True),
    PairRule("comparison", FALSE, roles.turned_comparison, parts=True),
    PairRule("names moved", FALSE, roles.turned_names, parts=True),
    PairRule("name", FALSE, roles.other_name, 1.5, parts=True),
    PairRule("pronoun", FALSE, roles.wrongly_resolved, before=True),
    PairRule("planned", FALSE, clauses.happened),
    PairRule("condition", FALSE, clauses.without_condition),
    PairRule("order", FALSE, clauses.turned_order),
    PairRule("as cause", FALSE, clauses.as_cause),
    PairRule("reported", FALSE, clauses.asserted),
    PairRule("stitched", FALSE, clauses.stitched, after=True),
    PairRule("another sentence", PairLabel.NEUTRAL, _other_sentence, 1.5),
    PairRule("copy", TRUE, _copy, 1.5),
    PairRule("synonyms", TRUE, _of_text(substitutions.with_synonyms), 3, parts=True),
    PairRule("list", TRUE, lists.other_order, 1.5),
    PairRule("attribute", TRUE, bindings.attributed, 1.5),
    PairRule("other part", TRUE, bindings.trimmed, 3),
    PairRule("name", TRUE, bindings.shorter_name, 3, parts=True),
    PairRule("unit", TRUE, _of_text(substitutions.with_same_unit), parts=True),
    PairRule("ordinal", TRUE, _of_text(substitutions.with_short_ordinal)),
    PairRule("number", TRUE, _of_text(quantities.with_written_out), parts=True),
    PairRule("number", TRUE, _of_text(quantities.with_digits), parts=True),
    PairRule("number", TRUE, _of_text(quantities.with_share_written_out), parts=True),
    PairRule("roles", TRUE, roles.other_voice, 2, parts=True),
    PairRule("comparison", TRUE, roles.same_comparison),
    PairRule("pronoun", TRUE, roles.resolved, 1.5, before=True),
    PairRule("planned", TRUE, clauses.managed),
    PairRule("possible", TRUE, clauses.possible),
    PairRule("condition", TRUE, clauses.with_condition_moved),
    PairRule("order", TRUE, clauses.same_order),
    PairRule("reported", TRUE, clauses.still_reported),
    PairRule("half", TRUE, clauses.half, 3),
    PairRule("lead", TRUE, clauses.lead_moved, 2),
    PairRule("joined", TRUE, clauses.joined, 1.5, after=True),
)
# Other wordings of what was made already, whatever it is.
WORDINGS = (
    substitutions.with_synonyms, substitutions.with_same_unit, substitutions.with_short_ordinal,
    quantities.with_written_out, quantities.with_digits,
)  # fmt: skip


def make_pairs(
    sentences: Sequence[SourceSentence], seed: str, most: int, rules: Sequence[PairRule] = RULES
) -> list[Pair]:
    """Pairs of each kind and label, as many as there are up to a number; the same for the same seed.

    Args:
        sentences: What to make them of.
        seed: Where the drawing starts.
        most: How many of each kind and label, times the kind's share.
        rules: How to make them.
    """
    rng = random.Random(seed)  # noqa: S311 (draws must be repeatable, not secret)
    counts: Counter[tuple[str, PairLabel]] = Counter()
    both = {rule.kind for rule in rules if rule.label is TRUE}
    pairs: list[Pair] = []
    shuffled = list(rules)
    for place in rng.sample(range(len(sentences)), len(sentences)):
        sentence, made = sentences[place], 0
        rng.shuffle(shuffled)
        # Those of which there are fewest go first: most sentences fit only rules that many others fit too.
        for rule in sorted(shuffled, key=lambda rule: counts[rule.kind, rule.label]):
            key = rule.kind, rule.label
            if counts[key] >= min(most * rule.share, _most_beside_true(rule, counts, both)):
                continue
            pair = make_pair(rule, sentence, rng)
            if pair is not None:
                pairs.append(pair)
                counts[key] += 1
                made += 1
                if made == MOST_A_SENTENCE:
                    break
    return pairs


def _most_beside_true(rule: PairRule, counts: Counter[tuple[str, PairLabel]], both: Collection[str]) -> float:
    """How many false ones of a kind there may be beside the true ones: else its words alone would tell."""
    if rule.label is TRUE or rule.kind not in both:
        return math.inf
    return MOST_TO_ONE * (counts[rule.kind, TRUE] + 1)


def make_pair(rule: PairRule, sentence: SourceSentence, rng: random.Random) -> Pair | None:
    """What one rule makes of one sentence; None where it does not fit."""
    part = bindings.shortened(sentence, rng) if rule.parts and rng.random() < SHORTENED else None
    statement = rule.make(replace(sentence, text=part) if part else sentence, rng)
    if statement is None or (statement == sentence.text and rule.make is not _copy):
        return None
    if rng.random() < REWORDED and rule.make is not _copy:
        statement = rng.choice(WORDINGS)(statement, rng) or statement
    unrelated = rule.make is _other_sentence
    before = sentence.before if rule.before or rng.random() < NEIGHBOUR else ""
    after = sentence.after if rule.after or (rng.random() < NEIGHBOUR and not unrelated) else ""
    title = f"{sentence.title}." if sentence.title and rng.random() < TITLED else ""
    premise = " ".join(part for part in (title, before, sentence.text, after) if part)
    return Pair(premise, statement, rule.label, MADE, rule.kind)
