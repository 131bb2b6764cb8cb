"""The services that commands share: PostgreSQL and Redis, for as long as anybody needs them."""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from qipathway.bootstrap import places
from qipathway.bootstrap.clusters import settle, stop_orphan
from qipathway.bootstrap.hold import let_go, make_pipe, take_hold
from qipathway.bootstrap.keeper import start_keeper
from qipathway.bootstrap.postgres import Cluster
from qipathway.bootstrap.processes import wait_for
from qipathway.bootstrap.programs import Program
from qipathway.bootstrap.redis import choose_broker
from qipathway.bootstrap.terminal import BootstrapError, say

PIPE, LOCK, NOTE = "hold", "services.lock", "services.json"
MEANWHILE = "Waiting for another command to start or stop the services of this checkout ..."
GIVEN = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
"""What the caller may set; such a service is used as it is, and not started."""


@dataclass(frozen=True)
class Services:
    """Running services: the environment that leads to them, and the pipe that holds them.

    They end when the last process that has ``hold`` open is gone.
    """

    env: dict[str, str]
    hold: int

    def environment(self, **more: str) -> dict[str, str]:
        """Return the whole environment for a process that uses the services."""
        inherited = {name: os.environ[name] for name in os.environ if not name.startswith("PG")}
        given = {name: os.environ[name] for name in GIVEN if os.environ.get(name)}
        if "QIP_POSTGRES" in self.env:  # so that Django's dbshell finds a psql
            inherited["PATH"] = f"{os.environ.get('PATH', os.defpath)}:{self.env['QIP_POSTGRES']}"
        return {**inherited, **self.env, **given, **more}


def join(var: Path, *, afresh: bool = False, careless: bool = False) -> Services:
    """Return the services of a state folder, started unless another command has them running.

    ``afresh`` drops the database first; ``careless`` makes it fast, and unfit to be kept.
    """
    run = run_folder(var)
    while True:
        with places.locked(run / LOCK, meanwhile=MEANWHILE):
            hold = take_hold(run / PIPE)
            if hold is None:
                return _start(var, remove=[], careless=careless, afresh=afresh)
            if (run / NOTE).exists():
                break
        let_go(hold, run / PIPE)  # of a start that failed and is ending
    if afresh:
        raise BootstrapError(
            "Another command uses the demo's data at this moment, a shell perhaps.\n"
            "Please end it, and then start over with --fresh."
        )
    return Services(json.loads((run / NOTE).read_text()), hold)


def throw_away() -> Services:
    """Return services with an empty, fast and careless database, which vanish with their user."""
    var = Path(tempfile.mkdtemp(prefix="qip-"))
    var.chmod(0o711)
    return _start(var, remove=[var], careless=True, afresh=False)


def run_folder(var: Path) -> Path:
    """Return the folder of what only matters while something runs."""
    run = var / "run"
    run.mkdir(mode=0o700, exist_ok=True)
    return run


def _start(var: Path, *, remove: list[Path], careless: bool, afresh: bool) -> Services:
    """Start what is not given under one keeper, and wait until it answers."""
    run, env = run_folder(var), _common(var)
    programs: list[Program] = []
    if afresh:
        say("Starting over: the demo's database, mails and uploaded files are dropped.")
    cluster = broker = None
    if not os.environ.get("DATABASE_URL"):
        cluster = _cluster(var, careless=careless, afresh=afresh)
        programs.append(cluster.program())
        env |= {"DATABASE_URL": cluster.url, "QIP_POSTGRES": str(cluster.binaries)}
        remove = [*remove, *_outside(var, cluster, careless=careless)]
    if not os.environ.get("REDIS_URL"):
        broker = choose_broker(run, places.log_file("redis", under=var))
        env["REDIS_URL"] = broker.url if broker else ""
        programs += [broker.program] if broker else []
    (run / NOTE).unlink(missing_ok=True)
    reading, hold = make_pipe(run / PIPE)
    start_keeper(
        programs,
        hold=reading,
        log=places.log_file("keeper", under=var),
        lock=run / LOCK,
        remove=[run / PIPE, run / NOTE, *remove],
    )
    os.close(reading)
    if cluster:
        wait_for("Starting PostgreSQL", cluster.answers, seconds=60, log=cluster.log)
        cluster.make_database()
    if broker:
        log = Path(broker.program.log)
        wait_for(f"Starting {broker.program.name}", broker.answers, seconds=20, log=log)
    _note(run / NOTE, env)
    return Services(env, hold)


def _cluster(var: Path, *, careless: bool, afresh: bool) -> Cluster:
    cluster = settle(var, careless=careless)
    stop_orphan(cluster)
    cluster.initialise(afresh=afresh)
    return cluster


def _outside(var: Path, cluster: Cluster, *, careless: bool) -> list[Path]:
    """Return what the cluster has outside the state folder and does not need afterwards."""
    folder = cluster.data.parent
    sockets = [cluster.sockets] if cluster.sockets.parent != folder else []
    return sockets + ([folder] if careless and var not in folder.parents else [])


def _common(var: Path) -> dict[str, str]:
    return {
        "QIP_DEMO": os.environ.get("QIP_DEMO", "1"),
        "QIP_VAR": str(var),
        "SECRET_KEY": places.secret_key(var),
        "EMAIL_URL": "smtp://127.0.0.1:1",
    }


def _note(path: Path, env: dict[str, str]) -> None:
    """Write down how to reach the services, for this user alone."""
    path.touch(mode=0o600)
    path.write_text(json.dumps(env))
