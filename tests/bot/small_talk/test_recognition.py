"""Small talk is told from questions, in every language that has a vocabulary, and taken off the questions beside it."""

from __future__ import annotations

import time
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from bot.replies import Reply, SmallTalk
from bot.small_talk import find_small_talk, without_small_talk
from bot.small_talk.vocabulary import ENGLISH, ITALIAN, VOCABULARIES

# Text, kind, language; None where the words belong to no language.
SAID = [
    ("hi", SmallTalk.GREETING, None),
    ("Hiii!!", SmallTalk.GREETING, None),
    ("hello there", SmallTalk.GREETING, "en"),
    ("heyyy pullquote", SmallTalk.GREETING, None),
    ("Good morning everyone 🌞", SmallTalk.GREETING, "en"),
    ("hello bot, how are you?", SmallTalk.GREETING, "en"),
    ("ciao", SmallTalk.GREETING, "it"),
    ("Buongiorno a tutti", SmallTalk.GREETING, "it"),
    ("¡Hola!", SmallTalk.GREETING, "es"),
    ("Grüß Gott", SmallTalk.GREETING, "de"),
    ("GUNAYDIN", SmallTalk.GREETING, "tr"),
    ("Добрий день!", SmallTalk.GREETING, "uk"),
    ("السلام عليكم", SmallTalk.GREETING, "ar"),
    ("thanks!", SmallTalk.THANKS, "en"),
    ("thx 🙏", SmallTalk.THANKS, None),
    ("ok cool, thank you so much for your help :)", SmallTalk.THANKS, "en"),
    ("that's great, thanks", SmallTalk.THANKS, "en"),
    ("Grazie mille!", SmallTalk.THANKS, "it"),
    ("ok grazie", SmallTalk.THANKS, "it"),
    ("merci beaucoup", SmallTalk.THANKS, "fr"),
    ("good bot", SmallTalk.PRAISE, "en"),
    ("Bravissimo", SmallTalk.PRAISE, "it"),
    ("bye", SmallTalk.FAREWELL, None),
    ("good night, see you tomorrow", SmallTalk.FAREWELL, "en"),
    ("a presto", SmallTalk.FAREWELL, "it"),
    ("help", SmallTalk.HELP, None),
    ("Hi! What can you do?", SmallTalk.HELP, "en"),
    ("who are you", SmallTalk.HELP, "en"),
    ("Che cosa sai fare?", SmallTalk.HELP, "it"),
    ("lol ok", SmallTalk.OTHER, None),
    ("bad bot", SmallTalk.COMPLAINT, "en"),
    ("that's wrong!", SmallTalk.COMPLAINT, "en"),
    ("that's wrong, it changed this year", SmallTalk.COMPLAINT, "en"),
    ("no, that's not right. The limit is five since May", SmallTalk.COMPLAINT, "en"),
    ("sbagliato, adesso sono tre", SmallTalk.COMPLAINT, "it"),
    ("nvm found it", SmallTalk.OTHER, "en"),
    ("who r u", SmallTalk.HELP, "en"),
    ("thank u", SmallTalk.THANKS, "en"),
    ("can u help me pls", SmallTalk.HELP, "en"),
    ("you are useless", SmallTalk.COMPLAINT, "en"),
    ("sei inutile", SmallTalk.COMPLAINT, "it"),
    ("come no, figurati", SmallTalk.OTHER, "it"),
    ("das ist falsch, es sind jetzt fünf", SmallTalk.COMPLAINT, "de"),
    ("hat sich erledigt", SmallTalk.OTHER, "de"),
    ("no es cierto, ahora son tres", SmallTalk.COMPLAINT, "es"),
    ("ya lo encontré", SmallTalk.OTHER, "es"),
    ("non è vero", SmallTalk.COMPLAINT, "it"),
    ("that's funny 😂", SmallTalk.OTHER, "en"),
    ("ok perfetto grazie!", SmallTalk.THANKS, "it"),
    ("can I ask you something?", SmallTalk.HELP, "en"),
    ("posso farti una domanda?", SmallTalk.HELP, "it"),
    ("chi ti ha creato?", SmallTalk.HELP, "it"),
    ("no thanks", SmallTalk.OTHER, "en"),
    ("solved, thanks!", SmallTalk.THANKS, "en"),
    ("awesome, thanks for the quick answer", SmallTalk.THANKS, "en"),
    ("ora funziona, grazie della risposta", SmallTalk.THANKS, "it"),
    ("do you speak Italian?", SmallTalk.HELP, "en"),
    ("parli inglese?", SmallTalk.HELP, "it"),
    ("che bot fantastico!", SmallTalk.PRAISE, "it"),
    ("sì", SmallTalk.OTHER, None),
    ("Moin zusammen!", SmallTalk.GREETING, "de"),
    ("Wie geht's dir?", SmallTalk.GREETING, "de"),
    ("ok danke dir", SmallTalk.THANKS, "de"),
    ("Danke für die schnelle Antwort", SmallTalk.THANKS, "de"),
    ("Guter Bot", SmallTalk.PRAISE, "de"),
    ("Bis später, mach's gut", SmallTalk.FAREWELL, "de"),
    ("Was kannst du?", SmallTalk.HELP, "de"),
    ("Hilfe!", SmallTalk.HELP, "de"),
    ("Das stimmt nicht!", SmallTalk.COMPLAINT, "de"),
    ("alles klar", SmallTalk.OTHER, "de"),
    ("Buenas, ¿qué tal?", SmallTalk.GREETING, "es"),
    ("vale, gracias", SmallTalk.THANKS, "es"),
    ("Gracias por la ayuda", SmallTalk.THANKS, "es"),
    ("¡Qué guay!", SmallTalk.PRAISE, "es"),
    ("Hasta luego", SmallTalk.FAREWELL, "es"),
    ("¿Quién eres?", SmallTalk.HELP, "es"),
    ("¿Qué puedes hacer?", SmallTalk.HELP, "es"),
    ("Eso no es verdad", SmallTalk.COMPLAINT, "es"),
    ("ya veo", SmallTalk.OTHER, "es"),
    ("No funciona", SmallTalk.COMPLAINT, "es"),
    # What several languages share.
    ("cool", SmallTalk.PRAISE, None),
    ("genial", SmallTalk.PRAISE, None),
    ("ok genial, gracias", SmallTalk.THANKS, "es"),
    ("👍", SmallTalk.OTHER, None),
    ("<:blob:123456789> :tada:", SmallTalk.OTHER, None),
    (":-)", SmallTalk.OTHER, None),
    ("<3", SmallTalk.OTHER, None),
]
QUESTIONS = [
    "wrong, who is the chair?",
    "that's wrong, tell me the fee",
    "The wrong colour, it says, is penalised.",
    "thanks to whom was the airport freed?",
    "How are you supposed to roll for initiative?",
    "What can you do in your turn?",
    "Who are you allowed to target?",
    "help action",
    "How does it work?",
    "What is this bot about?",
    "Hello Kitty",
    "Who sings Super Trouper?",
    "is it cool",
    "no dice",
    "No. 5",
    "nice to know who resigned",
    "I need help with the fee",
    "Good morning, Vietnam was directed by whom?",
    "ok what about the airport",
    "What documents do you have?",
    "What is this about?",
    "Grazie a chi fu liberato l'aeroporto?",
    "Yes, but who?",
    "Danke welchem Förderer gibt es den Garten?",
    "Was kannst du in deinem Zug tun?",
    "Hilfe beim Antrag",
    "Wie funktioniert das?",
    "¿Gracias a quién se salvó el molino?",
    "¿Qué puedes hacer en tu turno?",
    "ayuda para el alquiler",
    "No hay de qué preocuparse",
    "¿Qué tal es la comida?",
    "fine",
    "Who had influenced cultural studies in the u.k?",
    "please",
    "and",
    "why",
    "1",
    "👍 1",
    "?!",
    "∑",
]
# A question with small talk around it, and the question.
AROUND = [
    ("hi, what time does it open?", "what time does it open?"),
    ("Hi what time does it open", "what time does it open"),
    ("Hello! How many planes?", "How many planes?"),
    ("hi\nwho resigned?", "who resigned?"),
    ("thanks, who resigned?", "who resigned?"),
    ("Thanks. And who paid?", "And who paid?"),
    ("Who paid? thanks!", "Who paid?"),
    ("Hey, can I bring my dog? 😊", "can I bring my dog?"),
    ("Good evening - where is the garden?", "where is the garden?"),
    ("ciao, quando apre?", "quando apre?"),
    ("Buenos días, ¿cuándo abre?", "¿cuándo abre?"),
    ("Hola cuándo abre", "cuándo abre"),
    ("Moin! Wann öffnet ihr?", "Wann öffnet ihr?"),
    ("Hallo wann öffnet der Garten", "wann öffnet der Garten"),
    ("Wer zahlt? Danke schon mal!", "Wer zahlt?"),
    ("¿Quién paga? ¡Muchas gracias!", "¿Quién paga?"),
]


def test_small_talk_is_known_with_its_kind_and_its_language() -> None:
    found = [(text, reply and reply.to, reply and reply.language) for text, reply in _found(text for text, *_ in SAID)]
    assert found == SAID


def test_a_question_is_no_small_talk_whatever_it_begins_with() -> None:
    assert [text for text, reply in _found(QUESTIONS) if reply] == []
    assert [text for text in QUESTIONS if without_small_talk(text) != text] == []


def test_a_question_is_parted_from_the_small_talk_around_it() -> None:
    assert [(text, without_small_talk(text)) for text, _ in AROUND] == AROUND
    assert [text for text, reply in _found(text for text, _ in AROUND) if reply] == []


@given(st.text(max_size=200))
def test_what_is_left_of_a_text_is_a_part_of_it_and_something(text: str) -> None:
    left = without_small_talk(text)
    assert left in text
    assert bool(left) == bool(text.strip())


def test_a_long_text_is_looked_at_in_no_time() -> None:
    began = time.process_time()
    for text in ("hi. " * 1000, "ok oh " * 600, "thanks, " * 500 + "who?", "a" * 4000):
        find_small_talk(text)
        without_small_talk(text)
    assert time.process_time() - began < 1


def test_the_line_is_in_the_language_of_the_words_and_else_english() -> None:
    lines = [reply and reply.text for _, reply in _found(["hi", "ciao", "ok grazie", "👍"])]
    assert lines == [
        ENGLISH.lines[SmallTalk.GREETING],
        ITALIAN.lines[SmallTalk.GREETING],
        ITALIAN.lines[SmallTalk.THANKS],
        ENGLISH.lines[SmallTalk.OTHER],
    ]


def test_each_phrase_is_known_and_each_language_has_a_line_for_what_it_knows() -> None:
    for one in VOCABULARIES:
        phrases = [phrase for said in one.phrases.values() for phrase in said.split("|")]
        assert [phrase for phrase, reply in _found(phrases) if reply is None] == []
        assert one.language is None or one.phrases.keys() == one.lines.keys()


def _found(texts: Iterable[str]) -> list[tuple[str, Reply | None]]:
    return [(text, find_small_talk(text)) for text in texts]
