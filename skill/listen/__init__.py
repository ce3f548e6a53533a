"""The web's side: Alexa's door, the listening pages with feed and recordings, and the talk page."""
