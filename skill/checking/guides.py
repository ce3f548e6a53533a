"""Is a guide good to hear? What a kind colleague would say of it, with the place in its file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from skill.checking.finding import Finding, Severity
from skill.checking.reading_ease import reading_ease
from skill.checking.sentences import Heard, remarks
from skill.finding.names import nearest
from skill.guides.markdown import GuideSource
from skill.library import Guide, Passage, Section
from skill.sentences import sentences
from skill.studio.lexicon import Lexicon
from skill.studio.speakable import speakable

WORDS_A_SECOND = 2.87
"""Of the house voice with its pauses, measured over the two guides of audio/library.json."""
LONGEST_SECTION = 240
"""Seconds: what Alexa reads without a word of the listener's, and longer than anybody listens so."""
LEAST_EASE = 60
"""Of reading: plain English has 60 to 70."""
LEAST_SAMPLE = 50
"""Words, below which a single long one would decide the ease; Flesch took a hundred."""
LONG_NAME = 3
"""Words of a heading that everybody can say without another name for it."""
FIRST_WORDS = 4
"""By which a sentence is found in its paragraph."""


Seconds = Mapping[Passage, float]
"""How long the passages' recordings are, where there are any."""


def recorded_seconds(guides: Iterable[Guide]) -> Seconds:
    """Of all their passages, each as it was before it was recorded."""
    return {
        replace(passage, clips=()): sum(clip.seconds for clip in passage.clips)
        for guide in guides
        for passage in guide.passages
    }


def findings(source: GuideSource, file: str, lexicon: Lexicon, recorded: Seconds) -> Iterator[Finding]:
    """All that is to be said of the guide, in the order of its file."""
    found = [
        *_front(source, file),
        *_sentences(source, file, lexicon),
        *_sections(source, file, recorded),
        *_alike(source, file, lexicon),
        *_ease(source, file, lexicon),
    ]
    yield from sorted(found, key=lambda finding: finding.line)


def _front(source: GuideSource, file: str) -> Iterator[Finding]:
    guide = source.guide
    if not guide.image_alt:
        yield Finding(
            file, _line_of("image_alt", source), Severity.ADVICE, "the picture has no words for it",
            "who cannot see it misses what it shows", "add image_alt: what the picture shows",
        )  # fmt: skip
    if not guide.aliases and len(guide.title.split()) > LONG_NAME:
        yield Finding(
            file, _line_of("title", source), Severity.ADVICE, "the guide has one name only, and a long one",
            "nobody remembers it word for word", "add aliases: the short names that parents would say",
        )  # fmt: skip


def _sentences(source: GuideSource, file: str, lexicon: Lexicon) -> Iterator[Finding]:
    for line, sentence in _said_where(source):
        for remark in remarks(Heard(sentence, speakable(sentence, lexicon), lexicon)):
            yield Finding(file, line, remark.severity, remark.what, remark.why, remark.suggestion)


def _said_where(source: GuideSource) -> Iterator[tuple[int, str]]:
    """Line and text of all that is said: the title, headings and sentences."""
    yield _line_of("title", source), source.guide.title
    for begin, passage in zip(source.passages, source.guide.passages, strict=True):
        if passage.heading:
            yield _heading_above(begin, source.lines), passage.heading
        for sentence in sentences(passage.text):
            yield _line_in(source.lines, begin, sentence), sentence


def _sections(source: GuideSource, file: str, recorded: Seconds) -> Iterator[Finding]:
    for line, section in zip(source.sections, source.guide.sections, strict=True):
        for passages, where in ((section.lead, ""), (section.more, ", under “Tell me more”")):
            seconds = sum(recorded.get(passage) or _estimate(passage) for passage in passages)
            if seconds > LONGEST_SECTION:
                yield Finding(
                    file, line, Severity.ADVICE,
                    f"a part of about {seconds / 60:.0f} minutes{where}: {section.heading}",
                    "after four minutes a listener is somewhere else",
                    "make two parts of it, or move what is deeper under “Tell me more”",
                )  # fmt: skip
        if not section.aliases and len(section.heading.split()) > LONG_NAME:
            yield Finding(
                file, line, Severity.ADVICE, f"the part “{section.heading}” has no short name",
                "a listener cannot ask for it", "add below it, as in: > Also called: bedtime, evenings",
            )  # fmt: skip


def _estimate(passage: Passage) -> float:
    return len(f"{passage.heading} {passage.text}".split()) / WORDS_A_SECOND


def _alike(source: GuideSource, file: str, lexicon: Lexicon) -> Iterator[Finding]:
    numbered = list(zip(source.sections, source.guide.sections, strict=True))
    for (_, one), (line, other) in combinations(numbered, 2):
        for name, twin in _twins(one, other, lexicon):
            yield Finding(
                file, line, Severity.ADVICE, f"“{twin}” sounds like “{name}”, of the part “{one.heading}”",
                "who asks for one hears the other", "give them names that differ in more than a sound",
            )  # fmt: skip


def _twins(one: Section, other: Section, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    names = {name: (speakable(name, lexicon),) for name in (one.heading, *one.aliases)}
    for twin in (other.heading, *other.aliases):
        for name in nearest(speakable(twin, lexicon), names)[:1]:
            yield name, twin


def _ease(source: GuideSource, file: str, lexicon: Lexicon) -> Iterator[Finding]:
    for line, section in zip(source.sections, source.guide.sections, strict=True):
        passages = (*section.lead, *section.more)
        said = [speakable(sentence, lexicon) for passage in passages for sentence in sentences(passage.text)]
        ease = reading_ease(said)
        if ease < LEAST_EASE and len(" ".join(said).split()) >= LEAST_SAMPLE:
            yield Finding(
                file, line, Severity.ADVICE, f"hard words or long sentences: {section.heading}",
                f"its reading ease is {ease:.0f}; plain English has {LEAST_EASE} and more",
                "say it as you would to a friend on the telephone",
            )  # fmt: skip


def _heading_above(begin: int, lines: Sequence[str]) -> int:
    """The line of the heading that stands nearest above the paragraph; the paragraph's, for want of one."""
    return next((number for number in range(begin, 0, -1) if lines[number - 1].startswith("#")), begin)


def _line_in(lines: Sequence[str], begin: int, sentence: str) -> int:
    """The line, from the paragraph's first on, on which the sentence begins."""
    first = " ".join(sentence.split()[:FIRST_WORDS])
    for number in range(begin, len(lines) + 1):
        here = " ".join(lines[number - 1 : number + 1])
        place = " ".join(here.split()).find(first)
        if 0 <= place <= len(lines[number - 1].strip()):
            return number
        if not lines[number - 1].strip():
            break
    return begin


def _line_of(name: str, source: GuideSource) -> int:
    """Of a field of the front matter; the first, where it is not there."""
    return next((number for number, line in enumerate(source.lines, 1) if line.startswith(f"{name}:")), 1)
