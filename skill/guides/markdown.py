"""A guide's Markdown file → Guide.

The format: YAML front matter, a `## heading` a section, a paragraph a passage, `### Tell me more` before a
section's deeper passages, any other `###` a sub-heading said before the next passage, `> Also called: …` for
a section's other names, and `## Top tip` at the end.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from skill.errors import ContentError
from skill.library import Guide, Passage, Related, Section

TOP_TIP = "Top tip"
TELL_ME_MORE = "Tell me more"
ALSO_CALLED = "Also called:"
FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<front>.*?\n)---[ \t]*(\n(?P<body>.*)|\Z)", re.DOTALL)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Front(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The front matter, as an editor may write it."""

    title: str
    topic: str
    read_minutes: int
    published: datetime.date
    image_alt: str = ""
    aliases: tuple[str, ...] = ()
    colour: str = "#2b3a67"
    sign_up: str = ""
    reviewed: bool = True
    related: tuple[Related, ...] = ()


@dataclass(frozen=True)
class GuideSource:
    """A guide with the places of its texts in its file, for whoever has something to say about them."""

    guide: Guide
    lines: tuple[str, ...]
    """Of the file."""
    passages: tuple[int, ...]
    """Where each of the guide's passages begins, in reading order; lines count from 1."""
    sections: tuple[int, ...]
    """Where each section's heading is."""


def read_guide(path: Path) -> Guide:
    """The guide in the file.

    Raises ContentError, naming file, line and remedy, when the file is not a guide.
    """
    return read_source(path).guide


def read_source(path: Path) -> GuideSource:
    """The guide in the file, and where its texts are. Raises ContentError, see read_guide."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ContentError(path, 1, "there is no such file", "check the name") from None
    except UnicodeDecodeError:
        raise ContentError(path, 1, "the text is not UTF-8", "save it as UTF-8") from None
    except OSError as error:
        raise ContentError(path, 1, f"cannot be read ({error.strerror})", "check the file") from None
    return parse_source(text, path)


def read_guides(folder: Path) -> tuple[Guide, ...]:
    """Every guide in the folder, newest first. Raises ContentError at the first malformed one."""
    guides = [read_guide(path) for path in sorted(folder.glob("*.md"))]
    if not guides:
        raise ContentError(folder, 1, "there are no guides here", "add a Markdown file")
    return tuple(sorted(guides, key=lambda guide: (guide.published, guide.slug), reverse=True))


def parse_source(text: str, path: Path) -> GuideSource:
    """The guide in the text, and where its texts are.

    The path gives its slug and names it in errors. Raises ContentError.
    """
    text = text.replace("\r\n", "\n")
    if not SLUG.fullmatch(path.stem):
        raise ContentError(
            path, 1, f"the file name {path.stem!r} cannot be used in addresses",
            "use small letters, digits and single hyphens",
        )  # fmt: skip
    front, body, offset = _front_matter(text, path)
    *parts, tip = _BodyReader(path, offset).read(body)
    guide = Guide(
        slug=path.stem,
        title=front.title,
        topic=front.topic,
        read_minutes=front.read_minutes,
        published=front.published.isoformat(),
        sections=tuple(_section(part) for part in parts),
        tip=Passage(" ".join(passage.text for passage in tip.lead), TOP_TIP),
        aliases=front.aliases,
        image_alt=front.image_alt,
        colour=front.colour,
        sign_up=front.sign_up,
        reviewed=front.reviewed,
        related=front.related,
    )
    begins = [line for part in parts for line in (*part.lead_lines, *part.more_lines)]
    return GuideSource(
        guide,
        tuple(text.split("\n")),
        (*begins, tip.lead_lines[0]),
        tuple(part.line for part in parts),
    )


def _front_matter(text: str, path: Path) -> tuple[Front, str, int]:
    """Front matter, body, and the number of lines before the body."""
    found = FRONT_MATTER.match(text)
    if not found:
        raise ContentError(
            path, 1, "there is no front matter", "begin the file with --- and end that with ---"
        )
    try:
        values = yaml.safe_load(found["front"])
        front = msgspec.convert(values, Front)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        # YAML counts from 0, after the opening ---.
        line = mark.line + 2 if mark else 1
        problem = getattr(error, "problem", None) or "cannot be read"
        raise ContentError(path, line, f"front matter: {problem}", "mend the YAML, quoting : and #") from None
    except msgspec.ValidationError as error:
        problem = f"front matter: {error}"
        raise ContentError(
            path, _line_of(str(error), text), problem, "see docs/guides.md for its fields"
        ) from None
    except (ValueError, RecursionError) as error:
        # What looks like a date to YAML need not be one, and brackets may open without end.
        problem = f"front matter: {error}"
        raise ContentError(path, _line_of("published", text), problem, "see docs/guides.md for it") from None
    _check_front(front, text, path)
    return front, found["body"] or "", text[: found.start("body")].count("\n")


def _line_of(message: str, text: str) -> int:
    """The line that a validation message speaks of: the field that it names, or else the first."""
    names = re.findall(r"[a-z_]{3,}", message)
    for number, line in enumerate(text.split("\n"), start=1):
        if any(re.match(rf"[\s-]*{name}\s*:", line) for name in names):
            return number
    return 1


def _check_front(front: Front, text: str, path: Path) -> None:
    rules = (
        ("title", bool(front.title.strip()), "give the guide a title"),
        ("topic", bool(front.topic.strip()), "say in a few words what the guide is about"),
        ("read_minutes", 1 <= front.read_minutes <= 60, "give whole minutes from 1 to 60"),
        ("colour", bool(re.fullmatch(r"#[0-9a-fA-F]{6}", front.colour)), 'write it as "#rrggbb"'),
    )
    for name, good, remedy in rules:
        if not good:
            raise ContentError(path, _line_of(name, text), f"front matter: {name} is not usable", remedy)


@dataclass
class _Part:
    """A section while it is being read."""

    heading: str
    line: int
    aliases: tuple[str, ...] = ()
    lead: list[Passage] = field(default_factory=list)
    more: list[Passage] = field(default_factory=list)
    lead_lines: list[int] = field(default_factory=list)
    more_lines: list[int] = field(default_factory=list)
    deeper: bool = False
    subheading: str = ""

    def add(self, text: str, line: int) -> None:
        passages = self.more if self.deeper else self.lead
        (self.more_lines if self.deeper else self.lead_lines).append(line)
        heading = self.subheading or ("" if self.lead or self.deeper else self.heading)
        passages.append(Passage(text, heading))
        self.subheading = ""


class _BodyReader:
    """Reads the blocks below the front matter into sections and the tip."""

    def __init__(self, path: Path, offset: int) -> None:
        self.path = path
        self.offset = offset

    def read(self, body: str) -> list[_Part]:
        """The sections, and the tip at last."""
        parts: list[_Part] = []
        for block in SyntaxTreeNode(MarkdownIt("commonmark").parse(body)).children:
            if block.type == "heading" and block.tag == "h2":
                parts.append(_Part(_plain(block), self._line(block)))
            elif not parts:
                raise self._error(
                    block, "text before the first section", "begin a section with ## and a heading"
                )
            else:
                self._block(block, parts[-1])
        self._check(parts)
        return parts

    def _block(self, block: SyntaxTreeNode, part: _Part) -> None:
        if block.type == "heading" and block.tag == "h3":
            self._subheading(block, part)
        elif block.type == "blockquote":
            part.aliases += self._aliases(block)
        elif block.type in ("bullet_list", "ordered_list"):
            part.add(" ".join(_as_sentence(_plain(item)) for item in block.children), self._line(block))
        elif block.type == "paragraph":
            part.add(_plain(block), self._line(block))
        elif block.type == "html_block" and block.content.lstrip().startswith("<!--"):
            return  # an editor's note to herself
        else:
            raise self._error(
                block, f"a {block.type.replace('_', ' ')} cannot be read aloud", "write it as a paragraph"
            )

    def _subheading(self, block: SyntaxTreeNode, part: _Part) -> None:
        heading = _plain(block)
        if part.subheading:
            raise self._error(block, "two headings follow each other", "write a paragraph between them")
        if heading.lower() == TELL_ME_MORE.lower():
            part.deeper = True
        else:
            part.subheading = heading

    def _aliases(self, block: SyntaxTreeNode) -> tuple[str, ...]:
        text = _plain(block)
        if not text.startswith(ALSO_CALLED):
            raise self._error(block, "a quotation cannot be read aloud", f"begin it with {ALSO_CALLED}")
        return tuple(name.strip() for name in text.removeprefix(ALSO_CALLED).split(",") if name.strip())

    def _check(self, parts: Sequence[_Part]) -> None:
        for part in parts:
            if not part.heading or not part.lead or part.subheading or (part.deeper and not part.more):
                raise ContentError(
                    self.path, part.line, f"the section {part.heading!r} has a heading with nothing to read",
                    "write a paragraph below each heading",
                )  # fmt: skip
        if not parts or parts[-1].heading.lower() != TOP_TIP.lower():
            line = parts[-1].line if parts else self.offset + 1
            raise ContentError(self.path, line, "there is no top tip", f"end the guide with ## {TOP_TIP}")
        if len(parts) == 1:
            raise ContentError(self.path, parts[0].line, "there are no sections", "add one with a ## heading")

    def _line(self, block: SyntaxTreeNode) -> int:
        return self.offset + (block.map[0] if block.map else 0) + 1

    def _error(self, block: SyntaxTreeNode, problem: str, remedy: str) -> ContentError:
        return ContentError(self.path, self._line(block), problem, remedy)


def _section(part: _Part) -> Section:
    return Section(part.heading, part.aliases, tuple(part.lead), tuple(part.more))


def _plain(block: SyntaxTreeNode) -> str:
    """The words of a block, without marks; a picture gives none, a line break a space."""
    return " ".join("".join(_words(block)).split())


def _words(node: SyntaxTreeNode) -> Iterator[str]:
    if node.type in ("text", "code_inline"):
        yield node.content
    elif node.type in ("softbreak", "hardbreak", "paragraph"):
        yield " "
    if node.type != "image":
        for child in node.children:
            yield from _words(child)


def _as_sentence(text: str) -> str:
    return text if text[-1:] in ".!?:;…" else f"{text}."
