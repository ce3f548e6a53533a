"""deploy/nightfeed.service, nginx.conf and Containerfile, as far as they can be tried without an install."""

import json
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path

import click
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from skill.cli.serve_command import command as serve
from skill.library import read_library
from skill.limits import MAX_REQUEST_BYTES
from skill.talk.speaker import Device, request_envelope
from skill.talk.understanding import LAUNCH, Heard
from tests.amazon_certificates import Authority, pem, rsa_key, signed
from tests.public import JSON, public_server
from tests.server import PATIENCE, PROJECT, Answer, ask

DEPLOY = PROJECT / "deploy"
MOST_EXPOSED = 15
"""Of 100, as systemd-analyze counts: 1.3 is what a service on the network can come to."""
NAME = "guides.example.org"


def needed(program: str, package: str) -> str:
    """Where the program is."""
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        pytest.skip(f"{program} is missing: apt-get install {package}")
    return found


def options(words: list[str]) -> Mapping[str, object]:
    """How `nightfeed serve` understands the words of a command line, which begin with the program."""
    program, name, *flags = words
    assert (Path(program).name, name) == ("nightfeed", "serve")
    # Also read from the environment, which must not matter here.
    context = click.Context(serve, obj=None)
    serve.parse_args(context, flags)
    return context.params


def test_the_service_and_the_container_serve_the_public_behind_one_proxy() -> None:
    unit = (DEPLOY / "nightfeed.service").read_text(encoding="utf-8")
    service = options(shlex.split(re.findall("^ExecStart=(.*)$", unit, re.MULTILINE)[0]))
    container = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    entry, said = (re.findall(f"^{name} (.*)$", container, re.MULTILINE)[0] for name in ("ENTRYPOINT", "CMD"))
    contained = options(re.findall('"([^"]*)"', entry + said))
    for found in (service, contained):
        assert (found["workers"], found["proxies"], found["unsigned"]) == (2, 1, False)
    assert (service["host"], service["port"]) == ("127.0.0.1", 8000)
    assert (contained["host"], contained["port"]) == ("0.0.0.0", 8000)


def test_what_the_container_takes_from_the_project_is_there() -> None:
    container = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = [line.split()[1:-1] for line in container.splitlines() if re.match("COPY (?!--from)", line)]
    names = {name for names in copied for name in names}
    assert {"pyproject.toml", "constraints.txt", "skill", "content", "audio"} <= names
    for name in names:
        assert (PROJECT / name).exists(), name
    assert re.search("^USER [1-9]", container, re.MULTILINE)


@pytest.mark.heavy
def test_systemd_takes_the_service_and_finds_it_well_closed(tmp_path: Path) -> None:
    analyze = needed("systemd-analyze", "systemd")
    program = tmp_path / ".venv" / "bin" / "nightfeed"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / "nightfeed.service"
    text = (DEPLOY / "nightfeed.service").read_text(encoding="utf-8")
    unit.write_text(text.replace("/opt/nightfeed", str(tmp_path)))
    for check in (
        ("verify", "--man=no"),
        ("security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}"),
    ):
        ran = subprocess.run([analyze, *check, str(unit)], capture_output=True, text=True)
        assert (ran.returncode, ran.stderr) == (0, ""), ran


@pytest.mark.heavy
def test_nginx_lets_alexa_through_and_serves_recordings_and_notes_nobody(tmp_path: Path) -> None:
    with public_server(tmp_path) as server, nginx(tmp_path / "nginx", server.port) as port:
        assert get(port, "/health").status == HTTPStatus.OK
        launch = request_envelope(Heard(LAUNCH), Device("amzn1.ask.account.tls"), None, datetime.now(UTC))
        data = json.dumps(launch).encode()
        answered = get(port, "/alexa", "POST", data, JSON | signed(data))
        assert b"<speak>" in answered.body
        assert get(port, "/alexa", "POST", data, JSON).status == HTTPStatus.BAD_REQUEST
        largest = b" " * MAX_REQUEST_BYTES
        assert get(port, "/alexa", "POST", largest, JSON).status == HTTPStatus.BAD_REQUEST
        assert get(port, "/alexa", "POST", largest + b" ", JSON).status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        plain = ask(f"http://127.0.0.1:{port + 1}", "/feed.xml", headers={"Host": NAME})
        assert (plain.status, plain.headers["Location"]) == (301, f"https://{NAME}/feed.xml")

        library = read_library(PROJECT / "audio" / "library.json")
        kinds = {
            ".mp3": "audio/mpeg",
            ".json": "application/json+chapters",
            ".vtt": "text/vtt",
            ".jpg": "image/jpeg",
        }
        for file in [library.cover_file, *(file for guide in library.guides for file in guide.files)]:
            recording = get(port, f"/audio/{file}", headers={"Range": "bytes=0-9"})
            assert recording.body == (PROJECT / "audio" / file).read_bytes()[:10], file
            assert recording.status == HTTPStatus.PARTIAL_CONTENT
            assert recording.headers["Content-Type"] == kinds[Path(file).suffix]
            assert recording.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert recording.headers["Access-Control-Allow-Origin"] == "*"
        for hidden in ("/audio/library.json", "/audio/.recording.lock", "/audio/../pyproject.toml", "/talk"):
            assert get(port, hidden).status in (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND), hidden
    noted = [path.read_text() for path in (tmp_path / "nginx").glob("*.log")]
    assert not [text for text in noted if "127.0.0.1" in text]


@contextmanager
def nginx(folder: Path, upstream: int) -> Iterator[int]:
    """The port at which nginx answers with TLS, by deploy/nginx.conf; the one after it answers without."""
    program = needed("nginx", "nginx-light")
    folder.mkdir()
    port = free_ports()
    certify(folder)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for written, here in (
        (r"listen \[::\]:.*;", ""),
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("listen 80;", f"listen 127.0.0.1:{port + 1};"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        (f"/etc/letsencrypt/live/{NAME}", str(folder)),
        ("/var/log/nginx", str(folder)),
        ("/opt/nightfeed", str(PROJECT)),
    ):
        text, changes = re.subn(written, here, text)
        assert changes, written
    (folder / "nightfeed.conf").write_text(text)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/main.log; events {{}}"
        f"http {{ {temporary} include {folder}/nightfeed.conf; }}"
    )
    command = [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "main.log")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr
    process = subprocess.Popen(command)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def free_ports() -> int:
    """The first of two in a row."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port: int = first.getsockname()[1]
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except (OSError, OverflowError):
                continue
            return port


def wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), PATIENCE).close()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "nginx did not start"
            time.sleep(0.02)
        else:
            return


def certify(folder: Path) -> None:
    """A certificate for that name, and its key, under certbot's names for them."""
    key = rsa_key("nginx")
    (folder / "fullchain.pem").write_bytes(pem(Authority.root("nginx's").leaf(key, [NAME])))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "privkey.pem").write_bytes(private)


def get(
    port: int,
    path: str,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """What nginx answers, over TLS."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    connection = HTTPSConnection("127.0.0.1", port, timeout=PATIENCE, context=trusting)
    try:
        connection.request(method, path, body, {"Host": NAME} | dict(headers or {}))
        response: HTTPResponse = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()
