"""flask-ask-sdk's adapter, importable everywhere, with our verifier in place of its own.

Its `skill_adapter` imports certvalidator, and that oscrypto, which cannot read the version of OpenSSL 3.0.10
and later. Only the SDK's own verifier uses certvalidator, and that verifier is never used here
(skill/alexa/verification.py is). So for the import a stand-in takes certvalidator's place, on every machine.
"""

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, Any

from skill.alexa.refusals import Refused
from skill.alexa.verification import SIGNING_HEADERS, SigningKeys, verify_request

if TYPE_CHECKING:
    from ask_sdk_core.skill import CustomSkill
    from flask import Flask

_importing = Lock()


@dataclass(frozen=True)
class SignedRequestVerifier:
    """verify_request in the shape of the SDK's AbstractVerifier."""

    certificates: SigningKeys
    skill_id: str | None
    clock: Callable[[], datetime]

    def verify(
        self, headers: Mapping[str, str], serialized_request_env: str, deserialized_request_env: object
    ) -> None:
        """Raises the SDK's VerificationException, with the reason's text alone, for a refused request."""
        # The web framework's headers are slow to go through, and know their names in any case.
        signing = {name: headers[name] for name in SIGNING_HEADERS if name in headers}
        # A lone surrogate becomes invalid UTF-8, which is refused like any other.
        body = serialized_request_env.encode("utf-8", "surrogatepass")
        try:
            verify_request(
                signing, body, certificates=self.certificates, skill_id=self.skill_id, now=self.clock()
            )
        except Refused as refused:
            raise verification_exception()(refused.reason.value) from None


def skill_adapter(skill: "CustomSkill", app: "Flask", verifiers: Sequence[SignedRequestVerifier] = ()) -> Any:
    """A SkillAdapter on the app, with the SDK's own verifiers off: left on, they refuse every request.

    Ours take their place: behind the adapter as `verifiers`, or called by whoever calls it.
    """
    module = _module("flask_ask_sdk.skill_adapter")
    app.config[module.VERIFY_SIGNATURE_APP_CONFIG] = False
    app.config[module.VERIFY_TIMESTAMP_APP_CONFIG] = False
    return module.SkillAdapter(skill=skill, skill_id=None, verifiers=list(verifiers), app=app)


def verification_exception() -> type[Exception]:
    """The SDK's VerificationException, which its adapter answers with a plain 400."""
    exception: type[Exception] = _module("ask_sdk_webservice_support.verifier").VerificationException
    return exception


def _module(name: str) -> ModuleType:
    with _importing:
        stand_ins = [
            module for module in _stand_ins() if sys.modules.setdefault(module.__name__, module) is module
        ]
        try:
            return importlib.import_module(name)
        finally:
            for module in stand_ins:
                del sys.modules[module.__name__]


def _stand_ins() -> tuple[ModuleType, ModuleType]:
    """What the SDK's verifier imports of certvalidator. Used after all, it refuses every certificate."""

    class ValidationError(Exception):
        pass

    class CertificateValidator:
        def __init__(self, *_: object) -> None:
            raise ValidationError("certvalidator is not used; see skill/alexa/flask_adapter.py")

    package, errors = ModuleType("certvalidator"), ModuleType("certvalidator.errors")
    vars(package).update(CertificateValidator=CertificateValidator)
    vars(errors).update(ValidationError=ValidationError, PathError=ValidationError)
    return package, errors
