"""The directives and roles of reStructuredText, those of Sphinx and of anybody else included: each gives its words.

docutils leaves out what stands in a directive that it does not know, or that has an option which it does not know. So
whatever a text uses is registered before it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from docutils import nodes
from docutils.languages import get_language
from docutils.parsers.rst import Directive, directives, roles
from docutils.utils import new_document

DIRECTIVE = re.compile(r"^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([A-Za-z][\w.:+-]*?)[ \t]?::(?=\s|$)", re.MULTILINE)
ROLE = re.compile(r":([A-Za-z][\w.:+-]*):`|`:([A-Za-z][\w.:+-]*):")
# What docutils says on a level below this is not said.
SILENCE: Final = 4
# A name of each takes time; no text has so many.
MAX_NAMES = 1_000

CODE = frozenset(
    {
        "code", "code-block", "sourcecode", "codeblock", "productionlist", "ipython", "jupyter-execute", "prompt",
        "doctest", "testcode", "testoutput", "console", "highlight-block", "mermaid", "graphviz", "uml", "plantuml",
        "code-cell", "tikz", "digraph", "graph",
    }
)  # fmt: skip
# What says something to the program that makes pages of the text, or takes it from another file.
SILENT = frozenset(
    {
        "autoattribute", "autoclass", "autodata", "autodecorator", "autoexception", "autofunction", "automethod",
        "automodule", "autoprogram", "autoproperty", "autosummary", "bibliography", "contents", "currentmodule",
        "default-domain", "default-role", "genindex", "header", "footer", "highlight", "include", "index",
        "literalinclude", "meta", "module", "py:currentmodule", "py:module", "raw", "role", "sectionauthor",
        "codeauthor", "sectnum", "tabularcolumns", "target-notes", "title", "toctree", "click", "argparse",
    }
)  # fmt: skip
# Options of a directive that tell those who read the text something; the others tell how it is shown.
TOLD_OPTIONS = ("type", "default")
TITLED_ROLE = re.compile(r"(.+?)\s*<[^<>]+>\Z", re.DOTALL)
# ":class:`~package.Name`" is shown as its last part.
LAST_PART = re.compile(r"~(?:[^.\s]+\.)*([^.\s]+)\Z")
# Roles whose words are a number, which their names go before.
NUMBERED = ("pep", "rfc")
BOX, BOX_TITLE = "box", "box-title"


class _AnyOption(dict[str, Callable[[str], Any]]):
    """Knows every option; those that a directive knows itself it reads as that one does."""

    def __init__(self, known: dict[str, Callable[[str], Any]] | None) -> None:
        super().__init__(known or {})

    def __bool__(self) -> bool:
        return True

    def __missing__(self, name: str) -> Callable[[str], Any]:
        return _as_written


def _as_written(value: str | None) -> str:
    return value or ""


class _TitledDirective(Directive):
    """A directive of whatever kind: its name or its argument is the title of what it holds."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = _AnyOption(None)

    def run(self) -> list[nodes.Node]:
        """The box, with its words read as any others."""
        box = nodes.container(self.block_text, classes=[BOX])
        box.source, box.line = self.state_machine.get_source_and_line(self.lineno)
        title = " ".join(self.arguments[0].split()) if self.arguments else ""
        if title:
            words, _ = self.state.inline_text(title, self.lineno)
            line = nodes.paragraph(title, "", *words, classes=[BOX_TITLE])
            line.line = box.line
            box += line
        for name in TOLD_OPTIONS:
            if self.options.get(name):
                box += self._option(name, " ".join(self.options[name].split()))
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]

    def _option(self, name: str, value: str) -> nodes.field:
        words, _ = self.state.inline_text(value, self.lineno)
        body = nodes.field_body("", nodes.paragraph(value, "", *words))
        return nodes.field("", nodes.field_name(name, name), body)


class _VersionDirective(_TitledDirective):
    """``versionadded`` and its like: what it is called is a part of what it says."""

    def run(self) -> list[nodes.Node]:
        """The box; its title is the directive with its version, and what follows that in its line is held."""
        version, *rest = (self.arguments[0] if self.arguments else "").split(None, 1) or [""]
        self.arguments = [f"{self.name} {version}".strip()]
        told = rest[0] if rest else ""
        (box,) = super().run()
        if told and isinstance(box, nodes.Element):
            words, _messages = self.state.inline_text(told, self.lineno)
            paragraph = nodes.paragraph(told, "", *words)
            paragraph.line = box.line
            box.insert(1, paragraph)
        return [box]


class _CodeDirective(Directive):
    """A block of code, whatever its options."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = _AnyOption(None)

    def run(self) -> list[nodes.Node]:
        """The code as it is written."""
        block = nodes.literal_block("\n".join(self.content), "\n".join(self.content))
        block.line = self.content_offset + 1
        return [block] if self.content else []


class _SilentDirective(Directive):
    """A directive whose words are not for those who read the text."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = _AnyOption(None)

    def run(self) -> list[nodes.Node]:
        """Nothing."""
        return []


class _ConditionDirective(_TitledDirective):
    """A condition under which the words are there; they always are."""

    def run(self) -> list[nodes.Node]:
        """The words without the condition."""
        self.arguments = []
        return super().run()


OWN: dict[str, type[Directive]] = {
    **dict.fromkeys(CODE, _CodeDirective),
    **dict.fromkeys(SILENT, _SilentDirective),
    **dict.fromkeys(
        ("versionadded", "versionchanged", "versionremoved", "deprecated", "deprecated-removed"), _VersionDirective
    ),
    **dict.fromkeys(
        ("only", "ifconfig", "class", "rst-class", "container", "highlights", "hlist", "cssclass"), _ConditionDirective
    ),
}


def register_names(text: str) -> None:
    """Make docutils know every directive and role that a text may use."""
    used = {name.lower() for name in _found(DIRECTIVE, text)}
    document = new_document("")
    document.reporter.report_level = document.reporter.halt_level = SILENCE
    language = get_language("en")
    for name in sorted(used):
        own = OWN.get(name)
        known, _ = (None, None) if own else directives.directive(name, language, document)
        directives.register_directive(name, own or _lenient(known))
    for name in NUMBERED:
        roles.register_local_role(name, _numbered_role)  # type: ignore[arg-type]
    for name in sorted({name.lower() for name in _found(ROLE, text)}.difference(NUMBERED)):
        known_role, _ = roles.role(name, language, 0, document.reporter)
        if known_role is None:
            roles.register_local_role(name, _role)  # type: ignore[arg-type]


def _found(names: re.Pattern[str], text: str) -> set[str]:
    found: set[str] = set()
    for match in names.finditer(text):
        found.add(next(group for group in match.groups() if group))
        if len(found) >= MAX_NAMES:
            break
    return found


def _lenient(known: type[Directive] | None) -> type[Directive]:
    """The directive, not minding options that it does not know; a box where there is none."""
    if known is None or isinstance(known.option_spec, _AnyOption):
        return known or _TitledDirective
    return type(known.__name__, (known,), {"option_spec": _AnyOption(known.option_spec)})


def _role(
    name: str, rawtext: str, text: str, lineno: int, inliner: object, options: object = None, content: object = None
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """The words of a role: the title that it gives to an address, else what it names."""
    words = text.replace("\0", "").lstrip("!")
    titled = TITLED_ROLE.match(words)
    words = titled[1] if titled else LAST_PART.sub(r"\1", words)
    return [nodes.inline(rawtext, words)], []


def _numbered_role(
    name: str, rawtext: str, text: str, lineno: int, inliner: object, options: object = None, content: object = None
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """``:pep:`8``` as "PEP 8", or its title where it has one, which docutils does not know."""
    words = text.replace("\0", "")
    titled = TITLED_ROLE.match(words)
    return [nodes.inline(rawtext, titled[1] if titled else f"{name.upper()} {words.partition('#')[0]}")], []
