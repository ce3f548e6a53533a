"""A library of two small guides for tests: lengths and names that are easy to follow, no real recordings."""

from skill.library import (
    Chapter,
    Clip,
    Episode,
    Guide,
    Library,
    Passage,
    Recorded,
    Related,
    Section,
    Sentence,
)

SECONDS = 20.0
"""Of each clip, unless told."""


def passage(slug: str, name: str, seconds: float = SECONDS, heading: str = "") -> Passage:
    """A passage with one clip, named after it."""
    text = f"Text of {name} in {slug}."
    # Food has no quiet recordings.
    quiet = f"{slug}/{name}-quiet.mp3" if slug == "sleep" else ""
    clip = Clip(f"{slug}/{name}.mp3", seconds, "0" * 64, (Sentence(text, 0.25, seconds - 0.25),), quiet)
    return Passage(text, heading, (clip,))


def section(
    slug: str, number: int, heading: str, aliases: tuple[str, ...], leads: int, mores: int
) -> Section:
    """A section with that many lead and deeper passages."""
    lead = tuple(passage(slug, f"part-{number}-lead-{position + 1}") for position in range(leads))
    more = tuple(passage(slug, f"part-{number}-more-{position + 1}") for position in range(mores))
    return Section(heading, aliases, lead, more)


def library() -> Library:
    """Sleep (two parts, the first with more to tell) and, older, a sample on Food (one long part)."""
    sleep = Guide(
        slug="sleep",
        title="Sleeping well",
        topic="Nights",
        read_minutes=6,
        published="2026-02-01",
        sections=(
            section("sleep", 1, "Why babies wake", ("waking", "night waking"), leads=2, mores=2),
            section("sleep", 2, "A calm evening", ("evenings", "bedtime"), leads=1, mores=0),
        ),
        tip=passage("sleep", "top-tip", 5.0, "Top tip"),
        aliases=("sleep",),
        sign_up="Stay in touch",
        # Food has no episode.
        episode=Episode(
            file="sleep/episode.mp3",
            seconds=127.0,
            size=1_524_000,
            chapters=(
                Chapter("Sleeping well", 0.0, ()),
                Chapter("Why babies wake", 2.0, ()),
                Chapter("A calm evening", 82.0, ()),
                Chapter("Top tip", 102.0, ()),
            ),
            chapters_file="sleep/episode.json",
            transcript_file="sleep/episode.vtt",
            words_file="sleep/episode.words.vtt",
            cover_file="sleep/episode.jpg",
            sha256s=("0" * 64,) * 5,
        ),
        related=(
            Related("Food for babies", "food", video_minutes=2, read_minutes=5),
            Related("Naps by day", "", video_minutes=0, read_minutes=4, link="https://example.org/naps"),
            Related("", "", video_minutes=2, read_minutes=6),
        ),
    )
    food = Guide(
        slug="food",
        title="First foods",
        topic="Eating",
        read_minutes=3,
        published="2026-01-01",
        sections=(section("food", 1, "Starting slowly", ("first tastes",), leads=7, mores=0),),
        tip=passage("food", "top-tip", 5.0, "Top tip"),
        aliases=("food", "weaning"),
        reviewed=False,
    )
    return Library(tuple(Recorded(guide, "house", "", "") for guide in (sleep, food)))
