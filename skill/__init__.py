"""Nightfeed: audio guides for parents whose hands are full."""

__version__ = "1.0.0"
