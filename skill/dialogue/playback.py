"""Listening right through: the device plays clip after clip, and reports; nothing is said meanwhile.

Playback events have no session: what they know is the stored bookmark and the stream's token.
"""

from dataclasses import replace

from skill.bookmark import Bookmark
from skill.dialogue import leaving, listening, wording
from skill.dialogue.listening import OFFERS, where_we_are
from skill.dialogue.reply import Reply, StopStream, Stream
from skill.dialogue.stream_token import read_token
from skill.dialogue.turn import Turn
from skill.dialogue.whole_guide import moved, next_clip, next_part, previous_part, same_clip, track_at
from skill.finding.fitting import duration_seconds
from skill.library import Guide
from skill.prompts import Say, say

SKIP_SECONDS = 15.0
"""How far "skip back" goes, where she does not say."""


# which stream is meant


def known_stream(turn: Turn) -> tuple[Guide, Stream] | None:
    """What the device plays, or played last, with its guide; None where that is not of ours."""
    stream = read_token(turn.playing.token) if turn.playing else None
    guide = turn.library.guide(stream.place.guide) if stream else None
    if not turn.playing or not stream or not guide:
        return None
    start = track_at(guide, stream.place).place
    return guide, replace(stream, place=replace(start, offset=turn.playing.offset))


def stream_meant(turn: Turn) -> tuple[Guide, Stream] | None:
    """The stream that "next", "resume" and the like speak of; None where they speak of what is read to her.

    It is meant until something is read in this session, if it is the last that she heard: her bookmark stands
    in its clip, or at the next, which is then where the stream goes on. Where nothing at all is known of her,
    the device's word is enough.
    """
    known, kept = known_stream(turn), turn.memory.listener
    if not known or turn.session.place or not turn.device.plays_streams:
        return None
    guide, stream = known
    if same_clip(kept.bookmark, stream.place) or (not kept.bookmark and not kept.hearings):
        return known
    following = next_clip(guide, stream.place)
    if following and same_clip(kept.bookmark, following):
        return guide, _at(stream, following)
    return None


def _at(stream: Stream, place: Bookmark) -> Stream:
    """As asked for, from that place. The sleep wish holds for the part in which it was made."""
    wish = stream.until_section_ends and place.section == stream.place.section
    return Stream(place, until_section_ends=wish)


# what she asks for


def play_all(turn: Turn) -> Reply:
    """The whole guide; the rest of it, where she has begun it."""
    guide, place = _whole_or_rest(turn)
    part = wording.part(guide, place.section)
    key = "playback.begin" if place == Bookmark(guide.slug) else "playback.go_on"
    told = say(key, guide=guide.title, part=part)
    sample = () if guide.reviewed else (say("listening.sample"),)
    turn.memory.start(guide.slug)
    if not turn.device.plays_streams:
        return listening.read(turn, guide, place, say("playback.no_player"), *sample)
    return replace(_play(turn, Stream(place)), speech=(told, *sample))


def _whole_or_rest(turn: Turn) -> tuple[Guide, Bookmark]:
    """The guide on offer, from its start; else hers, from where she is; else the newest."""
    ask, place = turn.session.ask, turn.stopped_at
    offered = turn.library.guide(ask.guide) if ask and ask.question in OFFERS else None
    begun = turn.library.guide(place.guide) if place and not offered else None
    if begun and place:
        return begun, moved(begun, track_at(begun, place).place, place.offset) or Bookmark(begun.slug)
    guide = offered or (turn.current[0] if turn.current else turn.library.guides[0])
    return guide, Bookmark(guide.slug)


def resume(turn: Turn) -> Reply:
    """The stream, from where it stopped."""
    meant = stream_meant(turn)
    return _go(turn, meant, 0) if meant else listening.carry_on(turn)


def next_section(turn: Turn) -> Reply:
    """The stream from the next part on."""
    meant = stream_meant(turn)
    if not meant:
        return listening.next_part(turn)
    guide, stream = meant
    place = next_part(guide, stream.place)
    return _play(turn, _at(stream, place)) if place else _aside(turn, say("playback.at_the_end"))


def previous_section(turn: Turn) -> Reply:
    """The stream from the part before."""
    meant = stream_meant(turn)
    if not meant:
        return listening.previous_part(turn)
    guide, stream = meant
    return _play(turn, _at(stream, previous_part(guide, stream.place)))


def repeat(turn: Turn) -> Reply:
    """The clip that plays once more. In a conversation, "pardon?" is for what was said in it."""
    meant = stream_meant(turn) if turn.new_session else None
    if not meant:
        return listening.repeat(turn)
    _, stream = meant
    return _play(turn, _at(stream, replace(stream.place, offset=0.0)))


def start_over(turn: Turn) -> Reply:
    """The stream from the guide's beginning."""
    meant = stream_meant(turn)
    if not meant:
        return listening.start_over(turn)
    guide, stream = meant
    return _play(turn, _at(stream, Bookmark(guide.slug)))


def skip_back(turn: Turn) -> Reply:
    """The stream from some seconds before."""
    return _skip(turn, -1)


def skip_forward(turn: Turn) -> Reply:
    """The stream from some seconds on."""
    return _skip(turn, 1)


def stop_at_end(turn: Turn) -> Reply:
    """The sleep wish. The stream begins anew with it, at once: so it holds, and what was enqueued is gone."""
    meant = stream_meant(turn)
    if not meant:
        return _aside(turn, say("playback.stops_anyway"))
    guide, stream = meant
    wishing = Stream(moved(guide, stream.place, 0) or stream.place, until_section_ends=True)
    return replace(_play(turn, wishing), speech=(say("playback.will_stop"),))


def once_through(turn: Turn) -> Reply:
    """Loop and shuffle, on or off: a guide has its order."""
    return _aside(turn, say("playback.once_through"))


def stop(turn: Turn) -> Reply:
    """Stop what plays, without a word unless they have talked; else leave."""
    known = None if turn.session.place else known_stream(turn)
    if not known:
        return leaving.stop(turn)
    meant = stream_meant(turn)
    place = meant[1].place if meant else turn.stopped_at
    if not turn.new_session:
        return replace(leaving.goodbye(turn, place), directives=(StopStream(),))
    turn.memory.keep_bookmark(place)
    return Reply(directives=(StopStream(),))


def _skip(turn: Turn, direction: int) -> Reply:
    meant = stream_meant(turn)
    if not meant:
        return _aside(turn, say("playback.skips_streams_only"))
    return _go(turn, meant, direction * _seconds_asked_for(turn))


def _seconds_asked_for(turn: Turn) -> float:
    said = {name: slot.spoken for name, slot in turn.slots.items()}
    number = said.get("number", "")
    seconds = float(number) if number.isdecimal() else duration_seconds(said.get("duration", ""))
    return seconds or SKIP_SECONDS


def _go(turn: Turn, meant: tuple[Guide, Stream], seconds: float) -> Reply:
    """The stream from so many seconds on."""
    guide, stream = meant
    place = moved(guide, stream.place, seconds)
    return _play(turn, _at(stream, place)) if place else _aside(turn, say("playback.at_the_end"))


def _play(turn: Turn, stream: Stream) -> Reply:
    turn.memory.keep_bookmark(stream.place)
    return Reply(directives=(stream,))


def _aside(turn: Turn, told: Say) -> Reply:
    """Said over a stream, which then plays on; in a conversation, back to its question."""
    if turn.new_session and stream_meant(turn):
        return Reply((told,))
    return turn.reply(told, ask=where_we_are(turn))


# the buttons of a device: answered without a word


def play_pressed(turn: Turn) -> Reply:
    """On with the stream; else with the guide that she is in."""
    meant = stream_meant(turn)
    if meant:
        return _silently(_go(turn, meant, 0))
    if not turn.current or not turn.device.plays_streams:
        return Reply()
    guide, place = turn.current
    return _silently(_go(turn, (guide, Stream(place)), 0))


def pause_pressed(turn: Turn) -> Reply:
    """Stop what plays."""
    return _silently(stop(turn))


def next_pressed(turn: Turn) -> Reply:
    """The next part, if there is one."""
    return _silently(next_section(turn)) if stream_meant(turn) else Reply()


def previous_pressed(turn: Turn) -> Reply:
    """The part before."""
    return _silently(previous_section(turn)) if stream_meant(turn) else Reply()


def _silently(reply: Reply) -> Reply:
    return Reply(directives=reply.directives)


# what the device reports


def started(turn: Turn) -> Reply:
    """A clip plays: her place is in it."""
    if known := known_stream(turn):
        guide, stream = known
        if not turn.memory.listener.hearing(guide.slug):
            turn.memory.start(guide.slug)
        turn.memory.keep_bookmark(stream.place)
    return Reply()


def nearly_finished(turn: Turn) -> Reply:
    """Time to hand over the next clip."""
    known = known_stream(turn)
    following = _after(*known) if known else None
    if not known or not following or not turn.playing:
        return Reply()
    wish = known[1].until_section_ends
    return Reply(directives=(Stream(following, after=turn.playing.token, until_section_ends=wish),))


def finished(turn: Turn) -> Reply:
    """A clip was heard to its end; after the tip, the guide was."""
    if known := known_stream(turn):
        guide, stream = known
        following = next_clip(guide, stream.place)
        if _keep(turn, guide, following) and not following:
            turn.memory.finish(guide.slug)
    return Reply()


def stopped(turn: Turn) -> Reply:
    """Any way of stopping is a bookmark."""
    if known := known_stream(turn):
        guide, stream = known
        _keep(turn, guide, stream.place)
    return Reply()


def failed(turn: Turn) -> Reply:
    """A clip that cannot be played is skipped, once; her place stays where it failed."""
    known = known_stream(turn)
    if not known or not turn.playing:
        return Reply()
    guide, stream = known
    if stream.stumbled:
        return Reply()
    if not turn.playing.still_heard:
        _keep(turn, guide, stream.place)
    following = _after(guide, stream)
    if not following:
        return Reply()
    wish = stream.until_section_ends
    return Reply(directives=(Stream(following, turn.playing.still_heard, wish, stumbled=True),))


def _after(guide: Guide, stream: Stream) -> Bookmark | None:
    """Where the streams go on; None at the guide's end, and at the part's where that was wished."""
    following = next_clip(guide, stream.place)
    ends = following and following.section != stream.place.section
    return None if stream.until_section_ends and ends else following


def _keep(turn: Turn, guide: Guide, place: Bookmark | None) -> bool:
    """Whether she is known: the place of one who was forgotten meanwhile is not kept."""
    known = turn.memory.listener.hearing(guide.slug) is not None
    if known:
        turn.memory.keep_bookmark(place)
    return known
