"""Questions of a few words that the last question finishes: "and where?", "what about the airport?"."""

from __future__ import annotations

import re

from bot.conversation.mentions import AUXILIARY, CAPITAL, Mention, MentionKind, find_mentions, is_stop_word, kind_of

MAX_LAST = 200  # what is longer makes no question that people can read
MAX_OTHER = 6  # words
ADVERB = (
    r"(?:since when|until when|from where|when|where|why|how (?:long|often|far|fast|soon|late|early|well)|how"
    r"|(?:in |on |at )?(?:what|which) (?:year|month|day|date|city|country|town|place)"
    r"|(?:by|with|for|to|from|against|about|of) (?:whom|who|what))"
)
OPENING = rf"(?:who|whom|whose|what|which|how (?:many|much)|{ADVERB})"
PREPOSITION = r"(?P<preposition>in|on|at|during|by|from|to|for|with|without|of|under|after|before)"
YEAR = r"(?:1\d|20)\d\d"
# A pronoun becomes a name first.
NO_PRONOUN = r"(?!.*\b(?:he|him|his|she|her|it|its|they|them|their)\b)"
OTHER = rf"{NO_PRONOUN}(?P<other>(?!(?:{OPENING}|if)\b)(?:(?!\b{AUXILIARY}\b)[^,;?!\n]){{1,60}})"
WAS_THAT = "(?: (?:is|was) (?:that|this)| did (?:that|this|it) happen)?"
ABOUT = "(?:(?:what|how) about )?"
# The last question and the follow-up, each on a line -> the question that is meant. The first that fits is taken.
FORMS = tuple(
    (re.compile(rf"{last}\n(?:(?:and|but|so|then|also|ok|well|e)\b,? )*(?:{question})", re.IGNORECASE), read)
    for last, question, read in (
        # When did it begin? Where was that? -> Where did it begin?
        (rf"(?:{ADVERB} )?(?P<rest>{AUXILIARY} .+)", rf"(?P<opening>{ADVERB}){WAS_THAT}", "{opening} {rest}?"),
        # When did she die? What of? -> What did she die of?
        (
            rf"(?:{ADVERB} )?(?P<rest>{AUXILIARY} .+)",
            rf"(?P<opening>what|who) {PREPOSITION}",
            "{opening} {rest} {preposition}?",
        ),
        # Who resigned in 2019? And why? -> Who resigned in 2019, and why?
        (
            rf"(?P<last>{OPENING} .+?)(?:, and {OPENING})?",
            rf"(?P<opening>{ADVERB}|who){WAS_THAT}",
            "{last}, and {opening}?",
        ),
        # Who came to Rome? Who else? -> Who else came to Rome?
        (rf"(?P<opening>{OPENING}) (?!else)(?P<rest>.+)", r"(?P=opening) else", "{opening} else {rest}?"),
        (r"what (?!else)(?P<rest>.+)", r"anything (?:else|more)", "What else {rest}?"),
        # Who won in 2020? And in 2021? -> Who won in 2021?
        (rf"(?P<before>.+ ){YEAR}(?P<after>.*)", rf"{ABOUT}(?:in |nel )?(?P<year>{YEAR})", "{before}{year}{after}?"),
        (r"(?P<last>.+)", rf"{ABOUT}(?P<year>(?:in )?{YEAR})", "{last} {year}?"),
        # What if I break a key? And if I lose it? -> What if I lose it?
        (r"(?P<before>.+?)(?: if .+)?", rf"{ABOUT}{NO_PRONOUN}(?P<condition>if .+)", "{before} {condition}?"),
        # How many people were killed? And injured? -> How many people were injured?
        (r"(?P<before>.+) \w+(?:ed|en)", r"(?P<other>\w+(?:ed|en))", "{before} {other}?"),
        # Can I bring a guest? How much is it? -> How much is it to bring a guest?
        (
            rf"(?:{ADVERB} )?(?:can|may|must|do) (?:I|we|you|members) (?P<act>.+)",
            r"(?P<asked>how (?:much|long) (?:is|does) it(?: cost| take)?|is it (?:free|allowed|possible|expensive))",
            "{asked} to {act}?",
        ),
        # What happened in Rome in 2019? And in Paris? -> What happened in Paris in 2019?
        (
            rf"(?P<before>.+ {PREPOSITION} )(?-i:(?:{CAPITAL}[\w’'-]+ ?)+)(?P<after>(?: .+)?)",
            rf"{ABOUT}(?P=preposition) (?P<other>(?-i:{CAPITAL}).+)",
            "{before}{other}{after}?",
        ),
        # When does it close on weekends? And on holidays? -> When does it close on holidays?
        (
            rf"(?P<before>.+?) {PREPOSITION}(?: [\w’'-]+){{1,3}}",
            rf"{ABOUT}(?P=preposition) {OTHER}",
            "{before} {preposition} {other}?",
        ),
        # What does it cost? And for students? -> What does it cost for students?
        (r"(?P<last>.+)", rf"{ABOUT}{PREPOSITION} {OTHER}", "{last} {preposition} {other}?"),
    )
)  # fmt: skip
ANOTHER = re.compile(rf"(?:(?:and|but|so|ok),? )*?(?P<start>(?:what|how) about|and|e) {OTHER}", re.IGNORECASE)
MORE = re.compile(
    r"(?:(?:what|anything|something) else|anything more|(?:can you )?tell me more|more|go on)", re.IGNORECASE
)
END = re.compile(r"(?:,? (?:exactly|then|though|please|so|come))*[?!. …]*$", re.IGNORECASE)


def complete(question: str, last: str) -> str | None:
    """The question finished with the words of the last one; None where it has none of the forms, or nothing fits.

    Args:
        question: What was asked, on one line.
        last: The last question as it was read.
    """
    short, last = _within(END.sub("", question)), _within(last.rstrip("?!. "))
    if len(last) > MAX_LAST or len(short) > MAX_LAST:
        return None
    for form, read in FORMS:
        if match := form.fullmatch(f"{last}\n{short}"):
            return read.format_map({name: (part or "") for name, part in match.groupdict().items()})
    if MORE.fullmatch(short):
        topics = [mention for mention in _outermost(last) if mention.is_name or last.startswith("the ", mention.start)]
        return f"Tell me more about {topics[0].text}." if len(topics) == 1 else None
    match = ANOTHER.fullmatch(short)
    return _with_another(match["other"], last, match["start"]) if match else None


def _with_another(other: str, last: str, start: str) -> str | None:
    """What about Rome, after "When was Paris founded": "When was Rome founded"; else "Tell me about Rome"."""
    words = other.split()
    if len(words) > MAX_OTHER or all(is_stop_word(word) for word in words):
        return None
    there = _outermost(last) if re.match(NO_PRONOUN, last, re.IGNORECASE) else []
    new = _outermost(f"about {other}")
    is_name = bool(new) and new[0].is_name
    if is_name:
        there = [mention for mention in there if mention.is_name and mention.start]
    kind = new[0].kind if new else kind_of(words[-1])
    told = new[0].start == len("about ") if new else kind is MentionKind.MANY and len(words) == 1
    if len(there) == 1:
        old = there[0]
        if is_name or (told and kind is old.kind) or re.match("an? ", last[old.start :]):
            return f"{last[: old.start]}{other}{last[old.end :]}?"
    return f"Tell me about {other}." if "about" in start or (told and start == "and") else None


def _within(question: str) -> str:
    """The question as it stands within another: a word of grammar at its beginning in lower case."""
    first = question.split(" ")[0]
    return question[:1].lower() + question[1:] if is_stop_word(first) else question


def _outermost(text: str) -> list[Mention]:
    """The mentions of a text without those inside another: "Bell’s wife", not "Bell"."""
    found: list[Mention] = []
    for mention in find_mentions(text):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return found
