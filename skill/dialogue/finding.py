"""What a listener asks for in her own words: an answer from the guides, and what fits her time."""

from skill.bookmark import Bookmark
from skill.dialogue import choosing, listening, wording
from skill.dialogue.leaving import stop
from skill.dialogue.listening import where_we_are
from skill.dialogue.reading import is_tip, portion_at, seconds_left
from skill.dialogue.reply import Ask, Play, Question, Reply
from skill.dialogue.turn import Turn
from skill.finding.fitting import best_fitting, duration_seconds, shortest
from skill.finding.index import Found
from skill.finding.names import nearest
from skill.library import Clip, Guide
from skill.prompts import say
from skill.store.contract import Counted

NEIGHBOURS_LEAST = 0.5
"""Of the best passage's score, that the one beside it must have to be read with it."""


def ask(turn: Turn) -> Reply:
    """The passages that answer her question; else an honest no, and the nearest guide."""
    question = _spoken(turn, "query")
    return _answer(turn, question) or _no_guide_on_that(turn, question)


def section(turn: Turn) -> Reply:
    """The part that she named; where there is none of that name, what the guides say on those words."""
    known = listening.section_asked_for(turn)
    return (None if known else _answer(turn, _spoken(turn, "section"))) or listening.section(turn)


def guide(turn: Turn) -> Reply:
    """The guide that she named; where there is none of that name, what the guides say on those words."""
    known = choosing.guides_meant(turn)
    return (None if known else _answer(turn, _spoken(turn, "guide"))) or choosing.guide(turn)


def time(turn: Turn) -> Reply:
    """What fits the time that she has: the rest of her guide, else another one, else a part."""
    seconds = duration_seconds(_spoken(turn, "duration"))
    if seconds is None:
        return turn.reply(say("finding.time_unclear"), ask=where_we_are(turn))
    if rest := _rest_of_hers(turn, seconds):
        return rest
    heard = {hearing.guide for hearing in turn.memory.listener.hearings if hearing.finished}
    fitting = best_fitting(turn.library.guides, seconds, heard)
    if not fitting:
        length = wording.length(shortest(turn.library.guides).seconds)
        return turn.reply(say("finding.nothing_fits", length=length), ask=where_we_are(turn))
    guide, length = fitting.guide, wording.length(fitting.seconds)
    if fitting.section is None:
        return turn.reply(
            say("finding.guide_fits", guide=guide.title, length=length), ask=Ask(Question.START, guide.slug)
        )
    part = wording.part(guide, fitting.section)
    told = say("finding.part_fits", guide=guide.title, part=part, length=length)
    return turn.reply(told, ask=Ask(Question.THAT_PART, guide.slug, fitting.section))


def back_to_hers(turn: Turn) -> Reply:
    """No to what was found: back to her own guide, if she is in one."""
    if not turn.current:
        return stop(turn)
    return turn.reply(say("answers.fine"), ask=Ask(Question.CARRY_ON, turn.current[0].slug))


def _spoken(turn: Turn, slot: str) -> str:
    return turn.slots[slot].spoken if slot in turn.slots else ""


def _answer(turn: Turn, question: str) -> Reply | None:
    """An aside: her own place stays where it is."""
    found = turn.index().find(question)
    guide = turn.library.guide(found[0].guide) if found else None
    if not guide:
        return None
    best = found[0]
    sample = () if guide.reviewed else (say("listening.sample"),)
    follow = Question.THAT_GUIDE if is_tip(guide, best.section) else Question.THAT_PART
    return turn.reply(
        say("finding.from_guide", guide=guide.title),
        *sample,
        Play(_clips(guide, _with_neighbours(found))),
        ask=Ask(follow, guide.slug, best.section),
    )


def _with_neighbours(found: tuple[Found, ...]) -> list[Found]:
    """The best passage, and those found beside it that are nearly as good, in reading order."""
    best = found[0]
    together = [
        each
        for each in found
        if (each.guide, each.section, each.deeper) == (best.guide, best.section, best.deeper)
        and abs(each.passage - best.passage) <= 1
        and each.score >= best.score * NEIGHBOURS_LEAST
    ]
    return sorted(together, key=lambda each: each.passage)


def _clips(guide: Guide, passages: list[Found]) -> tuple[Clip, ...]:
    """Their recordings, as many as one answer holds."""
    first, last = passages[0], passages[-1]
    if is_tip(guide, first.section):
        return guide.tip.clips
    part = guide.sections[first.section]
    all_passages = part.more if first.deeper else part.lead
    before = sum(len(passage.clips) for passage in all_passages[: first.passage])
    wanted = sum(len(passage.clips) for passage in all_passages[first.passage : last.passage + 1])
    return portion_at(guide, Bookmark(guide.slug, first.section, before, first.deeper)).clips[:wanted]


def _no_guide_on_that(turn: Turn, question: str) -> Reply:
    told = say("finding.no_guide")
    likest = turn.index().nearest(question)
    if question.strip():
        turn.memory.count(Counted.NO_ANSWER, likest.guide if likest else "")
    slug = likest.guide if likest else nearest(question, turn.library.guide_names, least=0.0)[0]
    if turn.current and turn.current[0].slug == slug:
        return turn.reply(told, ask=where_we_are(turn))
    return turn.reply(told, ask=Ask(Question.THAT_GUIDE, slug))


def _rest_of_hers(turn: Turn, seconds: float) -> Reply | None:
    """An offer to finish what she has begun, where that fits."""
    if not turn.current or not turn.portion:
        return None
    guide, place = turn.current
    ahead = turn.portion.next if turn.session.place else place
    left = seconds_left(guide, ahead) if ahead else 0.0
    if not ahead or left > seconds:
        return None
    told = say("finding.rest_fits", guide=guide.title, length=wording.length(left))
    return turn.reply(told, ask=Ask(Question.CARRY_ON, guide.slug, ahead.section))
