"""Words in place of others: which change what a sentence says, and which do not.

Each operation has both: a number that is edited may be the same in words, and a new auxiliary as weak as the old one.
"""

from __future__ import annotations

import random
import re
from functools import cache

from bot.extractive.selection.antonyms import PAIRS
from bot.training.alterations import SIBLINGS_OF
from bot.training.entailment.rule_words import MISTAKEN_UNITS, SAME_UNITS, SHORT_ORDINALS, SYNONYMS, table

AUXILIARIES = "is|was|are|were|has|have|had|can|could|will|would|should|did|does|do"
BIG = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|(?:a )?hundred|thousand|million"
    r"|billion)"
)
NO_NOT = r"(?!.*\b(?:not|no|never|nor|neither|none|nothing|without|only|few|little|hardly|rarely)\b)(?!.*n't)"
NOUNS = (
    "evidence|effect|impact|support|interest|information|difference|success|resistance|influence|change|progress|hope"
)
NO_FEW = r"(?<![Aa] )(?<!the )(?<!last )(?<!past )(?<!next )(?<!first )"
CHANGED = "increased|rose|grew|fell|dropped|decreased|declined|reduced|risen|fallen|cut|raised|climbed"
# No word before by which what follows was done to the subject.
ACTIVE = r"(?<!was )(?<!were )(?<!been )(?<!be )(?<!is )(?<!are )"
# Kind, what is looked for, what takes its place. Of several matches one is drawn.
Substitution = tuple[str, str, str]
FALSE: tuple[Substitution, ...] = (
    ("negation added", rf"\A{NO_NOT}(.*?)\b({AUXILIARIES})\b(?! also\b)", r"\1\2 not"),
    ("negation added", rf"\A{NO_NOT}(.*?)\b(may|might|must)\b", r"\1\2 not"),
    ("negation removed", rf"\b({AUXILIARIES}|may|might|must) not (?!only|all|every|just|necessarily)", r"\1 "),
    ("negation removed", r"\b(is|was|are|were|has|have|had|could|would|should|did|does|do)n't (?!only|all)", r"\1 "),
    ("negation removed", r"\bcannot\b(?! only)", "can"),
    ("negation removed", r"\bnever\b", "always"),
    ("negation removed", r"\bno longer\b", "still"),
    ("negation removed", r"\bwithout\b", "with"),
    ("negation removed", r"\b(there (?:is|was|are|were)) no\b", r"\1"),
    ("few", rf"\b(?:[Vv]ery )?(?:little|no|hardly any|scant|insufficient|no clear) ({NOUNS})\b", r"clear \1"),
    ("few", rf"{NO_FEW}\b(?:very )?few (?=[a-z]+s\b)", "many "),
    ("few", r"\blittle is known\b", "much is known"),
    ("few", r"\b(?:rarely|seldom|hardly ever)\b", "often"),
    ("few", r"\b(?:hardly|barely|scarcely) (?!any|ever|more)", ""),
    ("not all", r"\b([Nn])ot (?:all|every(?:one)? of)(?: of)? (the|these|those|its|their)\b", r"\1one of \2"),
    ("not all", r"\bNot all\b", "All"),
    ("not all", r"(?<!but )\bnot (all|always|every|necessarily|everyone|entirely)\b", r"\1"),
    ("exception", r"\b(?:except(?: for| in| on| at)?|with the exception of|apart from|other than) (?!that\b)",
     "including "),
    ("exception", r",? (?:except|with the exception of|excluding|apart from)\b[^,.;]*", ""),
    ("possible", r"\b(?:may|might|could) (not )?have been\b", r"was \1"),
    ("possible", r"\b(?:may|might|could) (not )?be\b", r"will certainly \1be"),
    ("possible", r"\b(?:may|might|could) (not )?(?!have|not)(?=[a-z]+\b)", r"will \1"),
    ("possible", r"(?<!more )(?<!most )(?<!less )\b(?:probably|possibly|perhaps|likely) (?!to\b|than\b)", ""),
    ("quantity", r"\b[Ss]ome (?=(?:of|[a-z]+s)\b)", "all "),
    ("quantity", r"(?<!so )(?<!as )(?<!ow )(?<!too )(?<!the )(?<!great )\b[Mm]any (?=(?:of|[a-z]+s)\b)", "all "),
    ("quantity", r"\b[Ss]everal (?=(?:of|[a-z]+s)\b)", "all "),
    ("quantity", r"\bMost (?=(?:of|[a-z]+s)\b)|(?<!the )(?<!its )\bmost (?=of the [a-z]+s\b)", "all "),
    ("quantity", r"(?<!more )(?<!most )(?<!less )\b(?:often|usually|sometimes|generally|typically)\b", "always"),
    ("quantity", r"\b(?:mainly|mostly|largely|primarily|chiefly|predominantly)\b", "exclusively"),
    ("quantity", r"\b(?:partly|partially)\b", "entirely"),
    ("quantity", r"\b(?:rarely|seldom)\b", "never"),
    ("quantity", r"\b(?:almost|nearly) (?=all|every|always|the entire|entirely|completely)", ""),
    ("quantity", r"\b[Hh]alf (?:of )?(?=the [a-z]+s\b)", "all of "),
    ("quantity", r"\b[Pp]arts? of (?=the [a-z]+\b)", "all of "),
    ("ordinal", r"\bfirst (?=[a-z]+\b)(?!of\b)", "second "),
    ("ordinal", r"\bsecond (?=[a-z]+\b)", "first "),
    ("ordinal", r"\bthird (?=[a-z]+\b)", "second "),
    ("ordinal", r"\bthe last (?=[a-z]+\b)", "the first "),
    ("ordinal", r"\bnineteenth\b|\b19th\b", "18th"),
    ("ordinal", r"\btwentieth\b|\b20th\b", "19th"),
    ("bound", r"\b([Aa])t least\b", r"\1t most"),
    ("bound", r"\b([Aa])t most\b", r"\1t least"),
    ("bound", rf"\bup to (?={BIG})", "at least "),
    ("bound", rf"\b([Mm])ore than (?={BIG})", r"less than "),
    ("bound", rf"\b(?:over|above|exceeding) (?={BIG}\b)", "fewer than "),
    ("bound", rf"\b(?:fewer than|less than|under|nearly|almost) (?={BIG}\b)", "more than "),
    ("bound", rf"\b(?:fewer than|less than) (?={BIG}\b)", "exactly "),
    ("bound", rf"\b(?:about|around|approximately|roughly) (?={BIG}\b)", "exactly "),
    ("comparison", r"\bmore (?=[a-z]+ than\b)", "less "),
    ("comparison", r"\bless (?=[a-z]+ than\b)", "more "),
    ("comparison", r"\b(?:larger|bigger|greater) than\b", "smaller than"),
    ("comparison", r"\b(?:smaller|lower) than\b", "greater than"),
    ("comparison", r"\bhigher than\b", "lower than"),
    ("comparison", r"\b(?:older|longer|earlier) than\b", "younger than"),
    ("comparison", r"\bas (?!well|soon|long|far|such|much|many)(\w+) as\b(?! possible)", r"more \1 than"),
    ("by and to", (rf"\b({CHANGED}) from "
                  r"([$£€]?\d[\w.,%]*(?: \w+)?) to ([$£€]?\d[\w.,%]*)"), r"\1 by \3"),
    ("by and to", (rf"\b({CHANGED}) by "
                  r"(?=[$£€]?\d)"), r"\1 to "),
    ("by and to", (rf"\b({CHANGED}) to "
                  r"(?=[$£€]?\d)"), r"\1 by "),
    ("cause", r"\b(is|are|was|were) (?:associated with|linked to|related to|correlated with)\b", r"\1 caused by"),
    ("cause", rf"{ACTIVE}\b(?:led to|resulted in|caused)\b(?! by)", "was caused by"),
    ("cause", r"\b(?:leads to|results in|causes)\b", "is caused by"),
    ("cause", r"\b(?:was|were) (?:caused by|the result of|a result of)\b", "caused"),
    ("cause", r"\b(?:is|are) (?:caused by|the result of|a result of)\b", "causes"),
    ("cause", r"\bbecause of\b|\bdue to\b", "despite"),
    ("cause", r"\b(?:despite|in spite of)\b", "because of"),
    ("cause", r", (?:although|though|even though)\b(?!,)", " because"),
    ("restriction", (r"\b(is|was|are|were|can be|may be) only (?=[a-z]+ed\b|available|found|possible|valid|allowed)"
                    r"([a-z ]+?) (?:in|on|at|for|to|with|by|after|during|between|from|when|if)\b[^,.;]*"),
     r"\1 always \2"),
    ("restriction", r"\b[Oo]nly (?=[a-z]+s\b|members|the)", "not only "),
    ("restriction", rf"\A{NO_NOT}(.*?\b(?:is|was|are|were)) (?=in\b|on\b|at\b|used|found|located)", r"\1 only "),
    ("restriction", r"\b[Ii]n (?:some|certain|many|rare|most|a few) (?:cases|countries|areas|places),? ", ""),
    ("reported", (r"\b(is|was|are|were) (?:said|believed|thought|alleged|reported|rumou?red|supposed|considered|"
                 r"claimed|estimated) to be\b"), r"\1"),
    ("reported", r"\b(?:allegedly|reportedly|supposedly|apparently|arguably|purportedly) ", ""),
    ("reported", (r"\A(?:It (?:is|was|has been) (?:widely |commonly |often |generally )?(?:said|believed|thought|"
                 r"claimed|rumou?red|suggested|argued|speculated) that )"), ""),
    ("time", r"\bwas (.{2,60}?) until\b[^,.;]*", r"is \1 today"),
    ("time", r"\bformer (?=[a-z]+\b)", "current "),
    ("time", r"\bwas (?:formerly|previously|once)\b(?! \w+ed)", "is"),
    ("time", rf"{ACTIVE}\bused to (?=[a-z]+\b)", "still "),
    ("time", r"\bwere (?:formerly|previously|once)\b(?! \w+ed)", "are"),
    ("time", r"\bis (?:currently )?being\b", "has already been"),
    ("time", r"\bare (?:currently )?being\b", "have already been"),
    ("time", r"\bwill be ([a-z]+ed)\b", r"was \1"),
    ("time", r"\b([Bb])efore\b", "after"),
    ("time", r"(?<!here)(?<!named )(?<!shortly )\bafter\b", "before"),
    ("time", r"\bsince (?=\d{4})", "until "),
    ("time", r"\buntil (?=\d{4})", "since "),
    ("extreme", r"\bone of the ([a-z]{3,}est|most [a-z]+) ([a-z]+s)\b", r"the \1 of all \2"),
    ("extreme", r"\ban? (?:very )?(old|small|tall|long|high|deep|rich|young|short|strong)(?= [a-z]+ (?:in|of|for)\b)",
     r"the \1est"),
    ("extreme", r"\ba (?:very )?large(?= [a-z]+ (?:in|of|for)\b)", "the largest"),
    ("extreme", r"\ban? (?:very )?(popular|important|famous|common|powerful|influential|successful)(?= [a-z]+\b)",
     r"the most \1"),
    ("extreme", r"\b(is|was) an? ([a-z]{4,}) (in|of|for)\b", r"\1 the only \2 \3"),
    ("extreme", r"\bthe (?:second|third)[- ]([a-z]{3,}est|most [a-z]+)\b", r"the \1"),
    ("choice", r"\beither (\w+(?: \w+)?) or (\w+(?: \w+)?)", r"both \1 and \2"),
    ("choice", r"\bneither (\w+(?: \w+)?) nor (\w+)", r"both \1 and \2"),
    ("choice", r"\bboth (\w+(?: \w+)?) and (\w+)", r"neither \1 nor \2"),
)  # fmt: skip
TRUE: tuple[Substitution, ...] = (
    ("few", rf"{NO_FEW}(?<!ery )(?<!so )(?<!too )(?<!ely )\bfew (?=[a-z]+s\b)",
     "not many "),
    ("few", rf"(?<!ery )(?<!so )(?<!too )(?<!ely )\blittle ({NOUNS})\b", r"not much \1"),
    ("few", r"\blittle is known\b", "not much is known"),
    ("quantity", r"\bsome (?=[a-z]+s\b)", "a number of "),
    ("quantity", r"(?<!so )(?<!as )(?<!ow )(?<!too )(?<!the )(?<!ly )\bmany (?=[a-z]+s\b)", "a lot of "),
    ("quantity", r"(?<!ot )\b[Aa]ll (?=of the [a-z]+s\b)", "some "),
    ("quantity", r"(?<!ot )\b[Aa]ll (?=the [a-z]+s\b)", "every one of "),
    ("quantity", r"(?<!not )(?<!n\'t )\balways\b", "often"),
    ("quantity", r"(?<!almost )\bnever\b", "not once"),
    ("not all", r"\bNot all ([a-z]+s) are\b", r"Some \1 are not"),
    ("not all", r"\bnot always\b", "not in every case"),
    ("exception", r"\bexcept for\b", "apart from"),
    ("exception", r"\bwith the exception of\b", "except for"),
    ("exception", r"\bapart from\b", "other than"),
    ("possible", r"\b(?:will|is going to) (?=be\b)", "is going to "),
    ("bound", rf"\b[Aa]t least (?={BIG})", "no fewer than "),
    ("bound", rf"\b[Uu]p to (?={BIG})", "at most "),
    ("bound", rf"\b[Aa]t most (?={BIG})", "no more than "),
    ("bound", rf"\b[Mm]ore than (?={BIG})", "over "),
    ("bound", rf"\b(?:over|exceeding) (?={BIG})", "more than "),
    ("bound", rf"\bfewer than (?={BIG})", "less than "),
    ("bound", rf"\bless than (?={BIG})", "under "),
    ("bound", rf"\b(?:about|around|approximately) (?={BIG})", "roughly "),
    ("bound", rf"\b(?:nearly|almost) (?={BIG})", "close to "),
    ("bound", rf"\bexactly (?={BIG})", "precisely "),
    ("comparison", r"\b(larger|bigger) than\b", "greater in size than"),
    ("by and to", r"\b(rose|grew|fell|dropped) from ([$£€]?\d[\w.,%]*(?: \w+)?) to ([$£€]?\d[\w.,%]*)", r"\1 to \3"),
    ("by and to", rf"{ACTIVE}\b(?:increased|rose) by (?=[$£€]?\d)", "went up by "),
    ("by and to", rf"{ACTIVE}\b(?:decreased|fell|declined) by (?=[$£€]?\d)", "went down by "),
    ("by and to", rf"{ACTIVE}\b(?:increased|rose) to (?=[$£€]?\d)", "reached "),
    ("cause", rf"{ACTIVE}\b(?:led to|resulted in|caused)\b(?! by)", "brought about"),
    ("cause", r"\b(?:leads to|results in|causes)\b", "brings about"),
    ("cause", r"\b(was|were|is|are) caused by\b", r"\1 the result of"),
    ("cause", r"\bbecause of\b", "as a result of"),
    ("cause", r"\bdespite\b", "in spite of"),
    ("cause", r", (?:although|though)\b(?!,)", ", even though"),
    ("restriction", r"\b(is|was|are|were) only (?=in\b|on\b|for\b|by\b|to\b|available|used|found|\w+ed\b)",
     r"\1 exclusively "),
    ("reported", r"\b(is|was|are|were) (?:said|alleged|claimed) to be\b", r"\1, it is claimed,"),
    ("reported", r"\bis (?:believed|thought) to\b", "is commonly held to"),
    ("extreme", r"\bone of the ([a-z]{3,}est|most [a-z]+) ([a-z]+s)\b", r"among the \1 \2"),
    ("extreme", r"\bthe most (popular|important|famous|common|powerful|influential)\b", r"a very \1"),
    ("extreme", r"\bthe only (?=[a-z]+ (?:in|of|that|who|to)\b)", "the sole "),
    ("extreme", r"\ban? (?:very|extremely|highly) (?=[a-z]+ [a-z]+)", "a really "),
    ("time", r"\bwas (?:formerly|previously|once)\b", "used to be"),
    ("time", r"\bused to be\b", "was once"),
    ("time", r"\bsince (?=\d{4})", "from the year "),
    ("time", r"\bbefore (?=\d{4})", "prior to "),
    ("time", r"(?<!here)(?<!named )\bafter (?=\d{4}|the\b)", "following "),
    ("choice", r"\beither (\w+) or (\w+)", r"\1 or else \2"),
    ("choice", r"\bboth (\w+) and (\w+)", r"\1 as well as \2"),
    ("planned", r"(?<!had )(?<!has )(?<!have )\b(?:failed|refused) to (?=[a-z]+\b)", "did not "),
    ("planned", r"\b(?:was|were) able to (?=[a-z]+\b)", "could "),
)  # fmt: skip


def substitute(rule: Substitution, text: str, rng: random.Random) -> str | None:
    """The text with one of the matches of a rule replaced; None where there is none."""
    _, pattern, replacement = rule
    found = list(_compiled(pattern).finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    instead = match.expand(replacement)
    if match.start() == 0 and instead:
        instead = instead[0].upper() + instead[1:]
    changed = text[: match.start()] + instead + text[match.end() :]
    return tidied(changed) if changed != text else None


def tidied(text: str) -> str:
    """A sentence with one blank between words, a capital first, and no comma before its end."""
    text = " ".join(text.split()).replace(" ,", ",").replace(" .", ".").replace(",.", ".").strip(" ,")
    return text[:1].upper() + text[1:]


def with_opposite(text: str, rng: random.Random) -> str | None:
    """The text with one word turned into its opposite, or into another deed or role of the same kind."""
    found = [match for match in re.finditer(r"\b[a-z]{3,}\b", text) if match.group() in INSTEAD]
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + rng.choice(INSTEAD[match.group()]) + text[match.end() :]


def with_mistaken_unit(text: str, rng: random.Random) -> str | None:
    """The text with one number counting something else."""
    return _with_unit(text, MISTAKEN, rng)


def with_same_unit(text: str, rng: random.Random) -> str | None:
    """The text with one unit abbreviated, or written out."""
    return _with_unit(text, SAME, rng)


def with_synonyms(text: str, rng: random.Random, most: int = 2) -> str | None:
    """The text with a word or two that mean the same."""
    changed = text
    found = [(one, others) for one, others in INSTEAD_SAME.items() if re.search(rf"\b{one}\b", text)]
    for one, others in rng.sample(found, min(most, len(found))):
        changed = re.sub(rf"\b{one}\b", rng.choice(others), changed, count=1)
    return changed if changed != text else None


def with_short_ordinal(text: str, rng: random.Random) -> str | None:
    """The text with an ordinal in digits."""
    found = [match for match in re.finditer(r"\b[a-z]+\b", text) if match.group() in SHORT_ORDINALS]
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + SHORT_ORDINALS[match.group()] + text[match.end() :]


def _with_unit(text: str, units: dict[str, list[str]], rng: random.Random) -> str | None:
    names = "|".join(re.escape(name) for name in sorted(units, key=len, reverse=True))
    found = list(_compiled(rf"(?:(?<=\d)|(?<=\d )|(?<=ten )|(?<=two )|(?<=hundred ))({names})(?![\w²])").finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    instead = rng.choice(units[match.group(1)])
    blank = " " if instead != "%" and text[match.start() - 1] != " " else ""
    return (text[: match.start()] + blank + instead + text[match.end() :]).replace(" %", "%")


def _instead(pairs: list[tuple[str, str]], *, turned: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
        if turned:
            found.setdefault(other, []).append(one)
    return found


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


MISTAKEN = _instead(table(MISTAKEN_UNITS), turned=True)
SAME = _instead(table(SAME_UNITS), turned=True)
INSTEAD_SAME = _instead(table(SYNONYMS), turned=False)
INSTEAD = _instead([(one, other) for one, other in PAIRS], turned=True)
for _word, _others in SIBLINGS_OF.items():
    INSTEAD.setdefault(_word, []).extend(_others)
