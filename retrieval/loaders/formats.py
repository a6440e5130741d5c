"""The formats that can be read, in one table, and those that are refused by name with a remedy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from retrieval.errors import SourceError, SourceProblem

MAX_BYTES = 50_000_000
# Pictures make these large, and nothing of them is read.
MAX_BYTES_WITH_PICTURES = 100_000_000


@dataclass(frozen=True, slots=True)
class Format:
    """A format and the limits within which its files are read.

    Args:
        name: A short name, as sources show it.
        suffixes: The endings of file names, in small letters.
        content_types: What a web server calls it.
        module: The module whose ``extract`` reads it.
        pictures: The module whose ``draw`` shows one of its pages; empty where it has none.
        version: Changes whenever the same bytes would give another text or other places.
        max_bytes: How large a file may be.
        seconds: How long reading one may take.
        is_text: Whether the bytes are text in some encoding.
        is_own_text: Whether the text is the file's as it stands, but for what stands before it: UTF-8 then needs no
            other process.
    """

    name: str
    suffixes: tuple[str, ...]
    content_types: tuple[str, ...]
    module: str
    version: int = 1
    max_bytes: int = MAX_BYTES
    seconds: float = 60
    is_text: bool = False
    is_own_text: bool = False
    pictures: str = ""

    @property
    def loader(self) -> str:
        """What makes the text: the format and its version."""
        return f"{self.name}-{self.version}"


TEXT = Format(
    "text",
    ("", ".txt", ".text"),
    ("text/plain",),
    "retrieval.loaders.plain",
    version=2,  # 1 kept a byte order mark
    is_text=True,
    is_own_text=True,
)
MARKDOWN = Format(
    "markdown",
    (".md", ".markdown", ".mdown", ".mkd"),
    ("text/markdown", "text/x-markdown"),
    "retrieval.loaders.markdown",
    version=4,  # 1 kept a byte order mark, 2 knew no labels, 3 kept front matter
    is_text=True,
    is_own_text=True,
)
RST = Format(
    "rst",
    (".rst", ".rest"),
    ("text/x-rst", "text/prs.fallenstein.rst"),
    "retrieval.loaders.rst.document",
    max_bytes=10_000_000,
    is_text=True,
)
MDX = Format("mdx", (".mdx",), ("text/mdx",), "retrieval.loaders.mdx", max_bytes=25_000_000, is_text=True)
HTML = Format(
    "html",
    (".html", ".htm", ".xhtml"),
    ("text/html", "application/xhtml+xml"),
    "retrieval.loaders.markup.html",
    version=3,  # 1 knew no labels (so it is with DOCX, EPUB, CSV and JSON Lines), 2 took formulas apart
    max_bytes=25_000_000,
    is_text=True,
)
PDF = Format(
    "pdf",
    (".pdf",),
    ("application/pdf",),
    "retrieval.loaders.pdf.pages",
    version=3,  # 1 knew no labels, and read lines in the order in which they are drawn; 2 lost hyphens at their ends
    pictures="retrieval.loaders.pdf.page_picture",
    max_bytes=MAX_BYTES_WITH_PICTURES,
    seconds=120,
)
DOCX = Format(
    "docx",
    (".docx", ".docm", ".dotx", ".dotm"),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        "application/vnd.ms-word.document.macroenabled.12",
        "application/vnd.ms-word.template.macroenabled.12",
    ),
    "retrieval.loaders.word.docx",
    version=3,  # 2 had no automatic numbers, comments, formulas or form fields
    max_bytes=MAX_BYTES_WITH_PICTURES,
)
ODT = Format(
    "odt",
    (".odt", ".ott", ".fodt"),
    (
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.text-template",
        "application/vnd.oasis.opendocument.text-flat-xml",
    ),
    "retrieval.loaders.word.odt",
    max_bytes=MAX_BYTES_WITH_PICTURES,
)
XLSX = Format(
    "xlsx",
    (".xlsx", ".xlsm"),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-excel.sheet.macroenabled.12",
    ),
    "retrieval.loaders.office.xlsx",
    max_bytes=MAX_BYTES_WITH_PICTURES,
    seconds=120,
)
PPTX = Format(
    "pptx",
    (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx"),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    ),
    "retrieval.loaders.office.pptx",
    max_bytes=MAX_BYTES_WITH_PICTURES,
)
EPUB = Format(
    "epub",
    (".epub",),
    ("application/epub+zip",),
    "retrieval.loaders.markup.epub",
    version=3,  # 2 left out chapters that the guide calls the contents
    max_bytes=MAX_BYTES_WITH_PICTURES,
)
CSV = Format(
    "csv",
    (".csv", ".tsv", ".tab"),
    ("text/csv", "text/tab-separated-values"),
    "retrieval.loaders.tables.csv",
    version=3,  # 2 took the first item of a list for the names of the columns
    is_text=True,
)
JSON_LINES = Format(
    "jsonl",
    (".jsonl", ".ndjson"),
    ("application/jsonl", "application/x-ndjson", "application/ndjson"),
    "retrieval.loaders.tables.jsonl",
    version=2,
    is_text=True,
)
SUBTITLES = Format(
    "subtitles",
    (".srt", ".vtt"),
    ("text/vtt", "application/x-subrip"),
    "retrieval.loaders.records.subtitles",
    seconds=120,
    is_text=True,
)
# The parts of a mail are in encodings of their own.
MAIL = Format(
    "mail",
    (".eml", ".mbox", ".emlx"),
    ("message/rfc822", "application/mbox"),
    "retrieval.loaders.records.mail",
    seconds=120,
)
NOTEBOOK = Format(
    "notebook",
    (".ipynb",),
    ("application/x-ipynb+json",),
    "retrieval.loaders.records.notebook",
    max_bytes=MAX_BYTES_WITH_PICTURES,
    is_text=True,
)
# Only its content tells it from any other JSON, which is read as plain text.
DISCORD_EXPORT = Format("discord", (), (), "retrieval.loaders.records.discord_export", seconds=120, is_text=True)
FORMATS = (
    TEXT, MARKDOWN, MDX, RST,
    HTML, PDF, DOCX, ODT, XLSX, PPTX, EPUB, CSV, JSON_LINES, SUBTITLES, MAIL, NOTEBOOK, DISCORD_EXPORT,
)  # fmt: skip

BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}
BY_CONTENT_TYPE = {content_type: one for one in FORMATS for content_type in one.content_types}
# What reads each format now.
LOADERS = {one.name: one.loader for one in FORMATS}

DOCUMENT = "save it as .docx or PDF and index that"
REFUSED = {
    ("an old Word document", DOCUMENT): ".doc .dot",
    ("a rich-text document", DOCUMENT): ".rtf",
    ("a Pages document", DOCUMENT): ".pages",
    ("a spreadsheet that is not .xlsx", "save it as .xlsx and index that"): ".xls .xlsb .ods .numbers",
    ("a presentation that is not .pptx", "save it as .pptx or PDF and index that"): ".ppt .pps .pot .odp",
    (
        "mail of Outlook",
        "save the messages as .eml, as Outlook and Thunderbird can, and index those",
    ): ".msg .pst .ost",
    ("a Kindle book", "save it as EPUB or PDF and index that"): ".mobi .azw .azw3",
    (
        "a picture",
        "recognise the text in it (OCR), save that as a text file and index it",
    ): ".png .jpg .jpeg .gif .webp .bmp .tif .tiff .heic .svg .ico .djvu",
    (
        "a recording",
        "write down what is said in it, save that as a text file and index it",
    ): ".mp3 .wav .ogg .flac .m4a .mp4 .mov .avi .mkv .webm",
    (
        "an archive",
        "unpack it and index the files in it",
    ): ".zip .tar .gz .tgz .bz2 .xz .7z .rar .zst",
    ("a program", "index a document instead"): ".exe .dll .msi .so .dylib .jar .class .pyc .apk .deb .rpm .dmg .iso",
}
REFUSED_BY_SUFFIX = {suffix: reason for reason, suffixes in REFUSED.items() for suffix in suffixes.split()}
REFUSED_CONTENT_TYPES = {"image": ".png", "audio": ".mp3", "video": ".mp4"}


def known_suffixes() -> list[str]:
    """The endings of all files that are more than plain text, and ``.txt``, for people."""
    return [".txt", *(one.suffixes[0] for one in FORMATS if one.suffixes and one is not TEXT)]


def is_document(name: str) -> bool:
    """Whether a file's ending says that it is a document; one without an ending is none, unless somebody names it."""
    suffix = _suffix(name)
    return bool(suffix) and suffix in BY_SUFFIX


def find_format(name: str, content_type: str | None = None) -> Format:
    """The format of a file, by what a web server calls it, where that tells something, and by its name's ending.

    A name whose ending says nothing is taken for plain text: whether it is, its content will show.

    Args:
        name: A file's name or path, or a web address.
        content_type: The HTTP header, where there is one.

    Raises:
        SourceError: If files of that kind cannot be read.
    """
    suffix = _suffix(name)
    served = (content_type or "").partition(";")[0].strip().lower()
    told = BY_CONTENT_TYPE.get(served, TEXT)
    if told is not TEXT:
        return told
    kind = REFUSED_CONTENT_TYPES.get(served.partition("/")[0], suffix)
    if kind in REFUSED_BY_SUFFIX:
        what, remedy = REFUSED_BY_SUFFIX[kind]
        raise SourceError(f"{name} is {what}; {remedy}.", SourceProblem.FORMAT)
    return BY_SUFFIX.get(suffix, TEXT)


def check_file(name: str, size_bytes: int) -> None:
    """Refuse a file by its name and size, before it is read.

    Raises:
        SourceError: If it is of a format that cannot be read, or too large for its format.
    """
    check_size(name, size_bytes, find_format(name))


def check_size(name: str, size_bytes: int, file_format: Format) -> None:
    """Refuse a file that is too large for its format.

    Raises:
        SourceError: If it is.
    """
    limit = file_format.max_bytes
    if size_bytes > limit:
        sentence = f"{name} is larger than {limit // 1_000_000} MB; split it into smaller files."
        raise SourceError(sentence, SourceProblem.TOO_LARGE, limit_bytes=limit)


def _suffix(name: str) -> str:
    """The ending of a file's name; a web address has it before its query."""
    if name.startswith(("http://", "https://")):
        path = name.partition("?")[0].partition("#")[0].split("/", 3)[3:]
        name = path[0] if path else ""
    return PurePosixPath(name).suffix.lower()
