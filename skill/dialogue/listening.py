"""Being read to: from the start, onwards, deeper, back, and the top tip."""

from dataclasses import replace

from skill.bookmark import Bookmark
from skill.dialogue import wording
from skill.dialogue.reading import Portion, is_tip, portion_at
from skill.dialogue.reply import Ask, Card, Play, Question, Reply
from skill.dialogue.turn import Turn
from skill.finding.names import resolve
from skill.library import Guide
from skill.prompts import Say, say

OFFERS = (Question.START, Question.ANOTHER_GUIDE, Question.THAT_GUIDE)
"""Questions to which "carry on" is a yes."""


def begin(turn: Turn, guide: Guide) -> Reply:
    """The guide from its start."""
    sample = () if guide.reviewed else (say("listening.sample"),)
    turn.memory.start(guide.slug)
    reading = read(turn, guide, Bookmark(guide.slug), say("listening.begin", guide=guide.title), *sample)
    return replace(reading, card=_card(turn, guide))


def read(turn: Turn, guide: Guide, place: Bookmark, *before: Say) -> Reply:
    """As much as one answer holds from that place on, then the question how to go on."""
    portion = portion_at(guide, place)
    if is_tip(guide, portion.start.section):
        turn.memory.finish(guide.slug)
    return Reply((*before, Play(portion.clips)), after(guide, portion), portion.start, reads_on=True)


def after(guide: Guide, portion: Portion) -> Ask:
    """The question that belongs behind a portion."""
    if portion.next is None:
        return Ask(Question.HELPED, guide.slug)
    start = portion.start
    deeper_left = portion.ends_section and not start.deeper and bool(guide.sections[start.section].more)
    if is_tip(guide, portion.next.section):
        question = Question.TIP_OR_MORE if deeper_left else Question.TIP
    else:
        question = Question.NEXT_OR_MORE if deeper_left else Question.NEXT
    return Ask(question, guide.slug, portion.next.section)


def where_we_are(turn: Turn) -> Ask:
    """The question that leads back to the path, after an aside."""
    if turn.session.ask:
        return turn.session.ask
    if turn.current:
        return Ask(Question.CARRY_ON, turn.current[0].slug)
    return Ask(Question.START, turn.library.guides[0].slug)


def carry_on(turn: Turn) -> Reply:
    """What comes after the last reading; in a new conversation, from the bookmark; or the guide on offer."""
    ask = turn.session.ask
    if ask and ask.question in OFFERS and (offered := turn.library.guide(ask.guide)):
        return begin(turn, offered)
    if not turn.current:
        return that_part(turn) or _nothing_started(turn)
    guide, place = turn.current
    if not turn.session.place:
        return read(turn, guide, place)
    following = portion_at(guide, place).next
    if following is None:
        return turn.reply(ask=Ask(Question.HELPED, guide.slug))
    return read(turn, guide, following)


def tell_me_more(turn: Turn) -> Reply:
    """The deeper passages of the section that she is in."""
    if not turn.current:
        return _nothing_started(turn)
    guide, place = turn.current
    portion = portion_at(guide, place)
    if not portion.ends_section and portion.next:
        return read(turn, guide, portion.next)
    section = portion.start.section
    if place.deeper or is_tip(guide, section) or not guide.sections[section].more:
        return turn.reply(say("listening.no_more"), ask=after(guide, portion))
    return read(turn, guide, Bookmark(guide.slug, section, deeper=True))


def top_tip(turn: Turn) -> Reply:
    """The tip of her guide, or of the newest; her place stays, unless the tip is what comes next anyway."""
    if turn.session.ask and turn.session.ask.question in (Question.TIP, Question.TIP_OR_MORE):
        return carry_on(turn)
    guide, _ = turn.current or (turn.library.guides[0], None)
    tip = portion_at(guide, Bookmark(guide.slug, len(guide.sections)))
    if turn.session.place is None:
        question = Question.CARRY_ON if turn.current else Question.START
        return turn.reply(Play(tip.clips), ask=Ask(question, guide.slug))
    return turn.reply(Play(tip.clips), ask=turn.session.ask or Ask(Question.NEXT, guide.slug))


def next_part(turn: Turn) -> Reply:
    """The next section, or the tip after the last."""
    if not turn.current:
        return _nothing_started(turn)
    guide, place = turn.current
    if is_tip(guide, place.section):
        return turn.reply(say("listening.no_next"), ask=Ask(Question.HELPED, guide.slug))
    return read(turn, guide, Bookmark(guide.slug, place.section + 1))


def previous_part(turn: Turn) -> Reply:
    """The section before, or the first once more."""
    if not turn.current:
        return _nothing_started(turn)
    guide, place = turn.current
    if place.section == 0:
        return read(turn, guide, Bookmark(guide.slug), say("listening.no_previous"))
    return read(turn, guide, Bookmark(guide.slug, min(place.section, len(guide.sections)) - 1))


def repeat(turn: Turn) -> Reply:
    """What was read last; before any reading, and while a reminder is talked about, the question."""
    if turn.session.place and turn.current and not turn.session.reminder:
        return read(turn, *turn.current)
    return turn.reply(ask=where_we_are(turn))


def start_over(turn: Turn) -> Reply:
    """Her guide from its beginning."""
    if not turn.current:
        return begin(turn, turn.library.guides[0])
    guide, _ = turn.current
    turn.memory.start(guide.slug)
    return read(turn, guide, Bookmark(guide.slug), say("listening.back_to_start"))


def section(turn: Turn) -> Reply:
    """The section that she asked for by name or number, in her guide or in the one that has it."""
    if found := section_asked_for(turn):
        return _read_part(turn, *found)
    guide = turn.current[0] if turn.current else turn.library.guides[0]
    return turn.reply(
        say("choosing.unknown_part", guide=guide.title, parts=wording.parts(guide)),
        ask=Ask(Question.WHICH_PART, guide.slug),
    )


def that_part(turn: Turn) -> Reply | None:
    """The part that the open question is about; None where it is about none."""
    ask = turn.session.ask
    guide = turn.library.guide(ask.guide) if ask and ask.question is Question.THAT_PART else None
    return _read_part(turn, guide, ask.section) if ask and guide else None


def section_asked_for(turn: Turn) -> tuple[Guide, int] | None:
    """The guide and the number of the part, counted from 0; None where there is no such part."""
    here = turn.current[0] if turn.current else turn.library.guides[0]
    numbers = {str(position + 1): position for position in range(len(here.sections))}
    for name in ("number", "ordinal"):
        slot = turn.slots.get(name)
        if slot and slot.spoken in numbers:
            return here, numbers[slot.spoken]
    slot = turn.slots.get("section")
    ids = resolve(slot.spoken, slot.ids, turn.library.section_names) if slot else ()
    # Two guides may have parts of one name: her own guide's comes first.
    for identity in sorted(ids, key=lambda identity: not identity.startswith(f"{here.slug}.")):
        slug, _, number = identity.rpartition(".")
        guide = turn.library.guide(slug)
        if guide:
            return guide, int(number)
    return None


def _read_part(turn: Turn, guide: Guide, number: int) -> Reply:
    if not turn.current or turn.current[0].slug != guide.slug:
        turn.memory.start(guide.slug)
    return read(turn, guide, Bookmark(guide.slug, number))


def _card(turn: Turn, guide: Guide) -> Card:
    """What is in the guide, and where its page is."""
    parts = (
        say("card.part", number=number, heading=part.heading)
        for number, part in enumerate(guide.sections, start=1)
    )
    return Card(say("card.begin_title", guide=guide.title), (*parts, f"{turn.show.base_url}/{guide.slug}"))


def _nothing_started(turn: Turn) -> Reply:
    guide = turn.library.guides[0]
    return turn.reply(say("listening.no_guide_yet"), ask=Ask(Question.START, guide.slug))
