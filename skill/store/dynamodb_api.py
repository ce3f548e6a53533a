"""DynamoDB's low-level API over HTTP: signed requests of JSON, on connections that are kept."""

import contextlib
import json
import select
import ssl
from collections import deque
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from skill.store.aws_account import Account
from skill.store.aws_signature import Scope, signed_headers

VERSION = "DynamoDB_20120810"
Parameters = dict[str, Any]
"""Of a request to DynamoDB, or of its answer."""


class RefusedError(Exception):
    """DynamoDB's answer is an error."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


class UnsentError(Exception):
    """There was no way to send the request."""


class UnansweredError(Exception):
    """The request was sent, and may have been done."""


class DynamoApi:
    """Its operations, from any thread."""

    def __init__(self, account: Account, connect: float, read: float) -> None:
        """Seconds to wait for a connection, and for each part of an answer."""
        self._account = account
        self._connect, self._read = connect, read
        self._address = urlsplit(account.address)
        self._tls = ssl.create_default_context() if self._address.scheme == "https" else None
        self._idle: deque[HTTPConnection] = deque()

    def ask(self, operation: str, parameters: Parameters) -> Parameters:
        """The answer to the operation, such as GetItem.

        Raises RefusedError, UnsentError, UnansweredError; NoCredentialsError before anything is sent.
        """
        body = json.dumps(parameters).encode()
        headers = {
            "Host": self._address.netloc,
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": f"{VERSION}.{operation}",
        }
        scope = Scope(self._account.region, "dynamodb")
        signed = signed_headers(headers, body, self._account.credentials(), scope, datetime.now(UTC))
        connection = self._connection()
        try:
            status, answer = _exchanged(connection, body, signed)
        except BaseException as error:
            connection.close()
            if isinstance(error, (OSError, HTTPException, ValueError)):
                raise UnansweredError(type(error).__name__) from None
            raise
        if connection.sock:
            self._idle.append(connection)
        if status == HTTPStatus.OK:
            return answer
        raise RefusedError(str(answer.get("__type", "")).rpartition("#")[2] or "an unnamed error", status)

    def _connection(self) -> HTTPConnection:
        with contextlib.suppress(IndexError):
            while True:
                held = self._idle.pop()
                if not _has_ended(held):
                    return held
                held.close()
        host, port = self._address.hostname or "", self._address.port
        made = (
            HTTPSConnection(host, port, timeout=self._connect, context=self._tls)
            if self._tls
            else HTTPConnection(host, port, timeout=self._connect)
        )
        try:
            made.connect()
        except OSError as error:
            made.close()
            raise UnsentError(type(error).__name__) from None
        made.sock.settimeout(self._read)
        return made


def _exchanged(connection: HTTPConnection, body: bytes, headers: dict[str, str]) -> tuple[int, Parameters]:
    connection.request("POST", "/", body, headers)
    response = connection.getresponse()
    answer = json.loads(response.read())
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    return response.status, answer


def _has_ended(connection: HTTPConnection) -> bool:
    """Whether the other side has closed it: there is something to read, and that can only be the end."""
    try:
        return bool(select.select([connection.sock], [], [], 0)[0])
    except (OSError, ValueError):
        return True
