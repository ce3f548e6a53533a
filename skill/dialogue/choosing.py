"""What there is to hear, and how long it takes."""

from skill.dialogue import wording
from skill.dialogue.listening import begin, where_we_are
from skill.dialogue.reading import seconds_left
from skill.dialogue.reply import Ask, Card, Question, Reply
from skill.dialogue.turn import Turn
from skill.finding.names import resolve
from skill.library import Guide, Related
from skill.prompts import Listed, Say, say

MOST_NAMED = 5
"""Guides in one breath: more can be neither listened to nor remembered."""


def guide(turn: Turn) -> Reply:
    """The guide that she named; where two have such names, which of them."""
    meant = guides_meant(turn)
    if len(meant) == 1:
        return begin(turn, meant[0])
    if len(meant) == 2:
        first, other = meant
        told = say("choosing.two_alike", guide=first.title, other=other.title)
        return turn.reply(told, ask=Ask(Question.WHICH_OF_TWO, first.slug, other=other.slug))
    key = "choosing.many_alike" if meant else "choosing.unknown_guide"
    named = wording.guides((meant or turn.library.guides)[:MOST_NAMED])
    return turn.reply(say(key, guides=named), ask=Ask(Question.WHICH_GUIDE))


def guides_meant(turn: Turn) -> tuple[Guide, ...]:
    """Those that go by the name that she said, or by about such a name; or the one that she counted out."""
    if "ordinal" in turn.slots:
        counted = {str(number): guide for number, guide in enumerate(_offered(turn), start=1)}
        named = counted.get(turn.slots["ordinal"].spoken)
        return (named,) if named else ()
    slot = turn.slots.get("guide")
    slugs = resolve(slot.spoken, slot.ids, turn.library.guide_names) if slot else ()
    return tuple(guide for slug in slugs if (guide := turn.library.guide(slug)))


def first_of_two(turn: Turn) -> Reply:
    """Yes: the one that was asked about."""
    return begin(turn, _offered(turn)[0])


def second_of_two(turn: Turn) -> Reply:
    """No: then it is the other one."""
    return begin(turn, _offered(turn)[1])


def _offered(turn: Turn) -> tuple[Guide, ...]:
    """The guides that were named last: the two that are asked about, else all."""
    ask = turn.session.ask
    slugs = (ask.guide, ask.other) if ask else ()
    two = tuple(guide for slug in slugs if (guide := turn.library.guide(slug)))
    return two if len(two) == 2 else turn.library.guides


def contents(turn: Turn) -> Reply:
    """The parts of her guide."""
    about = _guide_spoken_of(turn)
    told = say("choosing.contents", guide=about.title, parts=wording.parts(about))
    return turn.reply(told, ask=where_we_are(turn))


def how_long(turn: Turn) -> Reply:
    """The length of her guide, or what is left of it."""
    about = _guide_spoken_of(turn)
    if turn.portion and turn.portion.next and turn.portion.start.guide == about.slug and not _at_start(turn):
        left = wording.length(seconds_left(about, turn.portion.next))
        told = say("choosing.length_left", guide=about.title, length=left)
    else:
        told = say("choosing.length", guide=about.title, length=wording.length(about.listening_seconds))
    return turn.reply(told, ask=where_we_are(turn))


def what_else(turn: Turn) -> Reply:
    """Related reads: those that we can read are offered, the others named and put on a card."""
    about = _guide_spoken_of(turn)
    elsewhere = [read for read in about.related if not turn.library.guide(read.guide)]
    told: list[Say] = []
    if elsewhere:
        told.append(say("choosing.related", reads=Listed(tuple(map(_named, elsewhere)))))
    readable = [other for read in about.related if (other := turn.library.guide(read.guide))]
    if readable:
        offered = readable[0]
        told.append(
            say("choosing.readable", guide=offered.title, length=wording.length(offered.listening_seconds))
        )
        ask = Ask(Question.ANOTHER_GUIDE, offered.slug)
    else:
        ask = where_we_are(turn)
    card = _card(turn, about) if elsewhere else None
    return turn.reply(*(told or [say("choosing.no_related")]), ask=ask, card=card)


def _card(turn: Turn, about: Guide) -> Card:
    page = f"{turn.show.base_url}/{about.slug}"
    lines = tuple(
        say("card.related_line", title=read.title or read.link or page, length=wording.related_length(read))
        for read in about.related
    )
    links = tuple(dict.fromkeys(read.link or page for read in about.related))
    return Card(say("card.related_title", topic=about.topic), (*lines, *links))


def _named(read: Related) -> Say:
    length = wording.related_length(read)
    return (
        say("read.titled", title=read.title, length=length)
        if read.title
        else say("read.untitled", length=length)
    )


def _guide_spoken_of(turn: Turn) -> Guide:
    """The one that she is offered or hears; else the newest."""
    asked = turn.session.ask and turn.library.guide(turn.session.ask.guide)
    return asked or (turn.current[0] if turn.current else turn.library.guides[0])


def _at_start(turn: Turn) -> bool:
    return turn.session.place is None and turn.memory.listener.bookmark is None
