"""Who asks AWS, and where: from the environment, as Lambda gives it; else as AWS's own client finds it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from skill.errors import NightfeedError, installing
from skill.store.aws_signature import Credentials

REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
ENDPOINTS = ("AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL")
"""Settings that AWS's programs have for another address of the service."""
SUFFIXES = {"cn-": "amazonaws.com.cn"}
"""Of addresses, by the beginning of a region."""


class NoCredentialsError(Exception):
    """Nothing tells who asks."""


@dataclass(frozen=True)
class Account:
    """Who asks for a table, and where it is."""

    region: str
    address: str
    """Such as https://dynamodb.eu-west-1.amazonaws.com."""
    credentials: Callable[[], Credentials]
    """Asked for each request, since those of a role change. Raises NoCredentialsError."""


def account(environment: Mapping[str, str], region: str, setting: str) -> Account:
    """The account, for a table in that region; empty: the one in AWS's settings.

    `setting` is what an error begins with. Raises NightfeedError.
    """
    session = _Session()
    where = region or session.region()
    if not where:
        raise NightfeedError(f"{setting}: in which region? Set AWS_REGION to it, as in eu-west-1")
    if not REGION.fullmatch(where):
        raise NightfeedError(f"{setting}: {where} is no region; set AWS_REGION to one, as in eu-west-1")
    suffix = SUFFIXES.get(where[:3], "amazonaws.com")
    given = filter(None, (environment.get(name, "") for name in ENDPOINTS))
    address = next(given, f"https://dynamodb.{where}.{suffix}").rstrip("/")
    key, secret = environment.get("AWS_ACCESS_KEY_ID", ""), environment.get("AWS_SECRET_ACCESS_KEY", "")
    if key and secret:
        fixed = Credentials(key, secret, environment.get("AWS_SESSION_TOKEN", ""))
        return Account(where, address, lambda: fixed)
    session.check(setting)
    return Account(where, address, session.credentials)


class _Session:
    """AWS's own client's, which takes longer to load than all else that a cold start of the skill does."""

    def __init__(self) -> None:
        self._loaded: Any = None

    def check(self, setting: str) -> None:
        """Raises NightfeedError where it is not installed."""
        try:
            self._load()
        except ModuleNotFoundError:
            raise NightfeedError(f"{setting}: botocore is missing; {installing('aws')}") from None

    def region(self) -> str:
        """The one in AWS's settings; empty where there is none."""
        try:
            return str(self._load().get_config_variable("region") or "")
        except ModuleNotFoundError:
            return ""

    def credentials(self) -> Credentials:
        """Those that it finds now."""
        from botocore.exceptions import BotoCoreError

        try:
            found = self._load().get_credentials()
            frozen = found and found.get_frozen_credentials()
        except BotoCoreError as error:
            raise NoCredentialsError(type(error).__name__) from None
        if not frozen or not frozen.access_key:
            raise NoCredentialsError
        return Credentials(frozen.access_key, frozen.secret_key, frozen.token or "")

    def _load(self) -> Any:
        if not self._loaded:
            import botocore.session

            self._loaded = botocore.session.Session()
        return self._loaded
