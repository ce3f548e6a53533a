"""What a screen shows: where she is, and what she may touch instead of saying it. Pure."""

from skill.dialogue.reading import is_tip, portion_at
from skill.dialogue.reply import Play, Question, Reply, Screen, Touch
from skill.dialogue.turn import Turn
from skill.library import Guide
from skill.prompts import Value, say

STOP = Touch(say("screen.stop"), "AMAZON.StopIntent")
READING = (
    Touch(say("screen.carry_on"), "CarryOnIntent"),
    Touch(say("screen.tell_me_more"), "TellMeMoreIntent"),
    Touch(say("screen.top_tip"), "TopTipIntent"),
    STOP,
)
YES_OR_NO = (
    Touch(say("screen.yes"), "AMAZON.YesIntent"),
    Touch(say("screen.no"), "AMAZON.NoIntent"),
    STOP,
)
TOUCHABLE = tuple(touch.intent for touch in (*READING, *YES_OR_NO))
WHILE_READING = (
    Question.START,
    Question.CARRY_ON,
    Question.NEXT,
    Question.NEXT_OR_MORE,
    Question.TIP,
    Question.TIP_OR_MORE,
    Question.ANOTHER_GUIDE,
    Question.WHICH_GUIDE,
    Question.WHICH_PART,
    Question.THAT_PART,
    Question.THAT_GUIDE,
)
"""Questions with which she can carry on."""


def screen(turn: Turn, reply: Reply) -> Screen | None:
    """What belongs to an answer that leaves a question open; None on a device without a screen.

    The device's own player fills the screen while it plays, so what starts or stops it shows nothing here.
    """
    if not turn.device.has_screen or not reply.ask or reply.directives:
        return None
    touches = READING if reply.ask.question in WHILE_READING else YES_OR_NO
    guide = turn.library.guide(reply.ask.guide) or (turn.current[0] if turn.current else None)
    return _of_guide(guide, turn, reply, touches) if guide else Screen(turn.show.name, touches=touches)


def _of_guide(guide: Guide, turn: Turn, reply: Reply, touches: tuple[Touch, ...]) -> Screen:
    place = reply.place or turn.place
    part: Value = ""
    progress: Value = ""
    if Play(guide.tip.clips) in reply.speech:
        # The tip may be heard out of its turn, while her place stays.
        part = say("screen.top_tip")
    elif place and place.guide == guide.slug:
        number = portion_at(guide, place).start.section
        if is_tip(guide, number):
            part = say("screen.top_tip")
        else:
            part = guide.sections[number].heading
            progress = say("screen.progress", number=number + 1, count=len(guide.sections))
    return Screen(
        title=guide.title,
        part=part,
        progress=progress,
        picture=f"{turn.show.base_url}/audio/{guide.episode.cover_file}" if guide.episode else "",
        picture_alt=guide.title,
        touches=touches,
    )
