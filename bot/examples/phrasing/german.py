"""German statements and headings as questions."""

from __future__ import annotations

from bot.examples.phrasing.rules import Phrasing, QuestionRule, words

GERMAN = Phrasing(
    "de",
    sentences=(
        QuestionRule.of("price", r"SUBJECT (?P<last>kostet|kosten) [^.;]{0,20}?\d", "Was {last} {subject}?"),
        QuestionRule.of("length", r"SUBJECT (?P<last>dauert|dauern) [^.;]{0,20}?\d", "Wie lange {last} {subject}?"),
        QuestionRule.of(
            "time",
            r"SUBJECT (?P<last>öffnet|öffnen|schließt|schließen|beginnt|beginnen|endet|enden) [^.;]{0,40}?\d",
            "Wann {last} {subject}?",
        ),
        QuestionRule.of("case", r"Wenn (?P<case>[^,.;:]{8,55}), ", "Was ist, wenn {case}?"),
        QuestionRule.of(
            "date",
            r"SUBJECT (?P<be>wurde|wurden) [^.;]{0,50}?\b\d{4}\b[^.;]{0,40}?"
            r" (?P<done>[a-zäöüß]*ge[a-zäöüß]+(?:t|en))\.",
            "Wann {be} {subject} {done}?",
        ),
        QuestionRule.of(
            "definition",
            r"SUBJECT (?:\([^)]*\) )?(?P<be>ist|war|sind|waren) (?:eine?|der|die|das) ",
            "Was {be} {subject}?",
        ),
        QuestionRule.of("parts", r"SUBJECT (?P<last>enthält|enthalten|bedeutet|umfasst) ", "Was {last} {subject}?"),
    ),
    headings=(
        QuestionRule.of(
            "way", r"(?P<subject>[A-ZÄÖÜ][\wäöüß-]+) (?P<do>[a-zäöüß]+(?:en|rn|ln))\Z", "Wie kann man {subject} {do}?"
        ),
    ),
    articles=words("der die das ein eine jede jeder jedes alle unser unsere"),
    no_subject=words(
        "es er sie wir ihr ich du man dies diese dieser dieses was wer wie wo wann warum wenn als im in am an auf"
        " aus bei mit nach von vor zu zum zur für durch um aber und oder nicht auch dann so hier dort damit dabei"
    ),
    no_part=words("welche welcher welches dass ist sind war waren wird wurde hat haben kann können muss wenn"),
    addressed={"du": "ich", "dein": "mein", "deine": "meine", "deinen": "meinen"},
    keeps_capitals=True,
)
