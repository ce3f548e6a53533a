"""Requests are signed as AWS's own client signs them."""

from datetime import datetime

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as TheirCredentials

from skill.store.aws_signature import Credentials, Scope, signed_headers

HEADERS = {
    "Host": "dynamodb.eu-west-1.amazonaws.com",
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": "DynamoDB_20120810.GetItem",
}


@pytest.mark.parametrize("token", ["", "a/session+token=="])
@pytest.mark.parametrize("body", [b"{}", '{"id":{"S":"Ænn 🍼"}}'.encode()])
@pytest.mark.parametrize("headers", [HEADERS, HEADERS | {"X-Amz-Note": "  two   spaces "}])
def test_the_signature_is_that_of_awss_own_client(token: str, body: bytes, headers: dict[str, str]) -> None:
    theirs = AWSRequest("POST", f"https://{headers['Host']}/", headers=dict(headers), data=body)
    SigV4Auth(TheirCredentials("AKID", "secret", token or None), "dynamodb", "eu-west-1").add_auth(theirs)
    signed_at = datetime.strptime(theirs.headers["X-Amz-Date"], "%Y%m%dT%H%M%S%z")
    scope = Scope("eu-west-1", "dynamodb")
    ours = signed_headers(headers, body, Credentials("AKID", "secret", token), scope, signed_at)
    assert ours["Authorization"] == theirs.headers["Authorization"]
    assert ours.get("X-Amz-Security-Token", "") == token


def test_a_secret_is_in_no_text_of_ours() -> None:
    assert "secret" not in repr(Credentials("AKID", "secret", "secret token"))
