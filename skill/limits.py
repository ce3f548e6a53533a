"""What Alexa allows, each limit with its source. The one place for them."""

from datetime import timedelta

MAX_CLIPS = 5
"""Audio clips in one answer (SSML reference, "audio")."""
MAX_CLIPS_SECONDS = 240.0
"""Of all clips in one answer together (SSML reference, "audio")."""
MAX_SPEECH_CHARACTERS = 8_000
"""In the speech of one answer, tags counted (request and response JSON reference)."""
MAX_CARD_CHARACTERS = 8_000
"""In a card's title and text together (request and response JSON reference)."""
MAX_TOKEN_CHARACTERS = 1_024
"""Of a stream's token (AudioPlayer interface reference, "Play directive")."""
MAX_URL_CHARACTERS = 8_000
"""Of a stream's address (AudioPlayer interface reference, "Play directive")."""
MAX_REQUEST_BYTES = 128 * 1024
"""No genuine request comes near it (ours)."""
MAX_CLIP_SECONDS = 120.0
"""Of one clip, so that two always fit in one answer (ours)."""
MAX_PORTION_CHARACTERS = 5_000
"""Of passages read as text in one answer: leaves room for prompts and marks (ours)."""
CLIP_KBPS = 48
"""Constant bit rate of a clip: MPEG version 2, mono, 24 kHz (SSML reference, "audio")."""
CLIP_LOUDNESS = -14.0
"""LUFS (audio normalisation guidance for Alexa)."""
CLIP_PEAK = -1.5
"""dBTP (ours, above the guidance's -2 before encoding)."""
EPISODE_KBPS = 96
"""Constant bit rate of an episode: twice a clip's, for headphones (ours)."""
EPISODE_LOUDNESS = -16.0
"""LUFS (Apple Podcasts, "Audio requirements")."""
EPISODE_PEAK = -1.0
"""dBTP (Apple Podcasts, "Audio requirements")."""
COVER_PIXELS = 1_400
"""Side of a square cover: the least that Apple Podcasts takes, of at most 3,000; light to load."""
MAX_CUE_LINE = 65
"""Characters in a line of a transcript (Podcasting 2.0, "transcripts")."""
QUIET_LOUDNESS = -26.0
"""LUFS of a clip's quiet recording: 12 LU below the other (ours)."""
QUIET_PEAK = -14.0
"""dBTP of a clip's quiet recording: nothing in it startles (ours)."""
RETENTION = timedelta(days=396)
"""How long a hearing is kept with the listener's hashed id: 13 months (ours, promised in docs/privacy.md)."""
