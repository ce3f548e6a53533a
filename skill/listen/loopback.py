"""Pages that are for this machine alone."""

import re

from flask import abort, request

LOOPBACK = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?")


def refuse_others() -> None:
    """Before a request: 403 where it is not addressed to loopback.

    A page elsewhere may have its name resolved to loopback, to reach in from the browser.
    """
    if not LOOPBACK.fullmatch(request.host):
        abort(403)
