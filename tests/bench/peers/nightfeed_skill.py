"""Nightfeed, JSON in, JSON out, with its settings from the environment."""

import os
from functools import partial
from pathlib import Path

from skill.alexa.entry import answer
from skill.alexa.skill import build_skill
from skill.alexa.start import read_house
from skill.settings import read_settings


def answering():
    settings = read_settings(os.environ, Path.cwd())
    return partial(answer, build_skill(read_house(settings), settings.audio_url))
