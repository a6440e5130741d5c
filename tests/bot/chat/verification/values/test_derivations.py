"""What follows from the numbers and dates of a quote, and what does not: each in the smallest example."""

from __future__ import annotations

import pytest

from bot.chat.verification import Rule
from bot.chat.verification.exact_rules import compare

# The quote, statements that it bears out, and statements with a wrong value.
CASES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "share": (
        "Sixty-six of the 99 delegates voted for it.",
        ("Two thirds of the delegates voted for it.", "67% voted for it.", "About 65 percent voted for it.",
         "A third of them did not vote for it.", "33 of the delegates did not.", "Thirty-three did not."),
        ("Three quarters of the delegates voted for it.", "76% voted for it.", "34 of the delegates did not.",
         "A fifth of them did not vote for it.", "About half of the delegates voted for it."),
    ),
    "share after the whole": (
        "The crew drilled 48 boreholes at the lake, of which a dozen reached rock.",
        ("A quarter of the boreholes reached rock.", "36 did not reach rock.", "25 percent reached rock."),
        ("A third of the boreholes reached rock.", "38 did not reach rock.", "20 percent reached rock."),
    ),
    "whole first": (
        "Of the 52 passengers, 13 survived.",
        ("A quarter of the passengers survived.", "Thirty-nine did not survive."),
        ("A fifth of the passengers survived.", "Forty did not survive."),
    ),
    "from and to": (
        "Profits fell from 80 million crowns in 2019 to 60 million in 2020.",
        ("Profits fell by 20 million crowns.", "Profits fell by 25 percent."),
        ("Profits fell by 30 million crowns.", "Profits fell by 20 percent.", "Profits fell by 20 billion crowns."),
    ),
    "by and to": (
        "The staff grew by 300 to 1,500.",
        ("The staff had been 1,200 before.",),
        ("The staff had been 1,300 before.",),
    ),
    "percentages": (
        "The share fell from 40 to 32 percent.",
        ("The share fell by eight percentage points.",),
        ("The share fell by 8 percent.", "The share fell by seven percentage points."),
    ),
    "years": (
        "The treaty was in force from 1990 to 1999.",
        ("It was in force for nine years.", "It was in force in the 1990s."),
        ("It was in force for ten months.", "It was in force in the 1980s.", "It was in force for eight years."),
    ),
    "months of years": (
        "From January 2012 to January 2017 they drilled there.",
        ("They drilled there for five years.", "They drilled there for half a decade."),
        ("They drilled there for six years.", "They drilled there for five weeks."),
    ),
    "century": (
        "The ring dates from the seventeenth century.",
        ("The ring was made in the 1600s.", "The ring is from the 17th century."),
        ("The ring was made in the 1700s.", "The ring is from the 18th century."),
    ),
    "hundreds": (
        "The ring was made in the 1600s.",
        ("The ring is from the seventeenth century.",),
        ("The ring is from the sixteenth century.",),
    ),
    "part of a sum": (
        "The farm cost 62 million euros, half of which came from the county.",
        ("The county gave €31 million.",),
        ("The county gave €32 million.", "The county gave $31 million.", "The county gave €124 million."),
    ),
    "multiple of a sum": (
        "The toll is eight dollars for cars, twice that for lorries and a quarter of it for bicycles.",
        ("Lorries pay $16.", "Bicycles pay two dollars."),
        ("Lorries pay $24.", "Bicycles pay three dollars."),
    ),
    "list": (
        "The treaty had been signed by Austria, Hungary and Slovenia.",
        ("Three countries signed the treaty.",),
        ("Four countries signed the treaty.", "Five countries signed the treaty.", "It held for three weeks."),
    ),
    "list with articles": (
        "NATO, the IMF, and the Red Cross sent observers.",
        ("Observers were sent by three bodies.",),
        ("Observers were sent by four bodies.",),
    ),
    "two names": (
        "They met Marlow and Kent.",
        ("They met two people.",),
        ("They met three people.",),
    ),
    "following year": (
        "The estate was bought in February 2015 and sold the following year.",
        ("The estate was sold in 2016.",),
        ("The estate was sold in 2017.", "The estate was sold in 2014."),
    ),
    "years later": (
        "She won the prize in 2003, and the test was adopted eight years later.",
        ("The test was adopted in 2011.",),
        ("The test was adopted in 2012.", "The test was adopted in 1995."),
    ),
    "next day": (
        "She spoke on 31 December 2011; her brother spoke the next morning.",
        ("Her brother spoke on 1 January 2012.", "Her brother spoke on New Year's Day."),
        ("Her brother spoke on 2 January 2012.", "Her brother spoke on 30 December 2011."),
    ),
    "clock": (
        "The vote began at a quarter to seven in the evening and the count at half past nine.",
        ("The vote began at 6:45 p.m.", "The vote began at 18:45.", "The count began at 9:30."),
        ("The vote began at 7:15 p.m.", "The vote began at 6:45 a.m.", "The count began at 10:30."),
    ),
    "clock with a point": (
        "It ran from 9.30 to noon.",
        ("It ran from half past nine until midday.", "It began at 9:30."),
        ("It began at 9:40.", "It began at half past eight."),
    ),
    "no place in a row": (
        "They tested every door, and later the roof.",
        ("Every door had to be tested first.", "At first they tested every door."),
        ("The first door was tested.", "They were first."),
    ),
    "of those talked about": (
        "Copper conducts better than brass, but worse than silver.",
        ("Of the three metals, brass conducts worst.",),
        ("Three metals conduct better than brass.", "Of the seven metals, brass conducts worst."),
    ),
    "halves of units": (
        "It takes half a litre of milk and ninety minutes.",
        ("It takes 500 ml of milk.", "It takes an hour and a half.", "It takes half a litre."),
        ("It takes 50 ml of milk.", "It takes two hours and a half.", "It takes half an hour."),
    ),
    "lengths of time": (
        "He cut the record from 2 hours 9 minutes to 2:06:30.",
        ("He ran two hours, six minutes and thirty seconds.", "He took two and a half minutes off.",
         "The record had been 2:09."),
        ("He ran two hours, six minutes and forty seconds.", "He took three minutes off.",
         "The record had been 2:19."),
    ),
    "a quarter more": (
        "They held the field for two and a quarter hours.",
        ("They held the field for 135 minutes.",),
        ("They held the field for 150 minutes.", "They held the field for two hours and a quarter of it."),
    ),
    "decades": (
        "The tower was raised in under twenty years.",
        ("It took less than two decades.",),
        ("It took less than three decades.", "It took less than two centuries."),
    ),
    "times": (
        "The kiln was fired a dozen times, half of them at night, and a score of pots survive.",
        ("Six of the firings took place at night.", "Twenty pots survive.", "One would count 20 pots."),
        ("Seven of the firings took place at night.", "Thirty pots survive."),
    ),
    "rulers": (
        "The road was begun under Queen Elena II.",
        ("The road was begun under Elena the Second.",),
        ("The road was begun under Elena the Third.",),
    ),
    "surveys": (
        "Between the two surveys the town grew.",
        ("The town was larger at the second survey than at the first.",),
        ("The town was larger at the third survey.",),
    ),
    "named day": (
        "The ceremony was on Christmas Day 1943.",
        ("The ceremony was on 25 December 1943.",),
        ("The ceremony was on 24 December 1943.", "The ceremony was on New Year's Eve."),
    ),
    "days of the week": (
        "It is open on weekdays.",
        ("It is open on Tuesdays.", "It is open on Friday."),
        ("It is open on Saturdays.", "It is open on Sunday."),
    ),
    "today": (
        "The firm now buys its juice abroad.",
        ("The firm buys its juice abroad today.",),
        ("The firm bought its juice abroad yesterday.",),
    ),
    "another day": (
        "The firm bought its juice abroad yesterday.",
        ("The firm bought its juice abroad yesterday.",),
        ("The firm bought its juice abroad today.",),
    ),
    "score": (
        "They won 2-0 after a draw.",
        ("They won 2:0.", "They won 2 to 0."),
        ("They won 2:1.", "They won 3-0."),
    ),
    "days of one month": (
        "The fair is held from 5 to 7 January 2022.",
        ("It begins on 5 January.", "It ends on January 7, 2022.", "It ends on the 7th."),
        ("It begins on 6 January.", "It ends on 7 January 2021.", "Seven fairs are held."),
    ),
    "days of one month after it": (
        "The fair is held on March 3–5, 2022.",
        ("It begins on 3 March 2022.", "It lasts from 3 to 5 March."),
        ("It begins on 4 March 2022.", "It lasts from 3 to 6 March."),
    ),
    "years with a dash": (
        "The war of 1939–45 left the town in ruins.",
        ("The war ended in 1945.", "The war lasted for six years."),
        ("The war ended in 1944.", "The war lasted for seven years."),
    ),
    "doubled to": (
        "In 12 countries revenue doubled to $640 million.",
        ("Revenue had been $320 million.", "Revenue doubled."),
        ("Revenue rose to $1.28 billion.", "It sells in six countries.", "Revenue tripled.", "Two firms sell there."),
    ),
    "growth": (
        "Sales rose from 400 to 1,200.",
        ("Sales tripled.",),
        ("Sales doubled.", "Sales quadrupled."),
    ),
    "votes": (
        "The law was passed by 312 votes to 205.",
        ("It was passed with a majority of 107.", "517 members voted."),
        ("It was passed with a majority of 117.", "507 members voted."),
    ),
    "other things": (
        "Members may borrow six books for three weeks under rule no. 5; a day overdue costs 20 cents.",
        ("They may borrow six books.", "It costs $0.20.", "Rule 5 says so."),
        ("They may borrow them for six weeks.", "They may borrow three books.", "It costs 20 dollars.",
         "They may borrow five books.", "They may borrow them for 20 days."),
    ),
    "rates": (
        "The bridge carries 9,000 cars a day and cost two million euros.",
        ("It carries 9,000 cars per day.", "It carries 9,000 cars daily."),
        ("It carries 9,000 cars an hour.", "It carries 9,000 cars per week.", "It was closed for a month."),
    ),
    "later than the last": (
        "Born in 1862, he moved in 1900 and wrote it three years later.",
        ("He wrote it in 1903.",),
        ("He wrote it in 1865.",),
    ),
    "clauses that are no list": (
        "The law, passed on 7 July, bans smoking in bars and restaurants.",
        ("The law bans smoking in bars.",),
        ("Three laws were passed.", "The law bans smoking in three places."),
    ),
    "degrees": (
        "It was minus thirty degrees Celsius there.",
        ("It was -30 °C.", "It was 30 °C below zero.", "It was \u221230 degrees."),
        ("It was 30 degrees.", "It was -30 °F.", "It was -3 °C."),
    ),
    "no count": (
        "The blue line is slower than the red line, and no plot lies on both.",
        ("The blue line is slower than the red one.", "They never lie on one plot."),
        ("There is only one.", "One line is slower."),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_what_follows_passes_and_nothing_near_it(kind: str) -> None:
    quote, right, wrong = CASES[kind]
    for statement in right:
        verdict = compare(statement, [quote], "").verdict
        assert verdict is None or verdict.passed, (statement, verdict)
    for statement in wrong:
        verdict = compare(statement, [quote], "").verdict
        assert verdict is not None, statement
        assert verdict.kind in (Rule.NUMBER, Rule.DATE), (statement, verdict)
