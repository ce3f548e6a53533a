"""What Lambda loads. Its init phase is this import, so here alone something happens when one imports."""

import os
from pathlib import Path

from skill.alexa.lambda_handler import build_handler
from skill.log_lines import log_in_lines
from skill.settings import read_settings

log_in_lines()
handler = build_handler(read_settings(os.environ, Path(__file__).parent))
