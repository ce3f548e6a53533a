"""One table of DynamoDB, through AWS's own client: in bounded time, and every fault told in one line.

The only module that imports botocore, which is an extra; see DynamoStore.
"""

import time
from functools import cached_property
from http import HTTPStatus
from typing import Any

import botocore.session
from botocore import exceptions
from botocore.config import Config

from skill.errors import NightfeedError
from skill.store.contract import StoreError
from skill.store.dynamodb_expressions import ConditionFailed, Parameters

CONNECT_SECONDS = 0.3
READ_SECONDS = 0.3
BEGIN_SECONDS = 0.4
"""No request of a call begins later than that: all are over within the sum of the three, about a second."""
PAUSE_SECONDS = 0.05
"""Before the one retry."""
PATIENT_CONNECT_SECONDS = 3.0
PATIENT_READ_SECONDS = 10.0
PATIENT_ATTEMPTS = 4
"""For whom no listener waits: the table may be a continent away, and a page of a scan has a megabyte."""

THROTTLED = {"ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"}
REMEDIES = {
    "ResourceNotFoundException": "there is no such table; make it, or correct NIGHTFEED_TABLE or AWS_REGION",
    "ValidationException": "the table does not fit; it needs the partition key id, a string, and no sort key",
    "AccessDeniedException": "not allowed; the role needs GetItem, PutItem, UpdateItem, DeleteItem and Scan",
}
"""By DynamoDB's error code."""
FASTER = "throttled; raise the table's capacity, or pay by request"
CREDENTIALS = "no valid credentials; see to AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or to the role"
NETWORK = "cannot be reached; check the network, and AWS_REGION"
BAD_CREDENTIALS = {
    "ExpiredTokenException",
    "IncompleteSignatureException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "UnrecognizedClientException",
}
NEVER_SENT = (exceptions.EndpointConnectionError, exceptions.ConnectTimeoutError)
ABOUT_CREDENTIALS = ("Credential", "Login", "Metadata", "SSO", "Token")
"""In the names of what AWS's client raises for want of credentials, in old versions as in new."""
FAULTS = (exceptions.BotoCoreError, exceptions.ClientError)


class DynamoTable:
    """The table of that name. Its methods are safe from any thread."""

    def __init__(self, name: str, region: str) -> None:
        """Region and credentials: AWS's own settings, where empty. Raises NightfeedError without a region."""
        self.name = name
        self._session = botocore.session.Session()
        self._region = region or None
        try:
            # Our own retry keeps to a time; theirs would wait for up to a second.
            self._quick = self._client(CONNECT_SECONDS, READ_SECONDS, attempts=1)
        except exceptions.NoRegionError:
            raise NightfeedError(
                f"NIGHTFEED_TABLE={name}: in which region? Set AWS_REGION to it, as in eu-west-1"
            ) from None
        except (exceptions.BotoCoreError, ValueError) as error:
            raise NightfeedError(
                f"NIGHTFEED_TABLE={name}: AWS's client does not start ({error}); see to AWS's settings"
            ) from None

    def asked(self, operation: str, begun: float, repeatable: bool = True, **parameters: Any) -> Parameters:
        """The answer to one request of a call that began then (time.monotonic).

        A request that fails is made once more if there is time, and if being done twice would not matter.
        Raises ConditionFailed or StoreError.
        """
        for last in (False, True):
            if time.monotonic() - begun > BEGIN_SECONDS:
                break
            try:
                return self._ask(self._quick, operation, parameters)
            except FAULTS as error:
                if last or not _may_pass(error, repeatable):
                    raise self._fault(_problem(error)) from None
            time.sleep(PAUSE_SECONDS)
        raise self._fault(f"{NETWORK} (no answer in time)")

    def asked_patiently(self, operation: str, **parameters: Any) -> Parameters:
        """The answer, where no listener waits. Raises ConditionFailed or StoreError."""
        try:
            return self._ask(self._patient, operation, parameters)
        except FAULTS as error:
            raise self._fault(_problem(error)) from None

    @cached_property
    def _patient(self) -> Any:
        return self._client(PATIENT_CONNECT_SECONDS, PATIENT_READ_SECONDS, PATIENT_ATTEMPTS)

    def _client(self, connect: float, read: float, attempts: int) -> Any:
        config = Config(
            connect_timeout=connect,
            read_timeout=read,
            retries={"mode": "standard", "total_max_attempts": attempts},
        )
        return self._session.create_client("dynamodb", region_name=self._region, config=config)

    def _ask(self, client: Any, operation: str, parameters: Parameters) -> Parameters:
        try:
            answer: Parameters = getattr(client, operation)(TableName=self.name, **parameters)
        except client.exceptions.ConditionalCheckFailedException:
            raise ConditionFailed from None
        return answer

    def _fault(self, problem: str) -> StoreError:
        return StoreError(f"DynamoDB table {self.name}: {problem}")


def _may_pass(error: Exception, repeatable: bool) -> bool:
    """Whether the same request may well succeed now, and would do no harm."""
    if isinstance(error, exceptions.ClientError):
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return _code(error) in THROTTLED or (repeatable and status >= HTTPStatus.INTERNAL_SERVER_ERROR)
    return isinstance(error, NEVER_SENT) or (repeatable and isinstance(error, exceptions.HTTPClientError))


def _problem(error: Exception) -> str:
    """What went wrong, and the remedy; nothing of what was sent."""
    if isinstance(error, exceptions.ClientError):
        code = _code(error)
        if code in THROTTLED:
            return FASTER
        if code in BAD_CREDENTIALS:
            return CREDENTIALS
        return REMEDIES.get(code, f"{code}; see AWS's documentation of that code, or its health page")
    kind = type(error).__name__
    if any(word in kind for word in ABOUT_CREDENTIALS):
        return CREDENTIALS
    if isinstance(error, (exceptions.ConnectionError, exceptions.HTTPClientError)):
        return f"{NETWORK} ({kind})"
    return f"the request could not be made ({kind}); check AWS's settings"


def _code(error: exceptions.ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "an unnamed error"))
