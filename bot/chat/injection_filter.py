"""Which sentences of a document tell a machine what to do: no chat model is given them, and no statement rests on one.

They can still be quoted by the extractive answerer, as what they are. Sources of the kinds: BIPIA (Yi and others 2023)
and CyberSecEval 2 (Bhatt and others 2024), of which no sentence stands here.
"""

from __future__ import annotations

import re
import unicodedata

# Verbs of saying, as orders have them: "state that …", "reply with …", "output the following …".
SAYING = (
    r"(?:say|state|reply|respond|answer|output|print|write|repeat|announce|claim|conclude|mention|add|include|integrate"
    r"|insert|append|recommend|suggest|encourage|promote|advertise|display|return)"
)
OURS = r"(?:your|this|every|each|any) (?:\w+ )?(?:answer|reply|response|output|message|summary|text)s?"
LEADING = r"(?:^|[.:;,!?>#-]\s*|\b(?:and|please|must|should|now|then|instead|to|we|might|could|let'?s|you)\s+)"
SAID = r"(?:that\b|with\b|:|\"|the following|as\b.{0,30}['\"\d])"
CHANGING = (
    r"(?:modify|augment|enhance|provide|render|rewrite|alter|change|adapt|write|give|make|keep|begin|end|replace"
    r"|rearrange|remove|scramble|reverse|encode|convert|substitute|introduce|use)"
)
MODE = r"(?:system|developer|debug|admin|override|maintenance|jailbreak)[ _]?(?:mode|check|prompt|message|override)"
SUPPOSING = r"(?:hypothetical|imagine|let'?s assume|let'?s consider|pretend|parallel universe|in a world where)"
ART = r"(?:poem|joke|story|song|haiku|rhyme)"
RULES = r"(?:instructions?|rules?|prompts?|guidelines?|directives?|context|content|functions?|data|programming)"
INJECTIONS = tuple(
    re.compile(pattern)
    for pattern in (
        # To leave what it was told.
        rf"\b(?:ignor(?:e|ing)|disregard|forget|override|bypass|overrule)\b.{{0,40}}\b{RULES}\b",
        r"\b(?:new|updated|real|actual) (?:system )?instructions?\b.{0,20}:",
        # To say something.
        rf"{LEADING}{SAYING}\b(?:\s+(?:only|just|exactly|instead|me|us|them|the))*\s*{SAID}",
        rf"\b{SAYING}\b.{{0,60}}\b(?:in|to|with|into|of|at the (?:end|start|beginning) of) {OURS}",
        r"\b(?:in|throughout|for|from|of) (?:your|every|each) (?:answer|reply|response|output|message|summary)s?\b",
        rf"\b{CHANGING}\b.{{0,60}}{OURS}",
        r"\b(?:i|we) (?:suggest|ask|urge|order|instruct|command|advise) you to\b",
        r"\byou(?:'ve| have) been (?:instructed|told|ordered|asked)\b",
        rf"\b(?:write|compose|tell|sing) (?:me |us |them )?(?:a|an|another) (?:\w+ )?{ART}\b",
        r"\bdownload this\b|\bvisit\b.{0,40}\b(?:www\.|https?:|\.com|\.xyz|\.org)",
        # To be in another state, or to believe that it is.
        rf"\b{MODE}\b",
        r"\b(?:as|being) an? (?:ai|language model|assistant|chatbot|large language model)\b",
        rf"\b{SUPPOSING}\b.{{0,120}}\b(?:{SAYING}|is|are|be)\b",
        # In other languages.
        r"\b(?:ignorez|oubliez|ignora|ignorate|dimentica|olvida|olvide|ignorar?|esqueça|vergiss|ignorier\w*|negeer)\b",
        "忽略|无视|無視|忘记|忘れ|игнорируй|забудь|تجاهل",
    )
)


def is_injection(sentence: str) -> bool:
    """Whether the sentence speaks to a machine rather than to a reader.

    Rather too often than too seldom: the price of a mistake is that a chat model does not see one sentence.
    """
    folded = " ".join(unicodedata.normalize("NFKC", sentence).casefold().replace("’", "'").split())
    return any(pattern.search(folded) for pattern in INJECTIONS)
