"""What looks like a question to the bot where nobody mentions it, told by a table in English and Italian."""

from __future__ import annotations

import time

from bot.discord.asking.overheard import asks_bot

ASKED = """
Has the mill a garden?
Which OS does the launcher need?
Alter table or drop it, which is faster?
Who raised the mill at the harbour?
who resigned in 2019
Who resigned?
What triggered the protests?
what is the price of LPG
How many people were killed?
how do I reset my password?
How do you get a refund?
when does the mill open on Sundays
And in 2020?
And in Almaty?
And who paid for it?
but what about the airport?
Is the mill open today?
is there a garden
Can I bring my dog?
Can we bring dogs?
Does anyone know when the mill opens?
can someone explain how the refund works?
can you tell me who raised the mill?
could you please list the ministers?
do you know who raised the mill?
Do you have any documents about the mill?
What do you know about the mill?
tell me about the mill
please explain the second step
list the ministers who resigned
pullquote, who raised the mill?
hey bot what is the fee
Hi! What time does it open?
Thanks. And how long is it open?
I cannot log in. What should I do?
So, who is the prime minister?
Today, is it open?
Which minister resigned first?
Chi ha costruito il mulino?
chi ha costruito il mulino
Quando apre il mulino?
quando si può entrare
Come faccio a cambiare la password?
Come si arriva al mulino?
E nel 2020?
E chi ha pagato?
Quanto costa il biglietto?
quanto costa il biglietto
Si può entrare con il cane?
C'è un parcheggio?
Qualcuno sa quando apre il mulino?
Mi sai dire quando apre?
puoi dirmi chi ha costruito il mulino?
Sai chi ha costruito il mulino?
dimmi del mulino
Quali documenti hai?
Ciao, quando apre?
Chi sono i sei ministri?
Cosa sai del mulino?
"""
TALK = """
was thinking about going there
son andato al mulino ieri
ok thanks Bruno
I think the mill is older.
The mill opens at nine.
And you?
what do you think?
Did you see that?
are you coming tomorrow?
Have you tried it, Bruno?
Bruno, when does it open?
@Bruno when does it open?
hey Ada, who told you that?
When does it open, Bruno?
How was your weekend?
where are you?
Can you send me the file?
should we go there tomorrow?
shall we meet at nine?
Are we still meeting?
let's go there?
why don't we ask them?
do we meet at the mill?
anyone up for lunch?
Who wants coffee, anyone?
really?
right?
What?
why not?
Seriously?
who knows?
why?
how come?
The mill is old, right?
it is open, isn't it?
lol who said that?
omg what is this?
haha is that so?
how are you?
what's up?
thanks!
ok
👍
that is what I mean
when I was there it was closed
what a day
I know who resigned
which is why I left
See https://example.org/?a=b
> who raised the mill?
`is this code?`
@everyone who is here?
Is Carla coming?
ask Bruno when it opens
did that work for you?
ok grazie Bruno
Penso che il mulino sia più vecchio.
E tu?
Che ne pensi?
Hai visto?
vieni domani?
Bruno, quando apre?
ciao Ada, chi te l'ha detto?
Quando apre, Bruno?
Dove sei?
Mi mandi il file?
Andiamo domani?
ci vediamo alle nove?
Qualcuno viene a pranzo?
davvero?
perché?
Come mai?
Il mulino è vecchio, vero?
ahah chi l'ha detto?
come stai?
quando ero piccolo era chiuso
chi lo sa
grazie mille
ma dai?
"""
# Right after a message of somebody else.
ASKED_AMID_TALK = """
Who raised the mill at the harbour?
How many people were killed?
what is the price of LPG
Is the mill open on Sundays?
Chi ha costruito il mulino?
Quanto costa il biglietto intero?
bot, and in 2020?
"""
TALK_AMID_TALK = """
Who resigned?
And in 2020?
older than the harbour?
The mill is from 1911?
which one?
how much older?
E nel 2020?
più vecchio del porto?
quanto di più?
"""
PEOPLE = ["Ada Lovelace", "Bruno Corti", "Carla"]


def lines(table: str) -> list[str]:
    return [line.replace("@Bruno", "<@13>") for line in table.strip("\n").split("\n")]


def test_what_looks_like_a_question_to_the_bot_is_one() -> None:
    assert [text for text in lines(ASKED) if not asks_bot(text, PEOPLE)] == []


def test_what_people_say_to_each_other_is_none() -> None:
    assert [text for text in lines(TALK) if asks_bot(text, PEOPLE)] == []


def test_amid_talk_only_a_whole_question_is_one() -> None:
    assert [text for text in lines(ASKED_AMID_TALK) if not asks_bot(text, PEOPLE, amid_talk=True)] == []
    assert [text for text in lines(TALK_AMID_TALK) if asks_bot(text, PEOPLE, amid_talk=True)] == []


def test_the_name_of_somebody_who_writes_there_makes_it_talk() -> None:
    assert asks_bot("Is Carla coming?")
    assert not asks_bot("Is Carla coming?", ["Carla"])
    assert asks_bot("Is Al coming to the mill?", ["Al"])


def test_a_long_message_is_looked_at_in_no_time() -> None:
    began = time.process_time()
    for text in ("who is it? " * 350, "a, " * 1300, "Bruno " * 600, "can you " * 500 + "?", "`" * 4000, "> a\n" * 1000):
        asks_bot(text, PEOPLE, amid_talk=True)
    assert time.process_time() - began < 1
