"""The SDK's serializer, made to live with requests that it does not know."""

import json
import logging
from typing import Any

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope

log = logging.getLogger(__name__)

KNOWN_CONTEXT = {"application", "user", "device", "apiEndpoint", "apiAccessToken"}
"""What is kept of context.System where the SDK stumbles over something newer than itself."""


class TolerantSerializer(DefaultSerializer):  # type: ignore[misc]
    """Makes an envelope of whatever comes in.

    The SDK raises over an unknown viewport, enum value or request type. Here such an envelope is read without
    its newer parts; and one that cannot be read at all becomes an envelope without a request, which gets an
    empty answer.
    """

    def deserialize(self, payload: Any, obj_type: Any) -> Any:
        """See DefaultSerializer. It raises for no RequestEnvelope."""
        if obj_type is not RequestEnvelope:
            return super().deserialize(payload, obj_type)
        try:
            return super().deserialize(payload, obj_type)
        except Exception:
            # The SDK raises what it happens upon: AttributeError, KeyError, ValueError, its own.
            return self._essentials(payload)

    def _essentials(self, payload: Any) -> RequestEnvelope:
        try:
            kept = json.dumps(_without_newer_parts(json.loads(payload)))
            return super().deserialize(kept, RequestEnvelope)
        except Exception as error:
            # Its text may quote the request, so it is not logged.
            log.warning("a request could not be read: %s", type(error).__name__)
            return RequestEnvelope(version="1.0")


def _without_newer_parts(envelope: dict[str, Any]) -> dict[str, Any]:
    """The envelope without viewports, interfaces and whatever else is not needed to answer."""
    system = (envelope.get("context") or {}).get("System") or {}
    kept = {name: value for name, value in system.items() if name in KNOWN_CONTEXT}
    if "device" in kept:
        kept["device"] = {"deviceId": (kept["device"] or {}).get("deviceId")}
    return {**envelope, "context": {"System": kept}}
