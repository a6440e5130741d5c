"""What the statements of these tests cite: the shipped article's sentences, and small texts of other kinds."""

from __future__ import annotations

from pathlib import Path

import retrieval
from retrieval import split_sentences

ARTICLE = (Path(retrieval.__file__).parent / "corpus" / "kazakhstan-protests.txt").read_text(encoding="utf-8")

RULEBOOK = """\
Members must book a kayak at least two days before they want to use it. Dogs are not allowed in the clubhouse, but \
they may come along in the boats. The yearly fee is 1,250 euros for adults and 40 percent less for members under \
eighteen. Nobody may enter the water after 9 p.m. without a lamp. Lifeguards may refuse a boat to anyone who has \
drunk alcohol. A lost key costs $7.50, payable to the treasurer, Ilse Brandt. The club was founded by Marta Vogel, a \
retired sailor, on 14 May 1987. Questions go to desk@kayaks.example or to https://kayaks.example/help at any time. \
Visitors always pay before they board. The harbour is closed on Sundays. Rescue boats carry a dozen life \
jackets each."""

HISTORY = """\
Queen Adelind of Morvath was crowned on 3 March 1412 and reigned for twenty-one years. Her brother, Duke Rainald, who \
was 34 years old at the time, raised an army of eight thousand men against her. In the battle of Sarn, fought in 1415, \
he lost two hundred knights and fled to Velden. Chancellor Otmar Reeve, 61, signed the peace with the envoy Piet \
Hallam, 29, in the abbey of Corrin. Adelind did not punish the towns that had joined him. Bishop Lothar called the \
treaty a disgrace. The first bridge over the Isel was begun in 1420 by the mason Jorun Aske; it was finished in 1433. \
The Morvathian crown was sold to Velden for 6.5 million guilders in the 1790s. Only the northern gate of the castle \
still stands."""

SCIENCE = """\
The lake is 412 metres deep and 37 kilometres long. Dr. Amara Osei measured a mean temperature of 4.2 degrees in 1998, \
while Dr. Henrik Lund measured 6.8 degrees in 2016. Oxygen does not reach the lowest layer, so fish live only in the \
upper hundred metres. About 30% of the species are found nowhere else. The blind shrimp was described by Osei and Lund \
in their paper of Jan. 5, 2003. A female lays between 40 and 60 eggs in early spring. Copper from the old mine made \
the water of the eastern bay poisonous. The Geological Survey of Norland (GSN) estimates the age of the lake at \
2 million years. The moon has little influence on its level."""

MIXED = """\
In 1923 the painter Lucía Ferrer, then 27, moved from Girona to Paris, where she shared a studio with the sculptor \
Anton Brandl, 41, until 1931. Her first exhibition, at the Galerie Hublot, sold only three of 60 works; critics such \
as Émile Roux did not notice it. Moderators must answer reports within 24 hours, and they may mute a member for up \
to seven days, but only admins can ban. Spoilers are forbidden outside the #spoilers channel. The US spent $1.2 \
billion on the programme between 1961 and 1969, about twice what the Soviet Union spent. Mount Karvel (4,810 m) is \
higher than Mount Ilse, which rises to 4,478 metres. Prime Minister Nadia Costa met President Jonas Weil on Tuesday, \
12 April; Costa, 52, refused to resign. Unlike his predecessor, Weil has never signed the treaty."""

TEXTS = {"article": ARTICLE, "rulebook": RULEBOOK, "history": HISTORY, "science": SCIENCE, "mixed": MIXED}
SENTENCES = {name: [text[span.start : span.end] for span in split_sentences(text)] for name, text in TEXTS.items()}
ALL_SENTENCES = [sentence for sentences in SENTENCES.values() for sentence in sentences]


def sentence(words: str) -> str:
    """The one sentence of all texts that holds ``words``."""
    (found,) = {sentence for sentences in SENTENCES.values() for sentence in sentences if words in sentence}
    return found
