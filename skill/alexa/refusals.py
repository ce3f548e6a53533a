"""Why a request is not let in."""

from enum import Enum


class Reason(Enum):
    """Why a request is refused: constant texts, safe to log."""

    SIGNATURE_MISSING = "there is no Signature-256 header"
    SIGNATURE_LEGACY = "only the retired SHA-1 signature is there"
    SIGNATURE_NOT_BASE64 = "the signature is not base64"
    SIGNATURE_WRONG = "the signature does not fit the body"
    CHAIN_URL_MISSING = "there is no SignatureCertChainUrl header"
    HEADER_REPEATED = "a signature header comes more than once"

    URL_MALFORMED = "the certificate address is malformed"
    URL_SCHEME = "the certificate address is not https"
    URL_USER = "the certificate address names a user"
    URL_HOST = "the certificate address has another host"
    URL_PORT = "the certificate address has another port"
    URL_PATH = "the certificate address has another path"
    URL_SUFFIX = "the certificate address has a query or a fragment"

    HOST_UNREACHABLE = "the certificate host cannot be reached"
    CERTIFICATE_NOT_FOUND = "the certificate host did not answer with a file"
    CERTIFICATE_TOO_LARGE = "the certificate file is too large"
    CERTIFICATE_MALFORMED = "the certificate file holds no usable certificate"
    CERTIFICATE_TOO_EARLY = "the certificate is not valid yet"
    CERTIFICATE_EXPIRED = "the certificate has expired"
    CERTIFICATE_NAME = "the certificate is not Alexa's"
    CERTIFICATE_KEY = "the certificate's key is not RSA"
    CERTIFICATE_UNTRUSTED = "the certificate has no valid chain to a trusted root"
    TOO_MANY_ADDRESSES = "too many unknown certificate addresses"

    BODY_TOO_LARGE = "the body is too large"
    BODY_NOT_JSON = "the body is not JSON"
    BODY_NOT_OBJECT = "the body is not a JSON object"
    TIMESTAMP_MISSING = "there is no timestamp"
    TIMESTAMP_MALFORMED = "the timestamp cannot be read"
    TIMESTAMP_OLD = "the timestamp is too old"
    TIMESTAMP_AHEAD = "the timestamp lies in the future"
    APPLICATION_MISSING = "there is no application id"
    APPLICATION_WRONG = "the request is for another skill"


class Refused(Exception):  # noqa: N818 (an outcome, not a fault)
    """A request that is not let in; it holds the reason and nothing of the request."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
