"""What on an HTML page is known by its tags and classes to stand around the article: it is marked as such."""

import re
from collections.abc import Iterator

from skill.guides.page_layout import Part
from skill.guides.page_lines import Element, words

MARK = "data-around-the-guide"
"""Attribute: the name of the Part."""
PROSE = "descendant-or-self::*[self::p or self::li or self::dd or self::blockquote][string-length() > 60]"
BY_TAG = {
    "nav": Part.MENU,
    "footer": Part.MENU,
    "dialog": Part.COOKIES,
    "form": Part.FORM,
    "button": Part.FORM,
    "label": Part.FORM,
    "select": Part.FORM,
    "textarea": Part.FORM,
    "figcaption": Part.PICTURE,
}
BY_ROLE = {
    "navigation": Part.MENU,
    "banner": Part.MENU,
    "contentinfo": Part.MENU,
    "search": Part.MENU,
    "dialog": Part.COOKIES,
    "alertdialog": Part.COOKIES,
    "complementary": Part.ASIDE,
}
BY_CLASS = {
    Part.COOKIES: "cookie cookies consent gdpr onetrust ccm",
    Part.RELATED: "related recommended recommendations seealso readnext",
    Part.SIGN_UP: "newsletter newsletters signup subscribe subscription mailinglist mailchimp",
    Part.SHARING: "share sharing sharedaddy social addtoany addthis sharethis",
    Part.DONATION: "donate donation donations fundraising",
    Part.COMMENTS: "comments respond disqus",
    Part.FEEDBACK: "feedback rating",
    Part.BYLINE: "byline author authors dateline pubdate postmeta entrymeta timestamp postedon",
    Part.MENU: "breadcrumb breadcrumbs menu navbar nav navigation pagination pager toc skiplink masthead",
    Part.ASIDE: "sidebar advert advertisement ads promo popup modal widgetarea",
    Part.NOTE: "footnote footnotes endnotes references",
    Part.HIDDEN: "sronly srtext visuallyhidden screenreader",
}
WORD_NOTES = ("footnote-", "endnote-")
"""How the ids of a Word document's notes begin."""
# Two words of a class that are one of the above together.
PAIRED = re.compile(
    r"(sign|sr|visually|screen|mailing|see|read|post|entry|skip|widget)[-_]"
    r"(up|only|hidden|reader|list|also|next|meta|link|area)"
)
PARTS = {word: part for part, names in BY_CLASS.items() for word in names.split()}
# An id is often made of the heading, "sharing-the-night": only one that says nothing else counts.
ID_FILLERS = re.compile(
    "area|articles|banner|bar|block|box|buttons|container|content|footer|form|header|links|list|main|notice"
    "|pages|panel|posts|region|section|side|site|top|widget|wrapper"
)
NOT_BY_CLASS = frozenset(("html", "body", "main", "h1", "h2", "h3", "h4", "h5", "h6", "img", "figure"))
TOO_MUCH = 0.5
"""Share of the page's prose: what holds more of it is no clutter, whatever it is called."""


def mark_clutter(tree: Element, title: Element | None) -> None:
    """Mark what is known to stand around the article; never what holds the title or most of the prose."""
    prose_only = bool(tree.xpath(PROSE))
    most = TOO_MUCH * _weight(tree, prose_only)
    holding_title = set() if title is None else {title, *title.iterancestors()}
    for element in tree.iter():
        part = None if element in holding_title else _part(element)
        if part is not None and _weight(element, prose_only) <= most:
            element.set(MARK, part.name)


def _weight(element: Element, prose_only: bool) -> int:
    """Letters of the element's prose; of a page that has none marked as such, of all its words."""
    return sum(len(words(inner)) for inner in (element.xpath(PROSE) if prose_only else [element]))


def marked_part(around: Iterator[Element]) -> Part | None:
    """The part in which words with those elements around them stand; of several the one that says most."""
    marked = [element for element in around if element.get(MARK)]
    if marked and marked[0].tag == "label":
        return Part.FORM
    parts = [Part[element.get(MARK)] for element in marked]
    telling = [part for part in parts if part not in (Part.FORM, Part.MENU, Part.ASIDE, Part.BYLINE)]
    return [*telling[:1], *parts, None][0]


def _part(element: Element) -> Part | None:
    tag = element.tag
    role = BY_ROLE.get(element.get("role", ""))
    if tag in BY_TAG or role:
        return BY_TAG.get(tag) or role
    if tag == "header" and not any(True for _ in element.iterancestors("article", "main")):
        return Part.MENU
    if tag == "li" and element.get("id", "").startswith(WORD_NOTES):
        return Part.NOTE
    named = None if tag in NOT_BY_CLASS else _named(element)
    # An aside inside the article may be a call-out that belongs to it.
    if tag == "aside" and not named and not any(True for _ in element.iterancestors("article")):
        return Part.ASIDE
    return named


def _named(element: Element) -> Part | None:
    for name in element.get("class", "").split():
        for word in _split(name):
            if word in PARTS:
                return PARTS[word]
    in_id = _split(element.get("id", ""))
    if all(word in PARTS or ID_FILLERS.fullmatch(word) for word in in_id):
        return next((PARTS[word] for word in in_id if word in PARTS), None)
    return None


def _split(name: str) -> list[str]:
    """A class's words: "newsSignUp-box" → news, signup, box."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
    return re.split(r"[-_]+", PAIRED.sub(r"\1\2", parted))
