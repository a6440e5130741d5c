"""What decides between two verdicts, each in the smallest example."""

from __future__ import annotations

import pytest

from bot.chat.verification import Rule, check_statement


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        # A range stands where its first number does, and shares its unit.
        ("The fee rose by 3 percent.", "The fee rose by between 3 and 5 percent."),
        ("Vale spent it from 1961 to 1969.", "Vale spent it from 1961 to 1969, Orrin less."),
        # A place is no rival of the name, and neither is the name of the next clause or sentence.
        ("40 of Vale's men left.", "Near Sarn 40 of Vale's men left the ship."),
        ("Vale paid the sum in 1961.", "Vale paid the sum in 1961, Orrin nothing."),
        ("Vale paid the large old sum in 1961.", "Vale paid the large old sum in 1961. Orrin left."),
        # A compound is one word.
        ("Orrin is 81.", "Vale saw 81-year-old Orrin."),
        # Where something is done is shared by all that is counted.
        ("Vale took forty sheep across the river.", "Vale took forty sheep and two carts across the river."),
        # An ordinal may tell of what follows, not of a name.
        ("Vale hated the first book.", "The first book was by Orrin, and Vale hated it."),
        # A pronoun is its name.
        ("Vale wrote songs at 19.", "Vale wrote songs, and at 19 he met Orrin."),
        # Names in other forms.
        ("The Kazakh minister of Norway left.", "The minister of Norway left Kazakhstan; the Kazakh minister left."),
        ("The French fleet left.", "The fleet of France left."),
        ("The ONF left.", "The Orrin Naval Fund left."),
        ("Vale left.", "V\u00adale left the ship."),
        ("Émile Vale left.", "Emile Vale left the ship."),
        ("Dr. Lund left.", "The ship of Dr. Lund left."),
        # Statement and quote deny alike.
        ("Dogs aren't allowed.", "No dogs are allowed."),
        ("Not only dogs bark.", "Dogs bark, and so do seals."),
    ],
)
def test_this_is_supported(statement: str, quote: str) -> None:
    assert check_statement(statement, [quote], "").passed, check_statement(statement, [quote], "")


@pytest.mark.parametrize(
    ("statement", "quote", "kind"),
    [
        ("Not Vale.", "Vale left the ship.", Rule.NEGATION),
        ("Vale is 81.", "Vale saw 81-year-old Orrin.", Rule.NEARNESS),
        ("The 81-year-old Vale met Orrin.", "Vale met the 81-year-old Orrin.", Rule.NEARNESS),
        ("Dr. Rivers left.", "Dr. Lund left the rivers.", Rule.NEARNESS),
        ("The Austrian fleet left.", "The fleet of Australia left.", Rule.NAME),
        ("Dr. Orrin left.", "Dr. Lund left the ship.", Rule.NAME),
        ("The ONG left.", "The Orrin Naval Fund left.", Rule.NAME),
        ("US ships left.", "They left us ships.", Rule.NAME),
        ("The fee rose by 3.", "The fee rose by between 3 and 5 percent.", Rule.NUMBER),
    ],
)
def test_this_is_not(statement: str, quote: str, kind: Rule) -> None:
    assert check_statement(statement, [quote], "").kind is kind


@pytest.mark.parametrize("name", ["Vale", "Orrin"])
def test_a_value_as_near_to_two_names_is_given_to_neither(name: str) -> None:
    assert check_statement(f"{name} is 81.", ["Vale and 81 and Orrin stood there."], "").kind is Rule.NEARNESS
