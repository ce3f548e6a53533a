"""The first words: who we are, or where we had got to."""

from skill.dialogue import wording
from skill.dialogue.reading import is_tip
from skill.dialogue.reply import Ask, Question, Reply
from skill.dialogue.turn import Turn
from skill.library import Guide
from skill.prompts import say

MOST_ASKINGS = 2
"""Launches at which the vote on one guide is asked for; after that, it is hers to offer."""


def launch(turn: Turn) -> Reply:
    """Offer to carry on; else ask whether the last guide helped; else offer a guide."""
    return _coming_back(turn) or _asking_about_the_last(turn) or _offering(turn)


def unheard(turn: Turn, *but: str) -> Guide | None:
    """The newest guide that she never started, other than those slugs."""
    started = {hearing.guide for hearing in turn.memory.listener.hearings}.union(but)
    return next((guide for guide in turn.library.guides if guide.slug not in started), None)


def _coming_back(turn: Turn) -> Reply | None:
    if not turn.current:
        return None
    guide, place = turn.current
    if is_tip(guide, place.section):
        greeting = say("welcome.coming_back_to_tip", guide=guide.title)
    else:
        greeting = say("welcome.coming_back", guide=guide.title, part=wording.part(guide, place.section))
    return turn.reply(greeting, ask=Ask(Question.CARRY_ON, guide.slug, place.section))


def _asking_about_the_last(turn: Turn) -> Reply | None:
    for hearing in turn.memory.listener.hearings:
        guide = turn.library.guide(hearing.guide)
        if guide and hearing.finished and hearing.helpful is None and hearing.times_asked < MOST_ASKINGS:
            turn.memory.count_asking(guide.slug)
            greeting = say("welcome.finished", guide=guide.title)
            return turn.reply(greeting, ask=Ask(Question.HELPED_LAST_TIME, guide.slug))
    return None


def _offering(turn: Turn) -> Reply:
    newest = turn.library.guides[0]
    if not turn.memory.listener.hearings:
        key, guide = "welcome.first", newest
    elif another := unheard(turn):
        key, guide = "welcome.another", another
    else:
        key, guide = "welcome.all_heard", newest
    greeting = say(key, guide=guide.title, length=wording.length(guide.listening_seconds))
    return turn.reply(greeting, ask=Ask(Question.START, guide.slug))
