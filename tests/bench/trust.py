"""Which roots the compared verifiers trust: one of our own beside those that any machine has."""

from pathlib import Path

import certifi

from tests.amazon_certificates import CertificateHost


def trusting(host: CertificateHost) -> dict[str, str]:
    """The host's environment, its roots those of a real machine and, first, its own.

    The stock verifier goes through all of them at every request, so that their number tells.
    """
    file = Path(host.environment["SSL_CERT_FILE"])
    own, every = file.read_bytes(), Path(certifi.where()).read_bytes()
    if not own.endswith(every):
        file.write_bytes(own + every)
    return host.environment
