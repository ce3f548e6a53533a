"""The servers that are compared: ours and the peers', each on loopback, with one worker."""

import contextlib
import os
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from skill.cli.serve_command import THREADS
from skill.listen.workers import IN_MEMORY, KEEP_ALIVE
from tests.bench.environments import PEERS, PYTHON
from tests.bench.processor import cores
from tests.server import PATIENCE, serving


@dataclass(frozen=True)
class Running:
    """A server."""

    port: int
    process: int

    @property
    def processes(self) -> list[int]:
        """Its own process, and those that it started."""
        found = [self.process]
        for pid in found:
            found += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        return found

    @property
    def memory(self) -> int:
        """Bytes that its processes have for themselves, and their part of what they share with others."""
        return sum(_proportional(Path(f"/proc/{pid}/smaps_rollup").read_text()) for pid in self.processes)

    @property
    def processor_seconds(self) -> float:
        """For which its processes have kept a processor busy so far."""
        ticks = 0
        for pid in self.processes:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def pin(self) -> None:
        """Give it the last core, where there are several."""
        for core in cores()[1:][-1:]:
            for pid in self.processes:
                for thread in Path(f"/proc/{pid}/task").iterdir():
                    os.sched_setaffinity(int(thread.name), {core})


def _proportional(rollup: str) -> int:
    (line,) = (line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024


@contextlib.contextmanager
def nightfeed(folder: Path, environment: Mapping[str, str]) -> Iterator[Running]:
    """`nightfeed serve --workers 1`."""
    with serving(folder, "--workers", "1", "--proxies", "1", **environment) as server:
        try:
            yield Running(server.port, server.process.pid)
        finally:
            server.end()


def on_gunicorn(
    module: str, folders: Sequence[Path], folder: Path, environment: Mapping[str, str]
) -> contextlib.AbstractContextManager[Running]:
    """A Flask application of peers/, on those packages; gunicorn is as skill/listen/workers.py sets it up."""
    options = ("--workers", "1", "--threads", str(THREADS), "--worker-class", "gthread")
    options += ("--keep-alive", str(KEEP_ALIVE), "--no-control-socket")
    options += ("--worker-tmp-dir", str(IN_MEMORY if IN_MEMORY.is_dir() else folder))
    where = os.pathsep.join(map(str, (PEERS, *folders)))
    command = (PYTHON, "-m", "gunicorn", *options, f"{module}:app", "--bind")
    return _listening(command, "fd://{}", folder / f"{module}.log", {**environment, "PYTHONPATH": where})


def on_node(
    modules: Path, folder: Path, environment: Mapping[str, str]
) -> contextlib.AbstractContextManager[Running]:
    """The sample skill on Express."""
    command = ("node", "--require", str(PEERS / "node_trust.js"), str(PEERS / "node_skill.js"))
    own = {**environment, "NODE_PATH": str(modules), "NODE_ENV": "production"}
    return _listening(command, "{}", folder / "node.log", own)


@contextlib.contextmanager
def _listening(
    command: tuple[str, ...], last: str, log: Path, environment: Mapping[str, str]
) -> Iterator[Running]:
    """A command that is handed a socket which listens already; its number goes into the last argument."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening, log.open("w") as output:
        number = listening.fileno()
        process = subprocess.Popen(
            [*command, last.format(number)],
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=(number,),
        )
        try:
            yield Running(listening.getsockname()[1], process.pid)
        except AssertionError as fault:
            raise click.ClickException(f"{' '.join(command[:3])} …: {fault}\n{log.read_text()}") from None
        finally:
            process.terminate()
            process.wait(PATIENCE)
