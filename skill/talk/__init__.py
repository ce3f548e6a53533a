"""Talking by typing: a stand-in for the speaker, which uses the skill's own model and its own door."""
