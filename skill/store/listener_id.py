"""The names under which listeners are kept: keyed hashes, from which nobody finds the way back. Pure."""

import hashlib
import hmac


def alexa_listener(user_id: str, key: bytes) -> str:
    """For the user whom Alexa names; 64 hexadecimal digits."""
    return _hashed(user_id, key)


def page_listener(made_up: str, key: bytes) -> str:
    """For who votes on a page, by the id that her browser made up."""
    return _hashed(f"page {made_up}", key)


def request_hash(request_id: str, key: bytes) -> str:
    """For a request: its id, too, is told to nobody."""
    return _hashed(f"request {request_id}", key)


def _hashed(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
