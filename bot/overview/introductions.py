"""Which sentence introduces somebody or something, and whether words are a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval import extract_terms

BEFORE = r"\A[\W\d]*(?:(?:the|an?|il|lo|la|un[oa]?)\s+|l')?"
AFTER = r"[*_`”\"]*(?:\s*\([^()]*\))?[*_`”\"]*"  # what may stand between: "**LPG** (liquefied petroleum gas)"
IS = (
    rf"{AFTER},?\s+(?:(?:is|was|are|were|è|era|sono) (?:an?|the|one|un[oa]?|il|la|lo|l')|refers to|means|stands for"
    r"|indica)\b"
)
DEFINED = r"[*_`”\"]*(?:\s*\([^()]*\)|\s*[:–—]\s|\.[*_]+\s)"
APPOSITION = rf"{AFTER},\s+(?:an?|the|one|who|which|whose|formerly|also|un[oa]?|il|la|lo|che)\s"
# "Ada Thorne fled from Skarn and became a spy."
BECAME = r"\s[^.;:!?]{0,80}?\b(?:became (?:an?|the|one)|was born|divenne|nacque)\b"
# One of several: "including Ada Thorne, the millers, and the spies".
LISTED = r"(?<!including )(?<!such as )(?<!like )"
FULL_NAME = r"\w,?\s+[A-ZÀ-ÖØ-Þ][\w'’-]*\s+"

TITLES = re.compile(
    r"\A(?:(?:mr|mrs|ms|dr|prof|st|doctor|professor|president|prime|minister|king|queen|prince|princess|sir|lord|lady|pope"
    r"|general|captain|judge|senator|governor|mayor|signor|signora|dott|presidente|ministro|re|regina|papa)\b\.?\s+)+",
    re.IGNORECASE,
)
# From this grade on, a sentence says what something is; below, it gives a name in full at most.
SAYS_WHAT = 2


def introduces(sentence: str, name: str, heading: str = "") -> int:
    """How plainly a sentence says who or what ``name`` is; 0 where it only names it.

    Source of the idea: what is mentioned for the first time is described by its full name, its role, an apposition
    or a relative clause (Nenkova and McKeown 2003, "References to named entities: a corpus study").

    Args:
        sentence: A sentence.
        name: Who or what it may introduce.
        heading: The heading that the sentence stands under.
    """
    words = r"[\s-]+".join(re.escape(word) for word in name.split())
    words = f"(?i:{words})"
    forms = (
        (6, rf"(?i:{BEFORE}){words}(?i:{IS})"),
        (5, rf"(?i:{BEFORE}){words}{DEFINED}"),
        (3, rf"{LISTED}\b{words}(?i:{APPOSITION})"),
        (2, rf"\b{words}(?i:{IS})"),
        (2, rf"\b{words}(?i:{BECAME})"),
        (1, rf"{FULL_NAME}(?=[A-ZÀ-ÖØ-Þ]){words}\b"),
    )
    grade = next((grade for grade, form in forms if re.search(form, sentence)), 0)
    headed = set(extract_terms(heading)) == set(extract_terms(name)) != set()
    return max(grade, 4) if headed else grade


def is_name(words: str, sentences: Iterable[str]) -> bool:
    """Whether each of ``words`` has a capital letter wherever a sentence has it: "who is president" asks for a name."""
    text = "\n".join(sentences)
    # In "posts/ada-thorne" it is a part of an address, which has no capital letters.
    return all(
        all(
            found[0][0].isupper()
            for found in re.finditer(rf"(?<![\w/-]){re.escape(word)}(?![\w/-])", text, re.IGNORECASE)
        )
        for word in words.split()
    )


def without_title(name: str) -> str:
    """The name without "Mrs", "President" and the like before it, which a document may leave out."""
    return TITLES.sub("", name) or name


def is_called(name: str, sentence: str) -> bool:
    """Whether a sentence calls somebody by the last part of ``name`` alone: "Tokayev", but not "Aigul Tokayeva"."""
    *given, last = name.split()
    before = {
        found[1] for found in re.finditer(rf"(?:\b([A-ZÀ-ÖØ-Þ][\w'’-]*)\s+)?(?<!\w){re.escape(last)}(?!\w)", sentence)
    }
    return bool(before) and before <= {None, *given}
