"""The conversation: `routes.py` is its map."""
