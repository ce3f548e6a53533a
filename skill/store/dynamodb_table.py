"""One table of DynamoDB: in bounded time, and every fault told in one line."""

import os
import time
from functools import cached_property
from http import HTTPStatus
from typing import Any

from skill.store.aws_account import NoCredentialsError, account
from skill.store.contract import StoreError
from skill.store.dynamodb_api import DynamoApi, Parameters, RefusedError, UnansweredError, UnsentError
from skill.store.dynamodb_expressions import ConditionFailed

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
PATIENT_PAUSE_SECONDS = 0.25
"""Before the first retry; each further one is twice as long."""

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
FAULTS = (RefusedError, UnansweredError, UnsentError, NoCredentialsError)


class DynamoTable:
    """The table of that name. Its methods are safe from any thread."""

    def __init__(self, name: str, region: str) -> None:
        """An empty region: the one in AWS's own settings. Raises NightfeedError where that is not enough."""
        self.name = name
        self._account = account(os.environ, region, f"NIGHTFEED_TABLE={name}")
        self._quick = DynamoApi(self._account, CONNECT_SECONDS, READ_SECONDS)

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
        for attempt in range(1, PATIENT_ATTEMPTS + 1):
            try:
                return self._ask(self._patient, operation, parameters)
            except FAULTS as error:
                if attempt == PATIENT_ATTEMPTS or not _may_pass(error, repeatable=True):
                    raise self._fault(_problem(error)) from None
            time.sleep(PATIENT_PAUSE_SECONDS * 2 ** (attempt - 1))
        raise AssertionError

    @cached_property
    def _patient(self) -> DynamoApi:
        return DynamoApi(self._account, PATIENT_CONNECT_SECONDS, PATIENT_READ_SECONDS)

    def _ask(self, api: DynamoApi, operation: str, parameters: Parameters) -> Parameters:
        try:
            return api.ask(operation, {"TableName": self.name, **parameters})
        except RefusedError as error:
            if error.code == "ConditionalCheckFailedException":
                raise ConditionFailed from None
            raise

    def _fault(self, problem: str) -> StoreError:
        return StoreError(f"DynamoDB table {self.name}: {problem}")


def _may_pass(error: Exception, repeatable: bool) -> bool:
    """Whether the same request may well succeed now, and would do no harm."""
    if isinstance(error, RefusedError):
        broken = error.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return error.code in THROTTLED or (repeatable and broken)
    return isinstance(error, UnsentError) or (repeatable and isinstance(error, UnansweredError))


def _problem(error: Exception) -> str:
    """What went wrong, and the remedy; nothing of what was sent."""
    if isinstance(error, NoCredentialsError):
        return CREDENTIALS
    if not isinstance(error, RefusedError):
        return f"{NETWORK} ({error})"
    if error.code in THROTTLED:
        return FASTER
    if error.code in BAD_CREDENTIALS:
        return CREDENTIALS
    return REMEDIES.get(error.code, f"{error.code}; see AWS's documentation of that code, or its health page")
