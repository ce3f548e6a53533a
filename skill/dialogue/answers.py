"""What a bare "yes" or "no" does: they answer the open question, and only that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from skill.dialogue.choosing import first_of_two, second_of_two
from skill.dialogue.feedback import helped, not_helped
from skill.dialogue.finding import back_to_hers
from skill.dialogue.forgetting import forget, rather_not
from skill.dialogue.guidance import explain
from skill.dialogue.leaving import enough, stop
from skill.dialogue.listening import begin, carry_on, read, that_part, where_we_are
from skill.dialogue.reminders import change, remind, set_it
from skill.dialogue.reminders import rather_not as no_reminder
from skill.dialogue.reply import Ask, Question, Reply
from skill.dialogue.turn import Turn
from skill.dialogue.welcome import unheard
from skill.library import Guide
from skill.prompts import say

Topic = Callable[[Turn], Reply]


@dataclass(frozen=True)
class Answers:
    """What follows on each answer to one question."""

    yes: Topic
    no: Topic


def yes(turn: Turn) -> Reply:
    """Answer the open question; without one, be kind and ask how to go on."""
    ask = turn.session.ask
    if ask:
        return ANSWERS[ask.question].yes(turn)
    return turn.reply(say("answers.yes_to_nothing"), ask=where_we_are(turn))


def no(turn: Turn) -> Reply:
    """Answer the open question; without one, be kind and ask how to go on."""
    ask = turn.session.ask
    if ask:
        return ANSWERS[ask.question].no(turn)
    return turn.reply(say("answers.no_to_nothing"), ask=where_we_are(turn))


def _begin_offered(turn: Turn) -> Reply:
    return begin(turn, _guide_asked_about(turn))


def _resume(turn: Turn) -> Reply:
    """From the bookmark itself; whatever was read in this conversation lies behind it."""
    if not turn.current:
        return _begin_offered(turn)
    return carry_on(turn) if turn.session.place else read(turn, *turn.current)


def _offer_another(turn: Turn) -> Reply:
    """After a no to one guide, another that she has not heard; else goodbye."""
    other = unheard(turn, _guide_asked_about(turn).slug)
    if not other:
        return stop(turn)
    return turn.reply(say("answers.fine"), ask=Ask(Question.ANOTHER_GUIDE, other.slug))


def _read_that_part(turn: Turn) -> Reply:
    return that_part(turn) or _ask_again(turn)


def _ask_again(turn: Turn) -> Reply:
    return turn.reply(ask=turn.session.ask)


def _guide_asked_about(turn: Turn) -> Guide:
    slug = turn.session.ask.guide if turn.session.ask else ""
    return turn.library.guide(slug) or turn.library.guides[0]


ANSWERS: Mapping[Question, Answers] = {
    Question.START: Answers(_begin_offered, _offer_another),
    Question.CARRY_ON: Answers(_resume, _offer_another),
    Question.NEXT: Answers(carry_on, enough),
    Question.NEXT_OR_MORE: Answers(carry_on, enough),
    Question.TIP: Answers(carry_on, enough),
    Question.TIP_OR_MORE: Answers(carry_on, enough),
    Question.HELPED: Answers(helped, not_helped),
    Question.HELPED_LAST_TIME: Answers(helped, not_helped),
    Question.ANOTHER_GUIDE: Answers(_begin_offered, stop),
    Question.WHICH_GUIDE: Answers(_ask_again, stop),
    Question.WHICH_PART: Answers(_ask_again, stop),
    Question.ANYTHING_ELSE: Answers(explain, stop),
    Question.THAT_PART: Answers(_read_that_part, back_to_hers),
    Question.THAT_GUIDE: Answers(_begin_offered, back_to_hers),
    Question.WHICH_OF_TWO: Answers(first_of_two, second_of_two),
    Question.FORGET: Answers(forget, rather_not),
    Question.OFFER_REMINDER: Answers(remind, no_reminder),
    Question.WHICH_DAY: Answers(_ask_again, no_reminder),
    Question.WHICH_TIME: Answers(_ask_again, no_reminder),
    Question.SET_REMINDER: Answers(set_it, no_reminder),
    Question.CHANGE_REMINDER: Answers(change, no_reminder),
}
