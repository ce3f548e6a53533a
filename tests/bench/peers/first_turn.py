"""python -I -S first_turn.py MODULE FOLDER…: the module's answer, on one line, to what comes in.

The folders are where the module and what it imports are looked for.
"""

import importlib
import io
import json
import sys


def through_wsgi(app, request):
    """The body with which a WSGI application answers the signed request: {"headers": {…}, "body": "…"}."""
    signed = json.loads(request)
    body = signed["body"].encode()
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in signed["headers"].items()}
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/alexa",
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "alexa.example",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **headers,
    }
    return b"".join(app(environ, lambda *_: None)).decode()


if __name__ == "__main__":
    module, *folders = sys.argv[1:]
    # The Flask applications import this file by its name.
    sys.modules["first_turn"] = sys.modules["__main__"]
    sys.path[:0] = folders
    print(importlib.import_module(module).answer(sys.stdin.read()).replace("\n", " "), flush=True)
