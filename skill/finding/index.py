"""The passages that answer a question: BM25 over the whole library, built once and never changed.

Ranking as Robertson and Zaragoza tell it ("The Probabilistic Relevance Framework: BM25 and Beyond", 2009),
over three fields: a passage's words, the names of its section, and those of its guide. SQLite's FTS5 answers
fewer questions: its inverse document frequency falls to nothing for words that half of a small library has.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from skill.finding.synonyms import Synonyms
from skill.finding.words import stem, words
from skill.library import Guide, Section

SATURATION = 1.2
"""BM25's k1: how fast more of the same word stops counting."""
LENGTH_SHARE = 0.75
"""BM25's b: how far a long text's words count less."""
NAMES_WEIGHT = 0.6
"""Of a word in the section's heading or aliases, against one in the passage."""
TITLE_WEIGHT = 0.1
"""Of a word in the guide's title or aliases, against one in the passage."""
SYNONYM_WEIGHT = 0.8
"""Of a guide's word that stands for the one asked."""
LEAST_SHARE = 0.25
"""Of the question, weighed by how telling its words are, that a passage must have to be an answer."""
LEAST_SHARE_ON_TOPIC = 0.55
"""The same, where the question has a topic that no section or guide is named after, but that is mentioned."""
MOST_FOUND = 3


@dataclass(frozen=True)
class Found:
    """A passage that may answer a question."""

    guide: str
    """Slug."""
    section: int
    """Counted from 0; the one after the last section is the top tip."""
    deeper: bool
    """Whether it lies in the section's deeper passages."""
    passage: int
    """Counted from 0, among the section's lead (or deeper) passages."""
    score: float = 0.0
    share: float = 0.0
    """From 0 to 1: how much of the question it has."""


class Index:
    """Finds passages by their words. Safe for any number of threads."""

    def __init__(self, guides: Sequence[Guide], synonyms: Synonyms) -> None:
        self._ignored = synonyms.ignored
        self._topics = frozenset(map(stem, synonyms.topics))
        self._synonyms = {stem(word): _stems(others) for word, others in synonyms.synonyms.items()}
        places: list[Found] = []
        texts: list[tuple[str, ...]] = []
        section_names, guide_names = _Names(NAMES_WEIGHT), _Names(TITLE_WEIGHT)
        for guide in guides:
            guide_names.open(self._stems(" ".join([guide.title, *guide.aliases])))
            for number, section in enumerate([*guide.sections, _tip(guide)]):
                section_names.open(self._stems(" ".join([section.heading, *section.aliases])))
                for place, text in _passages(guide.slug, number, section):
                    section_names.members[-1].append(len(places))
                    guide_names.members[-1].append(len(places))
                    places.append(place)
                    texts.append(self._stems(text))
        self._places = tuple(places)
        self._weights, self._rarity = _bm25(texts)
        self._unknown = _rarity(0, len(texts))
        self._named = frozenset(section_names.words() | guide_names.words())
        for names in (section_names, guide_names):
            names.add_to(self._weights)

    def find(self, question: str) -> tuple[Found, ...]:
        """The best passages, best first; none where no passage has enough of the question."""
        best = self._ranked(question, MOST_FOUND)
        only_mentioned = self._topics.intersection(self._stems(question)) - self._named
        least = LEAST_SHARE_ON_TOPIC if only_mentioned else LEAST_SHARE
        return best if best and best[0].share >= least else ()

    def nearest(self, question: str) -> Found | None:
        """The passage that has most of the question, be it ever so little."""
        return next(iter(self._ranked(question, 1, every_topic=False)), None)

    def _ranked(self, question: str, most: int, every_topic: bool = True) -> tuple[Found, ...]:
        """The best passages that have any of its words, best first; all of its topics, if that is wanted."""
        asked = tuple(dict.fromkeys(self._stems(question)))
        matches = {word: self._matches(word) for word in asked}
        scores: defaultdict[int, float] = defaultdict(float)
        for having in matches.values():
            for passage, weight in having.items():
                scores[passage] += weight
        topics = self._topics.intersection(asked) if every_topic else ()
        on_topic = (passage for passage in scores if all(passage in matches[topic] for topic in topics))
        best = heapq.nsmallest(most, on_topic, key=lambda passage: (-scores[passage], passage))
        telling = {word: self._telling(word) for word in asked}
        whole = sum(telling.values())
        shares = [sum(telling[word] for word in asked if each in matches[word]) / whole for each in best]
        return tuple(
            replace(self._places[passage], score=scores[passage], share=share)
            for passage, share in zip(best, shares, strict=True)
        )

    def _matches(self, word: str) -> Mapping[int, float]:
        """Passages that have the word or one that stands for it, with its weight in each."""
        own = self._weights.get(word, {})
        others = [self._weights[other] for other in self._synonyms.get(word, ()) if other in self._weights]
        if not others:
            return own
        matches = dict(own)
        for having in others:
            for passage, weight in having.items():
                matches[passage] = matches.get(passage, 0.0) + SYNONYM_WEIGHT * weight
        return matches

    def _telling(self, word: str) -> float:
        """How much the word tells passages apart; one that the library hasn't, as much as any."""
        alike = (word, *self._synonyms.get(word, ()))
        return max(
            (self._rarity.get(other, self._unknown) for other in alike if other in self._weights),
            default=self._unknown,
        )

    def _stems(self, text: str) -> tuple[str, ...]:
        """Its telling words; all of them where there are no others."""
        found = words(text)
        return _stems([word for word in found if word not in self._ignored] or found)


@dataclass
class _Names:
    """A field that many passages share."""

    weight: float
    names: list[tuple[str, ...]] = field(default_factory=list)
    members: list[list[int]] = field(default_factory=list)
    """The passages that each of the names belongs to."""

    def open(self, name: tuple[str, ...]) -> None:
        self.names.append(name)
        self.members.append([])

    def words(self) -> set[str]:
        """All of them."""
        return {word for name in self.names for word in name}

    def add_to(self, weights: dict[str, dict[int, float]]) -> None:
        """Add each word's weight here to its weight in every passage."""
        for word, having in _bm25(self.names)[0].items():
            here = weights.setdefault(word, {})
            for position, weight in having.items():
                for passage in self.members[position]:
                    here[passage] = here.get(passage, 0.0) + self.weight * weight


def _tip(guide: Guide) -> Section:
    return Section("", (), (guide.tip,), ())


def _passages(slug: str, number: int, section: Section) -> Iterator[tuple[Found, str]]:
    for deeper, passages in ((False, section.lead), (True, section.more)):
        for position, passage in enumerate(passages):
            yield Found(slug, number, deeper, position), passage.text


def _stems(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(stem(word) for word in found)


def _bm25(texts: Sequence[Sequence[str]]) -> tuple[dict[str, dict[int, float]], Mapping[str, float]]:
    """Each word's weight in each text that has it, and its inverse document frequency."""
    average = sum(map(len, texts)) / (sum(1 for text in texts if text) or 1)
    weights: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for position, text in enumerate(texts):
        long = 1 - LENGTH_SHARE + LENGTH_SHARE * len(text) / average if text else 1.0
        for word, count in Counter(text).items():
            weights[word][position] = count * (SATURATION + 1) / (count + SATURATION * long)
    rarity = {word: _rarity(len(having), len(texts)) for word, having in weights.items()}
    for word, having in weights.items():
        for position in having:
            having[position] *= rarity[word]
    return dict(weights), rarity


def _rarity(having: int, texts: int) -> float:
    return math.log(1 + (texts - having + 0.5) / (having + 0.5))
