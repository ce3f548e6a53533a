"""The map of the conversation: what comes in, and the function that answers it. The first that fits wins."""

from collections.abc import Callable
from dataclasses import dataclass

from skill.dialogue import (
    answers,
    choosing,
    feedback,
    finding,
    forgetting,
    guidance,
    hush,
    leaving,
    listening,
    playback,
    reminders,
    updates,
    urgent,
    welcome,
)
from skill.dialogue.reply import Reply
from skill.dialogue.turn import Turn

Topic = Callable[[Turn], Reply]


@dataclass(frozen=True)
class Route:
    """One line of the map."""

    name: str
    """An intent's name, or a request's type."""
    topic: Topic


ROUTES: tuple[Route, ...] = (
    Route("LaunchRequest", welcome.launch),
    # answers to what was asked
    Route("AMAZON.YesIntent", answers.yes),
    Route("AMAZON.NoIntent", answers.no),
    # being read to
    Route("CarryOnIntent", listening.carry_on),
    Route("AMAZON.ResumeIntent", playback.resume),
    Route("TellMeMoreIntent", listening.tell_me_more),
    Route("TopTipIntent", listening.top_tip),
    Route("AMAZON.NextIntent", playback.next_section),
    Route("AMAZON.PreviousIntent", playback.previous_section),
    Route("AMAZON.RepeatIntent", playback.repeat),
    Route("AMAZON.StartOverIntent", playback.start_over),
    Route("SectionIntent", finding.section),
    # listening right through, outside a session
    Route("PlayAllIntent", playback.play_all),
    Route("SkipBackIntent", playback.skip_back),
    Route("SkipForwardIntent", playback.skip_forward),
    Route("StopAtEndIntent", playback.stop_at_end),
    Route("AMAZON.LoopOnIntent", playback.once_through),
    Route("AMAZON.LoopOffIntent", playback.once_through),
    Route("AMAZON.ShuffleOnIntent", playback.once_through),
    Route("AMAZON.ShuffleOffIntent", playback.once_through),
    Route("AudioPlayer.PlaybackStarted", playback.started),
    Route("AudioPlayer.PlaybackNearlyFinished", playback.nearly_finished),
    Route("AudioPlayer.PlaybackFinished", playback.finished),
    Route("AudioPlayer.PlaybackStopped", playback.stopped),
    Route("AudioPlayer.PlaybackFailed", playback.failed),
    Route("PlaybackController.PlayCommandIssued", playback.play_pressed),
    Route("PlaybackController.PauseCommandIssued", playback.pause_pressed),
    Route("PlaybackController.NextCommandIssued", playback.next_pressed),
    Route("PlaybackController.PreviousCommandIssued", playback.previous_pressed),
    # what there is
    Route("GuideIntent", finding.guide),
    Route("ContentsIntent", choosing.contents),
    Route("HowLongIntent", choosing.how_long),
    Route("WhatElseIntent", choosing.what_else),
    # asking in her own words
    Route("AskIntent", finding.ask),
    Route("TimeIntent", finding.time),
    # whether it helped
    Route("HelpedIntent", feedback.helped),
    Route("NotHelpedIntent", feedback.not_helped),
    # being reminded, and told of what is new
    Route("ReminderIntent", reminders.remind),
    Route("WhenIsReminderIntent", reminders.when),
    Route("ChangeReminderIntent", reminders.change),
    Route("CancelReminderIntent", reminders.cancel),
    Route("Connections.Response", reminders.permission_answered),
    Route("UpdatesIntent", updates.keep_up_to_date),
    # how loud, and what is kept
    Route("HushIntent", hush.hush),
    Route("SpeakUpIntent", hush.speak_up),
    Route("ForgetMeIntent", forgetting.ask_first),
    Route("AlexaSkillEvent.SkillDisabled", forgetting.skill_disabled),
    Route("AlexaSkillEvent.SkillPermissionAccepted", forgetting.permissions_changed),
    Route("AlexaSkillEvent.SkillPermissionChanged", forgetting.permissions_changed),
    # help, and leaving
    Route("UrgentIntent", urgent.somebody),
    Route("AMAZON.HelpIntent", guidance.explain),
    Route("AMAZON.FallbackIntent", guidance.not_understood),
    Route("AMAZON.StopIntent", playback.stop),
    Route("AMAZON.CancelIntent", playback.stop),
    Route("AMAZON.PauseIntent", playback.stop),
    Route("AMAZON.NavigateHomeIntent", playback.stop),
    Route("SessionEndedRequest", leaving.session_ended),
    # an intent that only a newer interaction model knows, a button that only another screen of ours has
    Route("IntentRequest", guidance.not_understood),
    Route("Alexa.Presentation.APL.UserEvent", guidance.not_understood),
)
