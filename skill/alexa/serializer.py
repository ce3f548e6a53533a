"""The SDK's serializer, made to live with requests that it does not know."""

import json
from typing import Any

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope

KNOWN_CONTEXT = {"application", "user", "device", "apiEndpoint", "apiAccessToken"}
"""What is kept of context.System where the SDK stumbles over something newer than itself."""


class TolerantSerializer(DefaultSerializer):  # type: ignore[misc]
    """Reads an envelope once more without its newer parts when the SDK cannot read it whole."""

    def deserialize(self, payload: Any, obj_type: Any) -> Any:
        """See DefaultSerializer. An unknown request type or a malformed request still raises."""
        try:
            return super().deserialize(payload, obj_type)
        except Exception:
            # The SDK raises what it happens upon: AttributeError, KeyError, ValueError, its own.
            if obj_type is not RequestEnvelope:
                raise
            return super().deserialize(json.dumps(_essentials(json.loads(payload))), obj_type)


def _essentials(envelope: dict[str, Any]) -> dict[str, Any]:
    """The envelope without viewports, interfaces and whatever else is not needed to answer."""
    system = (envelope.get("context") or {}).get("System") or {}
    kept = {name: value for name, value in system.items() if name in KNOWN_CONTEXT}
    if "device" in kept:
        kept["device"] = {"deviceId": (kept["device"] or {}).get("deviceId")}
    return {**envelope, "context": {"System": kept}}
