"""Whether a guide helped."""

from skill.bookmark import Bookmark
from skill.dialogue.listening import where_we_are
from skill.dialogue.reminders import offered
from skill.dialogue.reply import Ask, Card, Question, Reply
from skill.dialogue.turn import Turn
from skill.dialogue.welcome import unheard
from skill.library import Guide
from skill.prompts import say

VOTE_QUESTIONS = (Question.HELPED, Question.HELPED_LAST_TIME)


def helped(turn: Turn) -> Reply:
    """ "It helped." """
    return _vote(turn, helpful=True)


def not_helped(turn: Turn) -> Reply:
    """ "It didn't help." """
    return _vote(turn, helpful=False)


def _vote(turn: Turn, helpful: bool) -> Reply:
    guide = _guide_voted_on(turn)
    if not guide:
        return turn.reply(say("feedback.nothing_to_rate"), ask=where_we_are(turn))
    noted = turn.memory.vote(guide.slug, helpful)
    thanks = "feedback.thanks_helped" if helpful else "feedback.thanks_not_helped"
    ask = _after_vote(turn, guide)
    reply = Reply(
        (say(thanks if noted else "feedback.not_noted"),), ask, _place_after(turn), _sign_up(turn, guide)
    )
    return reply if ask == turn.session.ask else offered(turn, reply)


def _guide_voted_on(turn: Turn) -> Guide | None:
    """The one that was asked about; else hers; else the one that she started last."""
    ask, hearings = turn.session.ask, turn.memory.listener.hearings
    if ask and ask.question in VOTE_QUESTIONS:
        return turn.library.guide(ask.guide)
    if turn.current:
        return turn.current[0]
    return next((guide for hearing in hearings if (guide := turn.library.guide(hearing.guide))), None)


def _after_vote(turn: Turn, guide: Guide) -> Ask:
    """In the middle of a guide, back to it; at its end, another one if there is one."""
    ask = turn.session.ask
    if ask and ask.question not in VOTE_QUESTIONS:
        return ask
    other = unheard(turn, guide.slug)
    return Ask(Question.ANOTHER_GUIDE, other.slug) if other else Ask(Question.ANYTHING_ELSE)


def _sign_up(turn: Turn, guide: Guide) -> Card | None:
    if not guide.sign_up:
        return None
    text = say("card.end_text", sign_up=guide.sign_up, link=f"{turn.show.base_url}/{guide.slug}")
    return Card(say("card.end_title", guide=guide.title), (text,))


def _place_after(turn: Turn) -> Bookmark | None:
    """Nowhere, once a guide was voted on at its end."""
    ask = turn.session.ask
    return None if ask and ask.question in VOTE_QUESTIONS else turn.session.place
