"""Which questions ask about a whole document, or about somebody or something, in English and Italian.

"Who is Tokayev?" asks about a name; "Who is the president of Kazakhstan?" asks for one, and is a plain question. So the
whole question has to have one of the forms below, and what it is about must say no more than a name or a noun does.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from retrieval.text.patterns import late_pattern


class OverviewForm(StrEnum):
    """What kind of overview is asked for."""

    WHOLE = "whole"  # "What is this about?"
    DOCUMENTS = "documents"  # "What documents do you have?"
    TITLED = "titled"  # "What is the rulebook of the club about?"
    SUBJECT = "subject"  # "Tell me about the airport", "Summarise the protests"
    WHO = "who"  # "Who is Tokayev?"
    WHAT = "what"  # "What is the CSTO?"


@dataclass(frozen=True, slots=True)
class OverviewRequest:
    """What an overview is asked of; ``subject`` is empty where that is everything."""

    form: OverviewForm
    subject: str = ""

    @property
    def is_name(self) -> bool:
        """Whether the subject is written as a name: "Ada Thorne", but not "Ada leaving"."""
        return all(word[0].isupper() for word in self.subject.split())


# Whatever is asked about, which says nothing of it: "the whole article", "questo documento". It is read as one sign, so
# that the patterns stay small.
NOUN = (
    r"(?:articles?|documents?|texts?|pages?|files?|books?|papers?|stor(?:y|ies)|reports?|guides?|handbooks?|manuals?"
    r"|rule ?books?|pdfs?|docs?|documentation|posts?|sites?|websites?|wikis?|sources?|contents?"
    r"|articol[oi]|document[oi]|test[oi]|pagin[ae]|libr[oi]|stori[ae]|rapport[oi]|guid[ae]"
    r"|manual[ei]|regolament[oi]|sit[oi]|font[ei]|contenut[oi])"
)
DETERMINER = (
    r"(?:(?:all|both|of|the|this|that|these|those|your|my|our|whole|entire|il|lo|la|i|gli|le|tutto|tutti|tutte|di|del"
    r"|dello|della|dei|degli|delle|questo|questa|questi|queste|tuoi|tue) |l'|dell'|quest')"
)
DOCUMENT = re.compile(rf"(?<!\S){DETERMINER}*{NOUN}(?: here| you have| qui| che hai)?(?!\S)")
SIGN = "§"
# What is surely meant so also without "this": "the page" may be one of a magazine, "the book" one of a library.
TEXTS = r"(?:articles?|documents?|texts?|files?|sources?|docs|pdfs?|document[oi]|font[ei]|test[oi]|articol[oi])"
THIS = rf"(?:this|it|these|all this|all of this|everything|everything here|here|questo|tutto|{SIGN})"
SHORT = (
    r"(?: (?:briefly|shortly|please|for me|in (?:short|brief|a nutshell|other words|one sentence|(?:a )?few words"
    r"|bullet points|\w+ (?:sentences?|words|points?))|in breve|brevemente|per favore|per me|in poche parole"
    r"|in (?:due|tre|poche) (?:parole|frasi|righe)))*"
)
SUMMARY = (
    r"(?:(?:a|an|the|short|brief|quick|concise|general|un|una|il|la|breve) )*(?:summary|overview|synopsis|recap|tl;?dr"
    r"|gist|riassunto|sintesi|panoramica)"
)
IS, ARE = r"(?: is|'s|s| was)", r"(?: is|'s|s| was| are| were)"
WHAT_IT = r"(?:che cosa|cosa|che)"
# What may stand before a question; none of the forms begins with such words.
COURTESIES = re.compile(
    r"(?:(?:please|can you|could you|would you|will you|now|ok|okay|so|and|puoi|potresti|per favore|allora) )*"
)
X = r"(?P<subject>.+)"

# The first that fits counts.
PATTERNS = {
    OverviewForm.DOCUMENTS: (
        (
            rf"(?:what|which) (?:other )?{SIGN} (?:do (?:you|i|we) (?:have|know|use|hold|answer from|cover)"
            r"|are (?:there|here|available|indexed|loaded|in (?:here|(?:the|your) library))"
            r"|have (?:you|i|we) (?:got|read|indexed|added)"
            r"|did (?:you|i|we) (?:read|index|add)|can (?:i|you|we) (?:ask(?: about)?|answer from|search))"
        ),
        (
            rf"(?:list|show|name|tell)(?: me| us)?(?: all)?(?: of)?(?: the| your| my)? {TEXTS}"
            r"(?: you have| there are| here)?"
        ),
        rf"what are your {TEXTS}|what{IS} in (?:the|your) library",
        r"what do you (?:know|have)(?: here)?|what topics (?:do you (?:know|cover|have)|are there|can i ask about)",
        r"what (?:can|could) (?:i|we) ask (?:you )?about",
        rf"(?:che|quali) {SIGN} (?:hai|ci sono|conosci|usi|avete|hai letto|sono disponibili)",
        rf"(?:elenca|mostra|mostrami|elencami)(?: tutti)?(?: i| le| gli| i tuoi)? {TEXTS}",
        rf"{WHAT_IT} (?:sai|conosci|hai qui)",
    ),
    OverviewForm.WHOLE: (
        rf"what{ARE}? {THIS}(?: all)? about{SHORT}",
        rf"what (?:does|do) (?:this|everything|{SIGN}) (?:talk about|deal with|cover|contain|describe|say){SHORT}",
        rf"what{ARE} (?:this|these)(?: {TEXTS})?|what{IS} in (?:here|this|it|{SIGN})",
        (
            r"what(?: is|'s|s| are) the (?:(?:main|general|central|overall|key) )*(?:topics?|subjects?|themes?|gist"
            rf"|ideas?|takeaways?|message)(?: (?:of|in|from) {THIS}| {SIGN})?{SHORT}"
        ),
        (
            r"what(?: is|'s|s| are) the (?:main|key|central|most important) (?:points?|facts?|things?)"
            rf"(?: (?:of|in|from) {THIS}| {SIGN})?"
        ),
        rf"(?:summari[sz]e|sum up|recap|riassumi|riassumimi|sintetizza|riassumere)(?: {THIS})?{SHORT}",
        rf"sum (?:it|this|that) (?:all )?up{SHORT}",
        (
            r"(?:(?:give|write|make|show|tell|provide|do|i want|i need|i'd like|fammi|fai|dammi|fare|scrivi|vorrei)"
            rf"(?: me| us)? )?{SUMMARY}(?: (?:of|about|on|for|di) {THIS}| {SIGN})?{SHORT}"
        ),
        rf"tell (?:me|us) (?:more )?about (?:this|(?:the|this|these|your) {TEXTS}){SHORT}",
        rf"explain (?:the|this|these) {TEXTS}{SHORT}",
        rf"parlami {SIGN}{SHORT}",
        rf"tell (?:me|us) what {THIS} (?:is|are) about{SHORT}",
        rf"di {WHAT_IT} (?:parla|parlano|tratta|trattano|si tratta|si parla)(?: qui)?(?: {THIS})?{SHORT}",
        rf"{WHAT_IT} (?:dice|dicono|contiene|contengono) {SIGN}{SHORT}",
        rf"(?:cos'è|che cos'è|cosa sono) (?:quest[oaei]|{SIGN})",
        rf"(?:qual è|quali sono) (?:l'argomento|il tema|gli argomenti|i temi)(?: {SIGN})?",
    ),
    OverviewForm.TITLED: (rf"what{ARE} {X} (?:all )?about", rf"di {WHAT_IT} (?:parla|tratta) {X}"),
    OverviewForm.SUBJECT: (
        rf"(?:summari[sz]e|sum up|riassumi|sintetizza) {X}",
        rf"(?:(?:give|write|make|show|provide)(?: me| us)? )?{SUMMARY} (?:of|about|on) {X}",
        (
            r"tell (?:me|us) (?:(?:something|more|everything|all|a bit|a little|a bit more|a little more|what you know)"
            rf"(?: you know| there is)? )?about {X}"
        ),
        rf"what (?:do|can) you (?:know|tell (?:me|us)|say) about {X}",
        rf"(?:(?:give|show)(?: me| us)? )?(?:(?:some|any|more|all) )?(?:info|information|details) (?:on|about) {X}",
        (
            rf"(?:parlami|raccontami|dimmi|dimmi qualcosa|dimmi tutto|dimmi di più|{WHAT_IT} sai|{WHAT_IT} puoi dirmi"
            rf"|che mi dici) (?:(?:di|su|del|dello|della|dei|degli|delle|sul|sullo|sulla|sui|sugli|sulle) |dell'|sull')"
            rf"{X}"
        ),
    ),
    OverviewForm.WHO: (rf"(?:who{ARE}|chi (?:è|e'|era|sono|erano|fu)) {X}",),
    OverviewForm.WHAT: (rf"(?:what{IS}|cos'è|cosa è|che cos'è|che cosa è|cos'era) {X}",),
}
# A text that begins so fits no form but those whose pattern begins with the same word, one of two words at most: for
# most questions few of the patterns are compiled.
QUESTION_WORD = re.compile(r"what|which|who|how|when|where|why")
FORMS = [
    (form, pattern[: len("(?:what|which)")], late_pattern(pattern))
    for form, patterns in PATTERNS.items()
    for pattern in patterns
]
ARTICLE = re.compile(r"\A(?:(?:the|a|an|il|lo|la|i|gli|le|un|uno|una)\s+|l'|un')", re.IGNORECASE)
# What a pronoun means, the conversation has to say.
PRONOUN = late_pattern(
    r"(?:he|him|his|she|her|it|its|they|them|their|this|that|these|those|there|you|your|yourself|me|my|us|we|i|one|who"
    r"|what|lui|lei|loro|esso|essa|questo|questa|quello|quella|te|noi|voi)\b",
    re.IGNORECASE,
)
# Whatever has one of these says more than a name does.
MORE_THAN_NAME = late_pattern(
    r"\b(?:a|an|the|of|in|on|at|by|for|from|to|with|about|under|over|after|before|during|between|into|than|as|like|that"
    r"|which|who|whom|whose|when|where|why|how|if|and|or|not|is|are|was|were|be|do|does|did|has|have|had|can|will|would"
    r"|should|may|mean|means|called|best|worst|new|next|last|first|il|lo|la|gli|le|di|del|dello|della|dei|degli|delle"
    r"|dell|da|per|con|che|chi|e|o)\b|'s\b|'(?=\s)|[,;:?!()\d]",
    re.IGNORECASE,
)
# "The attack on the airport" is a noun still, "what happened at the airport" a question.
CLAUSE = late_pattern(
    r"\b(?:who|whom|whose|which|what|when|where|why|how|whether|if|is|are|was|were|do|does|did|has|have|had|can|will"
    r"|would|should|che|chi|quando|dove|perché|come|quanto|se|è|sono)\b|[;:?!]",
    re.IGNORECASE,
)
MOST_WORDS, MOST_WORDS_OF_NAME = 8, 4
ENDS = " \t\n.?!…\"'“”‘«»,;:-"


def read_request(text: str) -> OverviewRequest | None:
    """The overview that ``text`` asks for; None for a plain question.

    Args:
        text: A question that leans on no other.
    """
    words = " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split()).strip(ENDS)
    folded = words.casefold()
    if len(folded) != len(words):  # a place in one would not be the same in the other
        return None
    asked = COURTESIES.sub("", folded, count=1)
    words, folded = words[len(folded) - len(asked) :], asked
    signed = DOCUMENT.sub(SIGN, folded)
    word = found[0] if (found := QUESTION_WORD.match(folded)) else ""
    for form, beginning, pattern in FORMS:
        if word not in beginning:
            continue
        if "subject" not in pattern.groupindex:
            if pattern.fullmatch(signed) or pattern.fullmatch(folded):
                return OverviewRequest(form)
        elif found := pattern.fullmatch(folded):
            said = words[found.start("subject") : found.end("subject")].strip(ENDS)
            subject = ARTICLE.sub("", said, count=1)
            if _fits(form, subject, has_article=subject != said):
                return OverviewRequest(form, subject)
    return None


def asks_for_whole(text: str) -> bool:
    """Whether ``text`` asks about everything, not about something in it."""
    request = read_request(text)
    return request is not None and not request.subject


def _fits(form: OverviewForm, subject: str, *, has_article: bool) -> bool:
    """Whether a subject is the name of something, and no more."""
    if not subject or PRONOUN.match(subject):
        return False
    words = subject.split()
    if form in (OverviewForm.WHO, OverviewForm.WHAT):
        # "What is the quorum?" asks for a number, "What is the CSTO?" about a name.
        capitals = all(word[0].isupper() for word in words)
        return len(words) <= MOST_WORDS_OF_NAME and not MORE_THAN_NAME.search(subject) and (capitals or not has_article)
    return len(words) <= MOST_WORDS and not CLAUSE.search(subject)
