"""Alexa's side: envelopes in, responses out, the interaction model and the skill package."""
