"""What of a page is not of its text: advertisements, menus, buttons to share, boxes that ask for an address.

Their authors label them by roles, classes and ids; some are known by their words alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.loaders.markup.elements import local_name

if TYPE_CHECKING:
    from lxml import etree

# How authors label what is not the text, as a whole word of a class or id: "ad-box", "related", "cookie-banner",
# "article-share". Only on elements without a meaning of their own: a <section id="menu"> may well be a chapter.
NAMES = (
    "ads?|advert\\w*|banner|breadcrumbs?|carousel|comments?|consent|cookies?|disqus|donate|gdpr|menu|nav|newsletter"
    "|most-?(?:popular|read|shared)|outbrain|pager|pagination|paging|paywall|popup|promo\\w*|rating|recirc\\w*|recommended|recommendations|related(?:posts?)?"
    "|replies|reply|share|sharedaddy|sharing|sidebar|signup|slider|slideshow|social|sponsor\\w*|subscribe|swiper|taboola"
    "|teasers?|toolbar|trending|voting"
)
PARTS = (
    "area|articles?|banner|bar|block|box|buttons?|container|content|controls?|counter|form|icons?|links?|list|posts?"
    "|navigation|next|prev|section|slot|stories|title|tools?|unit|widget|wrapper|\\d+"
)
LABELS = re.compile(
    rf"(?:\w+--)*(?:(?:article|block|c|entry|js|jp|page|post|site|story|widget)(?:__|[_-]))?(?:{NAMES})(?:(?:__|--|[_-])(?:{PARTS}))*",
    re.IGNORECASE,
)
LABELLED = frozenset(("div", "ul", "ol", "p", "span", "td"))
# A comment below a text is an article of its own for some programs.
COMMENTS = re.compile(r"(?:js_)?(?:comment|reply)", re.IGNORECASE)
APART_ROLES = frozenset(("alertdialog", "banner", "complementary", "contentinfo", "dialog"))
HEADINGS_OF_A_TEXT = ("h1", "h2")
# What a page header holds, and the header of a text does not.
PARTS_OF_A_PAGE_HEADER = ("nav", "form", "ul", "menu")
TYPED_INTO = frozenset(("", "email", "password", "search", "tel", "text"))
# A form with more words is one around a whole page.
MAX_FORM_CHARACTERS = 600

# Words of buttons and the like; a paragraph that is nothing else is no text.
BUTTONS = re.compile(
    r"(?:next|prev|previous|back|close|menu|search|loading|weiter|zurück|schließen|suivant|précédent|siguiente|anterior"
    r"|advertisement|advertising|sponsored|anzeige|werbung|publicité|publicidad|pubblicità|reklama|annons|advertentie"
    r"|(?:next|previous|older|newer) (?:image|photo|picture|slide|page|post|article)s?"
    r"|(?:more|related)(?: (?:articles?|coverage|posts?|stories|topics))?|more on this (?:story|topic)|read next"
    r"|continue reading the main story|share this page|jump to:? navigation,? search"
    r"|read (?:more|on|the full (?:article|story))|continue reading|learn more|mehr (?:lesen|erfahren|anzeigen)"
    r"|weiterlesen|lire (?:la suite|plus)|en savoir plus|(?:leer|ver) más|leggi (?:tutto|di più)"
    r"|czytaj więcej|lees meer"
    r"|(?:view|show|see|hide|load) (?:all|more|less|comments|gallery|slideshow)|skip to (?:main )?content"
    r"|click (?:here )?to (?:enlarge|zoom|view|share|print)[\w ]{0,20}"
    r"|(?:rate|vote for|share|print|save|email|tweet|bookmark) this(?: \w+)?"
    r"|was this (?:page|article|post|information) (?:helpful|useful)"
    r"|(?:diesen )?(?:artikel|beitrag|seite) (?:teilen|drucken|bewerten|empfehlen|kommentieren)"
    r"|partager (?:cet|l’|l')\s?article|compartir|condividi|udostępnij|drukuj"
    r"|(?:image|photo|picture|slide|bild|foto)? ?\d{1,3} ?(?:/|of|von|sur|de|di) ?\d{1,3})[.:!?…]*",
    re.IGNORECASE,
)
MAX_BUTTON_CHARACTERS = 150
AROUND_BUTTONS = " \t\n«»‹›<>←→↑↓▶◀·•|+×✕…-–—"
NETWORKS = frozenset((
    "facebook", "twitter", "x", "whatsapp", "email", "mail", "e", "pinterest", "linkedin", "tumblr", "reddit",
    "telegram", "xing", "print", "share", "tweet", "pin", "flipboard", "pocket", "instagram", "youtube", "messenger",
    "sms", "viber", "google", "plus", "teilen", "drucken", "mastodon", "bluesky", "threads", "copy", "link",
))  # fmt: skip
BETWEEN_NETWORKS = frozenset(("on", "via", "by", "it", "this", "to", "auf", "and", "und", "mit", "per", "us", "follow"))
# A share row is two of them at least; "Mail" alone may be a heading in bold.
MIN_NETWORKS = 2
MAX_NOTICE_CHARACTERS = 400
NOTICES = re.compile(
    r"(?:\b(?:use|uses|using|verwend\w+|nutz\w+|setz\w+|utilis\w+|utiliza\w*|stosuje\w*)\b.{0,40}\bcookies?\b)"
    r"|\b(?:sign up|subscribe|get|join|abonnier\w+|anmeld\w+|inscri\w+|abonne\w+|suscr\w+|iscriv\w+|zapisz)\b"
    r".{0,80}\bnewsletters?\b|\bnewsletters?\b.{0,60}\b(?:abonnier\w+|anmeld\w+|inscri\w+|sign up|subscribe)",
    re.IGNORECASE | re.DOTALL,
)


def is_apart(element: etree._Element, *, in_section: bool) -> bool:
    """Whether it stands beside the text, or is labelled as nothing of it.

    Args:
        element: The element.
        in_section: Whether it stands in a section of the page; the header of a section is its own.
    """
    name = local_name(element)
    if name in ("aside", "footer") or element.get("role") in APART_ROLES:
        return True
    if name == "header":
        return not in_section and _is_page_header(element)
    if name == "form":
        return _asks_for_words(element)
    if name == "article":
        return any(COMMENTS.fullmatch(word) for word in element.get("class", "").split())
    return name in LABELLED and _is_labelled(element)


def is_button(text: str) -> bool:
    """Whether a paragraph is nothing but the words of a button, a counter of pictures, or a row of networks."""
    if len(text) > MAX_BUTTON_CHARACTERS:
        return False
    words = text.strip(AROUND_BUTTONS)
    if BUTTONS.fullmatch(words):
        return True
    names = re.findall(r"[^\W\d_]+", words.lower())
    networks = [name for name in names if name in NETWORKS]
    return len(networks) >= MIN_NETWORKS and all(name in NETWORKS or name in BETWEEN_NETWORKS for name in names)


def is_notice(text: str) -> bool:
    """Whether a paragraph asks for consent to cookies or for an address; texts about these have such ones, too."""
    return len(text) <= MAX_NOTICE_CHARACTERS and NOTICES.search(text) is not None


def _is_labelled(element: etree._Element) -> bool:
    words = f"{element.get('class', '')} {element.get('id', '')}".split()
    labels = [word for word in words if LABELS.fullmatch(word)]
    if labels and all("banner" in word.lower() for word in labels):
        # The banner of a text holds its title.
        return next(element.iterdescendants(*HEADINGS_OF_A_TEXT), None) is None
    return bool(labels)


def _is_page_header(header: etree._Element) -> bool:
    parent = header.getparent()
    if parent is None or local_name(parent) == "body":
        return True
    return next(header.iterdescendants(*PARTS_OF_A_PAGE_HEADER), None) is not None


def _asks_for_words(form: etree._Element) -> bool:
    fields = form.iterdescendants("input", "textarea")
    if not any(local_name(one) == "textarea" or one.get("type", "").lower() in TYPED_INTO for one in fields):
        return False
    return len(" ".join("".join(form.itertext()).split())) <= MAX_FORM_CHARACTERS
