"""Follow-ups that become questions of their own, and those that stay."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import MAX_TURNS, read_as
from bot.types import NOT_FOUND_TEXT, Turn

RESIGNED = Turn(
    "Who resigned in 2019?",
    "The protests, triggered by the doubling of the price of LPG following the cancellation of the limits imposed by "
    "the government, are now directed against the entire establishment of a system founded and led for three decades "
    "by former president Nursultan Nazarbayev, who resigned in 2019 to pass the Tokayev’s hand. [1]",
)
BEGAN = Turn(
    "When did the protests begin?",
    "It was from here that the first protests started on Sunday, which then spread like wildfire. [1]",
)
TOKAYEV = Turn(
    "Who is Tokayev?",
    "The carrot and stick exhibited by President Kassym-Jomart Tokayev did not prevent the demonstrations from "
    "spreading to several cities. [1] Tokayev also assumed the powers of head of the National Security Council. [2]",
)
AGE = Turn("How old is Tokayev?", NOT_FOUND_TEXT)
PROCLAIMED = Turn(
    "Where was a state of emergency proclaimed?",
    "Tokayev was forced to proclaim a state of emergency throughout the country, after the measure was decided "
    "yesterday in Almaty and in Mangistau. [1]",
)
AIRPORT = Turn("When was the airport attacked?", NOT_FOUND_TEXT)
OFFICERS = Turn(
    "How many officers were killed?",
    "Eight security force officers were killed and 317 injured in the violence in Kazakhstan. [1]",
)
PROTESTERS = Turn("What did the protesters attack?", "Thousands of people stormed the town hall. [1]")
STATUE = Turn("Was a statue demolished?", "A statue of him was demolished in the city of Taldykorgan. [1]")
CHAIR = Turn("Who is the chair of the committee?", "The committee is chaired by Maria Rossi. [1]")
REFUND = Turn("What is the refund policy?", "Purchases can be returned within 30 days. [1]")
PLANTS = Turn("How does photosynthesis work?", "Plants turn light into sugar. [1]")
NOVEL = Turn("What did Ada Brandt publish in 1931?", "In 1931 Ada Brandt published her first novel, “Salt Roads”. [1]")
BRIDGE = Turn("Who built the Skarn Bridge?", "The Skarn Bridge was built by Olaf Brenner between 1902 and 1905. [1]")
BAKERY = Turn("Where did Lena Hofer open the bakery?", "Lena Hofer opened the bakery in Linz in 1952. [1]")
WHO_RUNS = Turn("who runs the bakery?", "The bakery is run by Paul Hofer. [1]")
INJURED = Turn(
    "How many people were injured?",
    "Eight security force officers were killed and 317 injured in the violence in Kazakhstan. [1]",
)
GUEST = Turn("Can I bring a guest?", "Guests may row with a member three times a year. [1]")
GYM = Turn("When does the gym close?", "The gym closes at 9 p.m. on weekdays and at 6 p.m. on weekends. [1]")
WIND = Turn("What is the wind limit?", "No boat goes out when the wind is stronger than five Beaufort. [1]")
MANGISTAU = Turn("What happened in Mangistau?", "It was from here that the first protests started on Sunday. [1]")
QUANTI = Turn("Quanti anni ha Tokayev?", NOT_FOUND_TEXT)
COSTA = Turn("Quanto costa l’abbonamento?", "L’abbonamento costa 240 euro. [1]")
SMALL = Turn("who is tokayev?", TOKAYEV.answer)
SHORT_NAME = Turn("Who designed the lighthouse?", "Ines Moreau. [1]")
STAFF = Turn("What must members of staff do when they are ill?", "They call the office before nine. [1]")
STORM = Turn("What damaged the harbour in 1987?", "The storm of 1987 damaged the harbour in Porto Verde. [1]")

READ = [
    # He, she, it and they become what they mean.
    ([RESIGNED], "How old is he?", "How old is Nursultan Nazarbayev?"),
    ([RESIGNED], "Why did he resign?", "Why did Nursultan Nazarbayev resign?"),
    ([RESIGNED], "Was a statue of him demolished?", "Was a statue of Nursultan Nazarbayev demolished?"),
    (
        [Turn("What happened in 2019?", "Olaf Brenner resigned. [1]")],
        "Why did he resign?",
        "Why did Olaf Brenner resign?",
    ),
    ([TOKAYEV], "What did he ask Russia for?", "What did Kassym-Jomart Tokayev ask Russia for?"),
    ([TOKAYEV], "Who preceded him?", "Who preceded Kassym-Jomart Tokayev?"),
    ([AGE], "Where does he live?", "Where does Tokayev live?"),
    ([SMALL], "how old is he", "How old is Kassym-Jomart Tokayev?"),
    ([Turn("What is Bell’s mother’s name?", NOT_FOUND_TEXT)], "Was she deaf?", "Was Bell’s mother deaf?"),
    (
        [Turn("Who is the coach?", "The coach is Marta Okafor, who rowed for Nigeria. [1]")],
        "How old is she?",
        "How old is Marta Okafor?",
    ),
    ([CHAIR], "How long has she served?", "How long has Maria Rossi served?"),
    ([AIRPORT], "Who attacked it?", "Who attacked the airport?"),
    ([AIRPORT], "Was it damaged?", "Was the airport damaged?"),
    ([PROCLAIMED], "How long did it last?", "How long did the state of emergency last?"),
    ([REFUND], "Does it apply to software?", "Does the refund policy apply to software?"),
    ([PLANTS], "Why is it important?", "Why is photosynthesis important?"),
    ([BRIDGE], "How long is it?", "How long is the Skarn Bridge?"),
    ([BEGAN], "Who started them?", "Who started the protests?"),
    ([BEGAN], "How did they spread?", "How did the protests spread?"),
    ([OFFICERS], "Who killed them?", "Who killed the officers?"),
    ([PROTESTERS], "What did they want?", "What did the protesters want?"),
    ([PROTESTERS], "Were any of them hurt?", "Were any of the protesters hurt?"),
    ([SHORT_NAME], "When was she born?", "When was Ines Moreau born?"),
    ([NOVEL], "What did she do before?", "What did Ada Brandt do before?"),
    # Possessives.
    ([AGE], "What is his job?", "What is Tokayev’s job?"),
    ([NOVEL], "What was her second novel?", "What was Ada Brandt’s second novel?"),
    ([PROTESTERS], "What were their demands?", "What were the protesters’ demands?"),
    ([AIRPORT], "Who is its owner?", "Who is the airport’s owner?"),
    # A question of one word, or of few.
    ([BEGAN], "and where?", "Where did the protests begin?"),
    ([BEGAN], "Why?", "Why did the protests begin?"),
    ([Turn("When did Ann Bell die?", NOT_FOUND_TEXT)], "what of?", "What did Ann Bell die of?"),
    (
        [Turn("What triggered the protests?", NOT_FOUND_TEXT)],
        "when was that?",
        "What triggered the protests, and when?",
    ),
    ([AIRPORT], "By whom?", "By whom was the airport attacked?"),
    ([STATUE], "Where was that?", "Where was a statue demolished?"),
    ([STATUE], "When did that happen?", "When was a statue demolished?"),
    ([RESIGNED], "and why?", "Who resigned in 2019, and why?"),
    ([OFFICERS], "where?", "How many officers were killed, and where?"),
    ([PROTESTERS], "what else?", "What else did the protesters attack?"),
    ([PROTESTERS], "Anything else?", "What else did the protesters attack?"),
    ([AGE], "what else?", "Tell me more about Tokayev."),
    ([REFUND], "tell me more", "Tell me more about the refund policy."),
    ([GUEST], "how much is it?", "How much is it to bring a guest?"),
    ([GUEST], "how often", "How often can I bring a guest?"),
    ([RESIGNED], "who else?", "Who else resigned in 2019?"),
    # Another person, place or year.
    ([AGE], "what about Nazarbayev?", "How old is Nazarbayev?"),
    ([AGE], "And Nazarbayev?", "How old is Nazarbayev?"),
    ([RESIGNED], "what about in 2020?", "Who resigned in 2020?"),
    ([BEGAN], "And in Almaty?", "When did the protests begin in Almaty?"),
    ([REFUND], "And for software?", "What is the refund policy for software?"),
    ([AIRPORT], "What about the town hall?", "When was the town hall attacked?"),
    ([INJURED], "and killed?", "How many people were killed?"),
    ([MANGISTAU], "and in Almaty?", "What happened in Almaty?"),
    ([GYM], "and on weekends?", "When does the gym close on weekends?"),
    ([GYM], "and the boathouse?", "When does the boathouse close?"),
    ([GUEST], "and dogs?", "Can I bring dogs?"),
    ([Turn("What if I break a key?", NOT_FOUND_TEXT)], "and if I lose it?", "What if I lose the key?"),
    ([Turn("How old is Ann Bell’s father?", NOT_FOUND_TEXT)], "and her brother?", "How old is Ann Bell’s brother?"),
    # Of another kind than what was asked about, it is a topic of its own.
    ([INJURED], "what about the airport?", "Tell me about the airport."),
    ([WIND], "what about fog?", "Tell me about fog."),
    ([Turn("What did Ann Bell say about him?", NOT_FOUND_TEXT)], "and Ada Brandt?", "Tell me about Ada Brandt."),
    ([RESIGNED, AIRPORT], "and Nazarbayev?", "Tell me about Nazarbayev."),
    # One place that was named.
    ([MANGISTAU], "How many were killed there?", "How many were killed in Mangistau?"),
    ([STORM], "When did he go there?", "When did he go to Porto Verde?"),
    # In another language, only a name or a year takes the place of another.
    ([QUANTI], "e Nazarbayev?", "Quanti anni ha Nazarbayev?"),
    ([Turn("Chi ha vinto nel 2020?", NOT_FOUND_TEXT)], "e nel 2021?", "Chi ha vinto nel 2021?"),
    # A turn without a topic is passed over.
    ([PROTESTERS, Turn("thanks", "You are welcome.")], "what else?", "What else did the protesters attack?"),
    ([TOKAYEV, Turn("Ok, great!", NOT_FOUND_TEXT)], "how old is he?", "How old is Kassym-Jomart Tokayev?"),
    # Over several turns: what a question was read as is what the next one leans on.
    ([AGE, Turn("and where was he born?", NOT_FOUND_TEXT)], "When did he resign?", "When did Tokayev resign?"),
    ([BEGAN, Turn("and where?", "In Mangistau. [1]")], "and why?", "Why did the protests begin?"),
    ([AIRPORT, Turn("Who attacked it?", NOT_FOUND_TEXT)], "Was it damaged?", "Was the airport damaged?"),
    ([RESIGNED, Turn("and why?", NOT_FOUND_TEXT)], "and where?", "Who resigned in 2019, and where?"),
    ([BAKERY, WHO_RUNS], "How old is he?", "How old is Paul Hofer?"),
    (
        [WHO_RUNS, Turn("Who taught him?", "Ada Brandt. Brandt died. [1]")],
        "Where was she born?",
        "Where was Ada Brandt born?",
    ),
    ([BAKERY, Turn("Where was she born?", "Lisa Graz knows. [1]")], "When did she die?", "When did Lena Hofer die?"),
    ([NOVEL, Turn("Did Cy Fox know her?", "Yes. [1]")], "Where was she born?", "Where was Ada Brandt born?"),
    ([CHAIR, Turn("Did she know Ann Bell?", "Yes. [1]")], "How old is she?", "How old is Maria Rossi?"),
]
STAYS = [
    ([RESIGNED], "How many planes?"),
    ([RESIGNED], "Is it true that Russia intervened?"),
    ([TOKAYEV], "What is the capital of France?"),
    ([TOKAYEV], "What did the president say?"),
    ([TOKAYEV], "Did Nazarbayev resign before he took over?"),
    ([TOKAYEV], "Does Nazarbayev still hold his office?"),
    ([TOKAYEV], "What time is it?"),
    ([TOKAYEV], "Who resigned in 2019?"),
    ([PROCLAIMED], "Is there a hospital in Aktau?"),
    ([PROCLAIMED], "Were there any arrests?"),
    ([STAFF], "What must visitors do when they arrive?"),
    ([STAFF], "Do rivers change their course?"),
    ([STAFF], "How long does it take to reach the office?"),
    ([STORM], "Are there any other interesting aspects about this article?"),
    ([STORM], "What does this document say about insurance?"),
    ([REFUND], "What is another word for reimbursement?"),
    ([BRIDGE], "What do you know?"),
    # Too open: two names that may be meant, and nothing that tells them apart.
    ([Turn("What did Brenner ask Moreau for?", NOT_FOUND_TEXT)], "Did it arrive?"),
    ([PROCLAIMED], "What happened there?"),
    ([Turn("What happened in 2019?", "Olaf Brenner and Anna Moreau resigned. [1]")], "Why did he resign?"),
    ([Turn("Who built it?", "Anna Brenner and Olaf Moreau built it. [1]")], "When was he born?"),
    # Short, but no follow-up of a kind that is read.
    ([INJURED], "are you sure?"),
    ([INJURED], "and the airport was closed?"),
    ([INJURED], "and tell me the price"),
    ([INJURED], "what about you?"),
    ([WIND], "what about the fee for a boat in the long winter?"),
    ([Turn("thanks", "You are welcome.")], "what else?"),
    ([Turn("Summarise the article", "Thousands stormed the town hall. [1]")], "why?"),
    ([REFUND], "How was that novel received?"),
    # He is not the one whom he met.
    ([Turn("Where did he meet Cy Fox?", "In Graz. [1]")], "When was he born?"),
    # One man is not "they".
    ([AGE, Turn("Did he have brothers?", "Two. [1]")], "What did they die of?"),
    # Nobody was named who could be "he".
    ([AIRPORT], "How old is he?"),
    # What nobody named stays unnamed when a name comes up beside it.
    ([Turn("Where did he grow up?", "He grew up in a village near Casper. [1]")], "Did he go to college?"),
    # Other languages.
    ([TOKAYEV], "Wie alt ist er?"),
    ([TOKAYEV], "Quanti anni ha?"),
    ([TOKAYEV], "Onko he presidentti?"),
    ([COSTA], "e per gli studenti?"),
    ([COSTA], "e gli studenti?"),
    ([COSTA], "e quando?"),
    ([COSTA], "Chi lo paga?"),
    ([TOKAYEV], "¿Y dónde?"),
    ([TOKAYEV], "他多大了？"),
    ([TOKAYEV], ""),
]


def test_a_follow_up_becomes_the_question_it_stands_for() -> None:
    assert [(asked, read_as(asked, history)) for history, asked, _ in READ] == [
        (asked, read) for _, asked, read in READ
    ]


def test_a_question_that_stands_on_its_own_stays() -> None:
    assert [asked for history, asked in STAYS if read_as(asked, history) is not None] == []


def test_without_a_conversation_every_question_stays() -> None:
    everything = [asked for _, asked, _ in READ] + [asked for _, asked in STAYS]
    assert [asked for asked in everything if read_as(asked, ()) is not None] == []


def test_a_question_that_was_read_stands_on_its_own() -> None:
    assert [read for history, _, read in READ if read_as(read, history) not in (None, read)] == []


def test_marks_of_citations_mean_nothing() -> None:
    for history, asked, read in READ:
        unmarked = [Turn(turn.question, turn.answer.replace(" [1]", "").replace(" [2]", "")) for turn in history]
        crowded = [Turn(turn.question, turn.answer.replace(" [1]", " [1] [23] [4]")) for turn in history]
        assert read_as(asked, unmarked) == read_as(asked, crowded) == read


def test_a_sentence_begins_behind_a_mark() -> None:
    """Or its first word would be taken for a name."""
    history = [Turn("Who spoke?", "The mayor spoke. [1] Protests followed. [2]")]
    assert read_as("When did he speak?", history) is None


def test_a_refusal_names_nothing() -> None:
    assert read_as("How old is it?", [Turn("Who?", NOT_FOUND_TEXT)]) is None


def test_who_was_she_before_is_not_he() -> None:
    history = [CHAIR, Turn("How long has she served?", "Since the committee met in Turin. [1]")]
    assert read_as("Where was she born?", history) == "Where was Maria Rossi born?"
    assert read_as("Where was he born?", history) is None


SPOKEN = """
and who what where why when how he she it they them their his her its that this there then year book Tokayev Anna Bell
of the in did was is old about else other airport protests 2019 New York ? . , “ ” ’s [1] — ẞ İ é 他 (
"""
WORDS = st.sampled_from(SPOKEN.split())
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join))
HISTORIES = st.lists(st.builds(Turn, TEXTS, TEXTS), max_size=5)


@given(TEXTS, HISTORIES)
def test_whatever_is_said_the_reading_is_another_question_of_bounded_length(text: str, history: list[Turn]) -> None:
    read = read_as(text, history)
    if not history:
        assert read is None
    if read is not None:
        assert read.strip()
        assert read != text
        assert "\n" not in read
        assert len(read) <= len(text) + 600


def test_a_long_conversation_is_read_quickly() -> None:
    history = [Turn("Who is Ann Lee? " * 250, "Bob Ray met Cy Fox in Rome “Salt”. " * 200)] * MAX_TURNS
    began = time.perf_counter()
    read_as("What did they do there, and why did he?", history)
    read_as("and in " + "Rome " * 35, [Turn("When did he go to " + "Rome in " * 40, "Yes.")])
    assert time.perf_counter() - began < 5
