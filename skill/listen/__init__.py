"""The web's side: Alexa's door, the recordings, and the talk page."""
