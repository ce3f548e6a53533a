"""Nightfeed: audio guides for parents whose hands are full."""

__version__ = "0.1.0"
