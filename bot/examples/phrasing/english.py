"""English statements and headings as questions."""

from __future__ import annotations

from bot.examples.phrasing.rules import Phrasing, QuestionRule, words

NUMBER = r"(?:[€$£]?\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)"
UNIT = r"(?P<unit>minutes|hours|days|weeks|months|years|working days|business days)"
PLURAL = r"(?P<what>(?:[a-z-]+ )?(?!years|days|hours)[a-z-]{3,}s)\b"
# What was "used" or "called" so, and when, says too little.
VAGUE = (
    r"(?:used|called|named|known|made|based|located|considered|given|taken|involved|reported|found|referred|described"
    r"|done|seen|shown|required|needed|intended|supposed|believed)\b"
)
DONE = rf"(?P<done>(?!{VAGUE})[a-z]+(?:ed|en|lt|ne|wn|de|ld))"
# What a manual tells people to do, at the start of a heading.
DEEDS = (
    "Add|Adjust|Allow|Apply|Ask|Backup|Block|Book|Borrow|Build|Buy|Cancel|Change|Check|Choose|Clean|Close|Configure"
    "|Connect|Contact|Convert|Copy|Create|Delete|Deploy|Disable|Download|Edit|Enable|Export|Find|Fix|Get|Give|Import"
    "|Install|Invite|Join|Keep|Leave|Link|Log|Make|Manage|Measure|Move|Open|Pay|Print|Publish|Register|Remove|Rename"
    "|Renew|Repair|Replace|Report|Request|Reserve|Reset|Restore|Return|Run|Save|Search|Send|Set|Share|Sign|Start|Stop"
    "|Store|Submit|Switch|Test|Transfer|Translate|Turn|Uninstall|Update|Upgrade|Upload|Use|Verify|Write"
)
PERSON = (
    r"(?:[\w-]+ ){0,3}(?:writer|author|poet|singer|actor|actress|politician|president|king|queen|emperor|scientist"
    r"|physicist|chemist|mathematician|philosopher|composer|painter|artist|inventor|engineer|bishop"
    r"|theologian|lawyer|musician|founder|physician|historian|novelist)\b"
)

ENGLISH = Phrasing(
    "en",
    sentences=(
        QuestionRule.of(
            "limit",
            rf"SUBJECT (?P<may>may|can|must) (?P<do>[a-z]+) (?:up to|at most|no more than|at least|a maximum of)"
            rf" {NUMBER} {PLURAL}",
            "How many {what} {may} {subject} {do}?",
        ),
        QuestionRule.of(
            "deadline",
            rf"SUBJECT (?P<may>must|may|can|should|will) be {DONE}\b[^.;]{{0,40}}? within {NUMBER} {UNIT}",
            "Within how many {unit} {may} {subject} be {done}?",
        ),
        QuestionRule.of(
            "length",
            rf"SUBJECT (?P<last>lasts?|takes?) (?:about |up to |at least )?{NUMBER} {UNIT}",
            "How long {does} {subject} {base}?",
        ),
        QuestionRule.of(
            "price", rf"SUBJECT (?P<last>costs?) [^.;]{{0,20}}?{NUMBER}", "How much {does} {subject} {base}?"
        ),
        QuestionRule.of(
            "time",
            r"SUBJECT (?P<last>opens?|closes?|starts?|begins?|ends?) [^.;]{0,40}?\d",
            "When {does} {subject} {base}?",
        ),
        QuestionRule.of("way", r"To (?P<do>(?!be\b|this\b|that\b)[a-z]+ [^,.;:]{3,50}), ", "How do I {do}?"),
        QuestionRule.of(
            "way",
            r"You can (?P<do>(?!be\b|also\b|then\b)[a-z]+ [^,.;:]{3,45}?) (?:with|by|using|at|through|under) ",
            "How can I {do}?",
        ),
        QuestionRule.of(
            "way",
            rf"SUBJECT can (?:only )?be {DONE} (?:with|by|in|at|from|through|using) ",
            "How can {subject} be {done}?",
        ),
        QuestionRule.of("case", r"If (?P<case>you [^,.;:]{5,50}), ", "What should I do if {case}?"),
        QuestionRule.of(
            "date",
            rf"SUBJECT (?P<be>was|were) (?:first )?{DONE}\b[^.;]{{0,60}}?\b(?:in|on) (?:[A-Z][a-z]+ )?\d",
            "When {be} {subject} {done}?",
        ),
        QuestionRule.of(
            "maker", rf"SUBJECT (?P<be>was|were) {DONE} by (?:the )?[A-Z]", "Who {be} {subject} {done} by?"
        ),
        QuestionRule.of(
            "maker",
            r"(?:[A-Z][\w'’-]+ ){1,3}(?P<done>founded|invented|discovered|wrote|built|designed|created|composed"
            r"|painted|opened|won) (?P<what>(?:the|an?) [^,.;:]{3,40})[,.;]",
            "Who {done} {what}?",
        ),
        QuestionRule.of(
            "permission",
            r"SUBJECT (?P<be>is|are) (?:not |always |never )?(?P<state>allowed|permitted|required|free|included"
            r"|forbidden|prohibited|mandatory|optional|refundable|welcome)\b",
            "{Be} {subject} {state}?",
        ),
        QuestionRule.of(
            "reason", r"SUBJECT (?P<be>is|are|was|were) (?P<rest>[^,.;:]{3,40}) because ", "Why {be} {subject} {rest}?"
        ),
        QuestionRule.of(
            "number", rf"SUBJECT (?P<last>has|have) {NUMBER} {PLURAL}", "How many {what} {does} {subject} have?"
        ),
        QuestionRule.of("meaning", r"SUBJECT (?P<last>means|stands for) ", "What does {subject} {base}?"),
        QuestionRule.of(
            "value",
            r"(?P<subject>The (?:purpose|goal|aim|price|cost|fee|limit|deadline|capital|address|password|name|default"
            r"|length|minimum|maximum|main [a-z]+|first [a-z]+)(?: (?:of|for) [\w' -]{3,40}?)) (?P<be>is|are|was) ",
            "What {be} {subject}?",
        ),
        QuestionRule.of(
            "person", rf"SUBJECT (?:\([^)]*\) )?(?P<be>is|was) (?:an?|the) {PERSON}", "Who {be} {subject}?"
        ),
        QuestionRule.of(
            "definition",
            r"SUBJECT (?:\([^)]*\) )?(?P<be>is|are|was|were) (?:an?|the)\b"
            r"(?! (?:first|only|same|most|result|best))",
            "What {be} {subject}?",
        ),
        QuestionRule.of(
            "parts",
            r"SUBJECT (?P<last>contains?|includes?|requires?|needs?|consists? of|covers?|supports?|offers?|provides?"
            r"|protects?|produces?|causes?|measures?|checks?|controls?|stores?|deletes?|shows?|prints?) ",
            "What {does} {subject} {base}?",
        ),
    ),
    headings=(
        QuestionRule.of("way", r"How to (?P<do>.+)", "How do I {do}?"),
        QuestionRule.of("way", rf"(?P<do>(?:{DEEDS}) .+)", "How do I {do}?"),
        QuestionRule.of(
            "listed",
            r"(?P<subject>(?:[A-Z][a-z]+ )?(?:[a-z]+ ){0,2}"
            r"(?:[Hh]ours|[Ff]ees|[Pp]rices|[Rr]ules|[Rr]equirements|[Ll]imits|[Ll]imitations"
            r"|[Bb]enefits|[Ss]teps|[Dd]eadlines|[Cc]osts|[Ee]xceptions|[Pp]ermissions|[Dd]ifferences))\Z",
            "What are the {subject}?",
        ),
        QuestionRule.of(
            "value",
            r"(?P<subject>(?:[A-Z][a-z]+ )(?:[a-z]+ ){0,2}"
            r"(?:policy|procedure|process|limit|deadline|fee|price|schedule))\Z",
            "What is the {subject}?",
        ),
        QuestionRule.of("working", r"(?P<subject>[A-Z][a-z]{3,}ing (?!and\b)[a-z].+)", "How does {subject} work?"),
        QuestionRule.of(
            "topic",
            r"(?P<subject>(?!Our|Your|Introduction|Overview|Contents|Table|See|References|Notes|Appendix|Changelog|FAQ|Summary|Usage"
            r"|Example|Step|Part|Chapter|Section|Other|More|What|Why|When|Which|Who|How|Part|If|License|Misc)"
            r"[A-Z][\w'’-]+(?: [\w'’-]+){0,3})\Z",
            "Tell me about {subject}",
        ),
    ),
    articles=words("the a an each every all our your its some"),
    no_subject=words(
        "it this these those they there he she we you i that which what who whose when where why how if as for in on at"
        " by with from after before while since although because but and or not one some most many another such here"
        " however its his her their then so during under over between both no to other others several only more few"
        " today now once also thus instead yet"
    ),
    no_part=words(
        "which that who whom it they he she is are was were has have had be been can may must will would could should"
        " do does did there but if because while"
    ),
    addressed={
        "to you": "to me",
        "for you": "for me",
        "with you": "with me",
        "help you": "help me",
        "let you": "let me",
        "allow you": "allow me",
        "you are": "I am",
        "you're": "I'm",
        "you've": "I've",
        "you": "I",
        "your": "my",
        "yours": "mine",
        "yourself": "myself",
    },
)
