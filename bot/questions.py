"""Which texts are commands to the bot instead of questions: "write a poem", "ignore your rules"."""

from __future__ import annotations

import re
import unicodedata

from bot.types import Question
from retrieval.text.patterns import late_pattern

# What stands before the verb and changes nothing about it.
COURTESY = re.compile(
    r"(?:(?:please|kindly|hey|hi|hello|ok|okay|now|then|and|so|but|also|first|instead|just|dear|bot|pullquote"
    r"|(?:can|could|would|will) you(?: please)?|i (?:want|need|order|command) you to|i(?: would|'d) like you to"
    r"|you (?:must|should|will|can|have to)|let'?s|per favore|per piacere|ciao|ora|adesso|e|puoi"
    r"|potresti)\b[\s,:;!.-]*)+"
)
# What people have a machine make. A list, a summary or a quote is none of them: those ask for what the document says.
FUN = (
    r"(?:poems?|haikus?|limericks?|sonnets?|rhymes?|ballads?|songs?|raps?|jokes?|puns?|riddles?|stor(?:y|ies)|tales?"
    r"|memes?|fun facts?|compliments?|insults?|something (?:funny|nice|else|scary|creative))"
)
WORK = (
    r"(?:lyrics|jingles?|fables?|novels?|fanfics?|screenplays?|scripts?|dialogues?|essays?|blog posts?|blogs?|tweets?"
    r"|e-?mails?|letters?|speech(?:es)?|slogans?|captions?|recipes?|programs?|functions?|code|app|website|images?"
    r"|pictures?|drawings?|emojis?|quiz(?:zes)?|games?|password)"
)
# "a short funny poem", but not "an example of a poem".
ADJECTIVES = r"(?:(?!(?:of|from|in|on|by|about|that|which)\b)[\w'-]+ ){0,3}?"
FOR_US = r"(?: me| us| out)?"
INDEFINITE = r"(?:a|an|another|some|one more|two|three|five|ten|\d+) "
RULES = (
    r"(?:instructions?|rules?|prompts?|guidelines?|restrictions?|directives?|polic(?:y|ies)|programming|training|limits?"
    r"|constraints?|safety|filters?|everything|anything|all (?:of )?(?:this|that|the above)|what you were told"
    r"|what i said|the (?:above|documents?|sources?|articles?|texts?|context))"
)

# Each line is one kind of command; all are read at the beginning of a sentence, after courtesies.
COMMANDS = tuple(
    late_pattern(kind + r"(?!\w)")
    for kind in (
        # To make a text, a picture, a program.
        rf"(?:write|compose|draft|generate|create|invent|design|code){FOR_US} {INDEFINITE}{ADJECTIVES}(?:{FUN}|{WORK})",
        rf"(?:tell|give|make|sing|read|send|show){FOR_US} (?:a|an|another|one more) {ADJECTIVES}{FUN}",
        rf"(?:tell|say){FOR_US} something (?:funny|nice|else|scary|creative)",
        rf"(?:write|compose|generate|create){FOR_US} (?:\w+ )?(?:poems|poetry|lyrics|code|jokes|stories|songs|rhymes)",
        rf"(?:write|compose|draft|rap|sing|joke|rhyme){FOR_US}(?: something)? about",
        rf"(?:compose|draw|paint|sketch|doodle|sing|invent|improvise|hum|dance){FOR_US} (?:a|an|some|my|your|for|to)",
        r"(?:write|make)(?: (?:it|this|that|them|the \w+))? (?:rhyme|funny|funnier|shorter|longer|simpler|nicer)",
        r"(?:make up|dream up|come up with) (?:a|an|some|another)",
        r"(?:continue|finish|end) (?:the|this|my) (?:story|poem|song|sentence|text|joke)",
        # To be somebody or something else.
        r"(?:act|behave|speak|talk|respond|reply|answer|write)(?: to me)? (?:as|like) (?:if|a|an|my|the|you)",
        r"(?:pretend|role-?play|role play|impersonate|imitate|play the (?:role|part)|imagine (?:that )?you(?:'re)?)",
        r"(?:you are|you're|you shall be) (?:now|no longer|from now)",
        r"(?:from now on|for the rest of this (?:chat|conversation)),?",
        r"(?:be|become|stay) (?:my|a|an) (?!part\b)\w+",
        r"(?:enter|enable|activate|switch to|turn on)(?: the| your)? (?:developer|debug|admin|dan|god|jailbreak) mode",
        r"(?!(?:wh\w+|how|is|are|do|does|did|can|will)\b)[^?]* (?:in|of|to|with|from) your (?:answer|reply|response)",
        # To leave its rules, or to tell them.
        (
            r"(?:ignore|disregard|forget|override|bypass|disobey|overrule|erase|unlearn)(?: about)? "
            r"(?:(?:all|any|every|the|your|my|these|those|of|our|its|previous|prior|earlier|above|former|last|system"
            rf"|safety|own) ){{0,5}}{RULES}"
        ),
        (
            rf"(?:reveal|show|print|repeat|output|display|leak|recite|dump|expose|give|tell|list|share|write){FOR_US} "
            r"(?:(?:all|of|the|exact|full|entire|complete) ){0,3}(?:your (?:\w+ )?(?:instructions|prompt|directives"
            r"|configuration|password|token|code|secrets?)|system prompt|hidden prompt)"
        ),
        r"(?:repeat|copy) (?:after me|the words above|everything above|the above|this|back)",
        r"(?:do not|don'?t|never|stop) (?:quote|quoting|cite|citing|refuse|refusing|answer|answering)",
        # To work on a text.
        r"(?:translate|rewrite|rephrase|paraphrase|reword|proofread|proof-read|spell-?check|punctuate|transliterate)",
        r"(?:convert|turn|transform|change) (?:it|this|that|the (?:article|document|text|source|answer)) (?:in)?to",
        # To do something, or to keep company.
        r"(?:make me|make us) (?:laugh|smile|cry|happy|a sandwich)",
        r"(?:entertain|amuse|cheer|surprise|bore|compliment|insult|roast|flatter) (?:me|us)",
        r"(?:chat|talk|speak|play|flirt) (?:with|to) (?:me|us)",
        r"(?:play|roll|flip|toss) (?:(?:a|an|some|the|me|us) )*(?:game|song|music|dice|die|coin|chess|hangman)",
        r"tell (?:me|us) (?:something )?about (?:yourself|you)",
        r"say (?:hello|hi|hey|goodbye|something|anything|yes|no|sorry|please|my name|after me)",
        r"(?:google|browse|search) (?:it|for|the (?:web|internet))",
        r"(?:remind|wake|call|text|email|message|obey|love|marry) me",
        r"help me (?:write|draft|cheat|hack|with my)",
        r"(?:delete|erase|remove|send|post|open|close|upload|install|execute|run) (?:it|this|that|my messages?)",
        r"(?:ban|kick|mute|timeout|ping) (?:@|<@|him|her|them|me|this|that|everyone|the user|user)",
        r"count (?:to|from|down)",
        r"(?:solve|calculate|compute) (?:\d|this|the (?:equation|integral|square|root))",
        r"(?:shut up|go away|be quiet|stop it|be silent)",
        # In Italian.
        (
            r"(?:scrivi|scrivimi|componi|inventa|crea|genera|fammi|dimmi|raccontami|racconta|cantami|canta|disegna"
            r"|disegnami) (?:un|una|uno|un'|delle|dei|qualche) ?(?:\w+ )?(?:poesi\w+|barzellett\w+|stori\w+|canzon\w+"
            r"|filastrocc\w+|favol\w+|raccont\w+|battut\w+|indovinell\w+|tema|saggio|letter\w+|disegn\w+|haiku|rap)"
        ),
        (
            r"(?:ignora|dimentica|scorda|trascura) (?:(?:tutte|tutto|le|la|il|i|gli|tue|tuoi|ogni|queste|precedenti) )"
            r"{0,4}(?:istruzion\w+|regol\w+|prompt|precedent\w+|limit\w+|document\w+)"
        ),
        r"(?:traduci|traducimi|riscrivi|parafrasa|riformula|correggi)",
        r"(?:fai finta|fa' finta|fingi|immagina|comportati|agisci) (?:come|di|da|che)",
        r"(?:parla|rispondi|scrivi) come",
        r"(?:fammi ridere|fammi compagnia|stai zitto|sta' zitto|vai via)",
    )
)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
# No command begins so, and most questions do: for them none of the commands is compiled.
QUESTION_WORD = re.compile(r"wh|how")


def is_command(text: str) -> bool:
    """Whether ``text`` tells the bot to do something other than say what the documents say.

    Only what is surely a command counts: it begins with a verb of making, acting or obeying that is aimed at the bot.
    "Name the ministers", "Describe the attack" and "Summarise what happened" ask for what the documents say. A text
    with a question in it is a question, whatever stands beside it.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    found = False
    for match in SENTENCE.finditer(folded):
        sentence = " ".join(match[0].split()).lstrip("\"'“”‘’«»([*_-–—#> ")
        sentence = sentence[courtesy.end() :] if (courtesy := COURTESY.match(sentence)) else sentence
        if not QUESTION_WORD.match(sentence) and any(command.match(sentence) for command in COMMANDS):
            found = True
        elif sentence.endswith("?"):
            return False
    return found


def is_new(sentence: str, question: Question) -> bool:
    """Whether a sentence was not heard yet."""
    return not any(" ".join(sentence.split()) in answer for answer in question.heard)
