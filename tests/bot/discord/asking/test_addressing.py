"""Whether a message that mentions the bot speaks to it, told by a table in English and Italian."""

from __future__ import annotations

import time

import pytest

from bot.discord.asking.addressing import MARK, points, speaks_to_bot, without_mark

TO_THE_BOT = """
@bot who raised the mill?
@bot, who raised the mill
@bot opening hours of the mill
hey @bot who raised the mill
@bot is the mill open on Sundays
@bot can guests park at the mill
@bot can I park here
@bot can you help me with the login
@bot does the mill have a garden
@bot has the mill a garden?
@bot what about dogs
@bot
@bot?
@bot hi
hi @bot
thanks @bot
good bot @bot
who raised the mill @bot?
Who raised the mill? @bot
what do you think @bot?
can you help here, @bot
What triggered @bot the protests, who knows?
when does, @bot, the mill open
who is that for @bot?
how many pupils does the school have @bot
where does the name come from @bot
what is @bot?
let me ask @bot: who raised the mill?
let's ask @bot who raised the mill
question for @bot: who raised the mill?
@Ada @bot who raised the mill?
@bot I cannot log in
@bot explain the second step
Great idea. @bot how long does it take?
@bot is down?
@bot rules for parking
@bot said what?
@bot chi ha costruito il mulino?
@bot, quando apre il mulino
ciao @bot, quando apre?
@bot è aperto il mulino la domenica?
@bot non è vero!
@bot that's wrong
@bot che ore sono
@bot non riesco ad accedere
@bot orari del mulino
quando apre il mulino @bot?
Quando apre? @bot
grazie @bot
che ne pensi @bot?
posso chiedere a @bot quando apre il mulino?
domanda per @bot: quando apre?
@Bruno @bot quando apre?
"""
ABOUT_THE_BOT = """
yesterday @bot was asked about the mill
you can ask @bot about that
just ask @bot
ask @bot!
why not ask @bot?
did you try @bot?
have you asked @bot?
did you ask @bot what it costs?
I asked @bot yesterday and it found the page
we could use @bot for this
I'd try @bot first
Who raised the mill? Ask @bot
let's ask @bot about that
@bot is great btw
@bot is really good
@bot is the best
@bot is great, right?
@bot is down
@bot knows this
@bot can answer that
@bot could help you with that
@bot answered me in two seconds
@bot's answer was wrong
@bot doesn't know everything
@bot said the mill opens at nine
@bot and I had a chat
@bot also found it
@bot just told me
@Bruno you can ask @bot
@Ada @bot knows
thanks to @bot I found it
according to @bot the mill is old
I got this from @bot
yesterday @bot said that the mill is old
I think @bot is right
I love @bot
this is @bot
our new @bot is here
maybe @bot knows
the answer by @bot is wrong
say hi to @bot everyone
please stop pinging @bot
chiedilo a @bot
chiedi a @bot
puoi chiederlo a @bot
prova con @bot
ho chiesto a @bot ieri e ha trovato la pagina
perché non lo chiedi a @bot?
hai provato @bot?
hai chiesto a @bot?
@bot è bravo
@bot è fantastico
@bot sa tutto
@bot ha detto che il mulino apre alle nove
@bot ha ragione
@bot non funziona
@bot mi ha risposto subito
@bot può aiutarti
@bot è ottimo, vero?
secondo @bot il mulino è vecchio
grazie a @bot ho trovato tutto
la risposta di @bot è sbagliata
usate @bot per queste cose
forse @bot lo sa
ieri @bot ha detto che apre alle nove
@Bruno @bot sa tutto
adoro @bot
"""
POINTING = """
|?|??|^|^^|👆|☝️|🤔|help|help here|can you help here?|can you help him?|could you help with this?|please help
what do you think?|thoughts?|any ideas?|do you know?|do you know this one|can you answer this?|answer this please
what's the answer?|your turn|look|check this|is that true?|can you explain this|hey, can you help them please?
over to you|can you answer his question?|this|can you take a look here
puoi aiutare?|puoi aiutarlo?|ci aiuti?|aiuto|che ne pensi?|tu che dici?|lo sai?|sai rispondere?|puoi rispondere?
rispondi tu|rispondigli|guarda sopra|è vero?|qualche idea?|tocca a te|questo|puoi dare una mano qui?
"""
NOT_POINTING = """
who raised the mill?|can you help me with the login?|do you know who raised the mill?|what do you think of the mill?
help action|hi|thanks|👍|lol ok|what about dogs?|is that mill open?|what is this about?
can you answer in French who won?
sai chi ha costruito il mulino?|puoi aiutarmi con la password?|ciao|grazie|che ne pensi del mulino?|quando apre?
"""


def marked(text: str) -> str:
    """The text as the rule gets it."""
    return text.replace("@bot", MARK).replace("@Ada", "<@12>").replace("@Bruno", "<@!13>")


def lines(table: str) -> list[str]:
    return table.strip("\n").split("\n")


def cells(table: str) -> list[str]:
    return [cell for line in lines(table) for cell in line.split("|")]


def test_what_is_said_to_the_bot_is_for_it() -> None:
    assert [text for text in lines(TO_THE_BOT) if not speaks_to_bot(marked(text))] == []


def test_what_people_say_to_each_other_about_the_bot_is_not() -> None:
    assert [text for text in lines(ABOUT_THE_BOT) if speaks_to_bot(marked(text))] == []


def test_a_reply_without_a_mention_is_for_the_bot_unless_it_speaks_to_somebody_else() -> None:
    assert speaks_to_bot("in 2019")
    assert not speaks_to_bot("<@12> look at this")
    assert speaks_to_bot("<@12> who resigned?")


def test_a_mention_in_the_words_of_somebody_else_calls_nobody() -> None:
    assert not speaks_to_bot(marked("> @bot who raised the mill?\nI asked that, too"))
    assert speaks_to_bot(marked("> who raised the mill?\n@bot"))


def test_what_points_at_another_message_is_told_from_questions() -> None:
    assert [text for text in cells(POINTING) if not points(text)] == []
    assert [text for text in cells(NOT_POINTING) if points(text)] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("@bot, who raised it?", "who raised it?"),
        ("who @bot raised it", "who raised it"),
        ("Who raised it? @bot", "Who raised it?"),
        ("@bot", ""),
        ("@bot - who\n@bot: why", "who\nwhy"),
    ],
)
def test_the_mention_goes_with_the_comma_behind_it(text: str, left: str) -> None:
    assert without_mark(marked(text)) == left


def test_a_long_message_is_looked_at_in_no_time() -> None:
    began = time.process_time()
    for text in (
        "@bot " * 800,
        "ask @bot. " * 400,
        "a" * 2000 + " @bot " + "b" * 2000,
        "really " * 300 + "@bot just " * 200,
    ):
        speaks_to_bot(marked(text))
        points(marked(text))
    assert time.process_time() - began < 1
