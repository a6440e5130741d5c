"""The text of a mail -> what its sender wrote, and what is quoted of others; signatures are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.loaders.composer import PARAGRAPH_END, clean_paragraphs, one_line
from retrieval.types import LINE_END

QUOTE_MARK = ">"
QUOTED = re.compile(r"(?:[ \t]?>)+[ \t]?")
# A line that begins a quotation: "On 12 May 2021, Anna wrote:". It may go on in the next line.
ATTRIBUTION = re.compile(r"\S[^\n]{0,300}[:：]\Z")
WHO_AND_WHEN = re.compile(r"\A-{2,}\s.*\d|\d.*@", re.DOTALL)
MAX_ATTRIBUTION_LINES = 3
SIGNATURE = re.compile(r"--[ \t]*\Z")
LIST_FOOTER = re.compile(r"_{30,}\Z")
SENT_FROM = re.compile(
    r"(?:Sent from|Get Outlook for|Von meinem|Gesendet von|Inviato da|Envoyé de|Enviado desde|Enviado do)\b.{0,60}\Z"
)
# Below one of these everything is an earlier mail, without marks at its lines.
EARLIER = re.compile(
    r"-{2,}\s*(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Weitergeleitete Nachricht"
    r"|Messaggio originale|Messaggio inoltrato|Message d'origine|Message transféré|Mensaje original"
    r"|Mensaje reenviado)\s*-{2,}\Z|Begin forwarded message:\Z",
    re.IGNORECASE,
)
# The head of an earlier mail as Outlook writes it: who, when, to whom and about what, in any language.
OUTLOOK_HEAD = re.compile(r"\*?(?:From|Von|Da|De|Van|Från|Fra):\*?\s")
HEAD_LINE = re.compile(r"\*?[^\W\d_][\w ]{1,20}:\*?(?:\s|\Z)")
HEAD_LINES, HEAD_REACH = 3, 6
PGP_BLOCK = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[^\n]+\n)*\n?|-----BEGIN PGP (?P<kind>SIGNATURE|PUBLIC KEY BLOCK)-----"
    r".*?(?:-----END PGP (?P=kind)-----|\Z)",
    re.DOTALL,
)
# What an archive of a mailing list puts in place of the files of a mail.
SCRUBBED = re.compile(
    r"^-{10,} next part -{10,}\n(?:An? [\w-]{1,20} attachment was scrubbed\.\.\.\n(?:[A-Z]\w{1,10}: [^\n]*\n?)*)?",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class MailPart:
    """A part of a mail's text: the sender's own words, or a quotation with the line that says whose it is."""

    text: str
    is_quoted: bool = False
    attribution: str = ""


def mail_parts(text: str, *, is_flowed: bool = False, joins_words: bool = False) -> list[MailPart]:
    """The parts of a plain text in order.

    Source of the method: RFC 3676, for the marks of quotations and signatures, and for lines that flow.

    Args:
        text: The text of a mail.
        is_flowed: Whether a line that ends with a blank goes on in the next one.
        joins_words: Whether that blank is none of the text.
    """
    kept = SCRUBBED.sub("", PGP_BLOCK.sub("", "\n".join(LINE_END.split(text))))
    lines = [line.rstrip("\n") for line in LINE_END.split(kept)]
    runs = list(_runs(_flowed(lines, joins_words=joins_words) if is_flowed else lines))
    parts: list[MailPart] = []
    for is_quoted, run in runs:
        words = clean_paragraphs("\n".join(run))
        if not is_quoted:
            parts += _own_parts(run)
        elif words:
            attribution = ""
            if parts and not parts[-1].is_quoted:
                before, attribution = _without_attribution(parts[-1].text)
                parts[-1] = MailPart(before)
            parts.append(MailPart(words, True, attribution))
    return [part for part in parts if part.text]


def _runs(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Lines that are quoted and lines that are not, in turns, without the marks; what deeper quotes hold counts too."""
    run: list[str] = []
    quoted = False
    for line in lines:
        mark = QUOTED.match(line)
        if run and bool(mark) != quoted and (mark or line.strip()):
            yield quoted, run
            run = []
        quoted = bool(mark) if mark or line.strip() else quoted
        run.append(line[mark.end() :] if mark else line)
    if run:
        yield quoted, run


def _own_parts(lines: list[str]) -> Iterator[MailPart]:
    """What the sender wrote, up to a signature, and what stands below the head of an earlier mail."""
    for number, line in enumerate(lines):
        words = line.strip()
        if EARLIER.match(words) or _is_outlook_head(lines[number : number + HEAD_REACH]):
            own, earlier = _own(lines[:number]), lines[number + bool(EARLIER.match(words)) :]
            before, attribution = _without_attribution(own)
            if not is_attribution(attribution):
                before, attribution = own, ""
            yield MailPart(before)
            yield MailPart(clean_paragraphs("\n".join(earlier)), True, attribution)
            return
    yield MailPart(_own(lines))


def _own(lines: list[str]) -> str:
    kept: list[str] = []
    for line in lines:
        if SIGNATURE.match(line) or LIST_FOOTER.match(line.strip()):
            break
        if not SENT_FROM.match(line.strip()):
            kept.append(line)
    # Below a signature, the line that begins a quotation is still of use.
    last = [line for line in lines[len(kept) :] if line.strip()][-1:]
    attribution = last if last and ATTRIBUTION.match(last[0].strip()) else []
    return clean_paragraphs("\n".join([*kept, "", *attribution]))


def begins_earlier_mail(text: str) -> bool:
    """Whether a paragraph is the head of an earlier mail, below which all is quoted."""
    lines = [line.strip() for line in text.split("\n")]
    return bool(EARLIER.match(lines[0])) or _is_outlook_head(lines[:HEAD_REACH])


def is_attribution(words: str) -> bool:
    """Whether a line says who wrote what follows and when, and does not just lead to it."""
    return ATTRIBUTION.match(words) is not None and WHO_AND_WHEN.search(words) is not None


def _is_outlook_head(lines: list[str]) -> bool:
    return bool(OUTLOOK_HEAD.match(lines[0])) and sum(bool(HEAD_LINE.match(line)) for line in lines) >= HEAD_LINES


def _without_attribution(text: str) -> tuple[str, str]:
    """A text before a quotation without its end that says whose that is, and that end, which may be empty."""
    before, _, last = text.rpartition(PARAGRAPH_END)
    lines = last.split("\n")
    for first in {0, len(lines) - 1}:
        words = one_line(" ".join(lines[first:]))
        if len(lines) - first <= MAX_ATTRIBUTION_LINES and ATTRIBUTION.match(words):
            return PARAGRAPH_END.join(filter(None, [before, "\n".join(lines[:first])])), words
    return text, ""


def _flowed(lines: list[str], *, joins_words: bool) -> list[str]:
    """The lines with those joined that flow on."""
    joined: list[list[str]] = []
    flows = was_quoted = False
    for line in lines:
        mark = QUOTED.match(line) if line.startswith(QUOTE_MARK) else None
        words = line[mark.end() :] if mark else line.removeprefix(" ")
        is_signature = SIGNATURE.match(words) is not None
        if not (flows and bool(mark) == was_quoted and not is_signature):
            joined.append([mark[0] if mark else ""])
        flows, was_quoted = words.endswith(" ") and not is_signature, bool(mark)
        joined[-1].append(words[:-1] if flows and joins_words else words)
    return ["".join(parts) for parts in joined]
