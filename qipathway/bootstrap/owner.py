"""As whom PostgreSQL runs: as you, except that root hands it to a user without rights."""

import contextlib
import ctypes
import os
import pwd
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qipathway.bootstrap.processes import die_with_parent, run_as

NOBODY = 65534
CLONE_NEWUSER = 0x10000000


@dataclass(frozen=True)
class Owner:
    """The user of the database's processes and files; ``uid`` is None for oneself."""

    uid: int | None

    @property
    def number(self) -> int:
        """Return the user number that the processes will have."""
        return os.geteuid() if self.uid is None else self.uid

    def give(self, folder: Path) -> None:
        """Make a folder that this user alone can enter (and root)."""
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        if self.uid is not None:
            os.chown(folder, self.uid, self.uid)

    def reaches(self, folder: Path) -> bool:
        """Tell whether this user can enter a folder, by entering it as that user."""
        enter = ["/bin/sh", "-c", 'cd "$1" && test -x .', "sh", str(folder)]
        tried = subprocess.run(enter, cwd="/", capture_output=True, check=False, **run_as(self.uid))
        return tried.returncode == 0


def choose_owner() -> Owner:
    """Return whom PostgreSQL shall run as; it refuses to run as root."""
    if os.geteuid() != 0:
        return Owner(None)
    return Owner(someone())


def someone() -> int:
    """Return a user number that is not root's and has a name, best that of nobody."""
    if known(NOBODY):
        return NOBODY
    return next((user.pw_uid for user in pwd.getpwall() if user.pw_uid > 0), NOBODY)


def known(uid: int) -> bool:
    """Tell whether a user number has an entry in the password file."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def named(owner: Owner) -> Callable[[], None] | None:
    """Return what a child runs first so that ``initdb`` finds a name for its user.

    ``initdb`` stops for a user without an entry in the password file, as in many containers. Linux
    can show such a user to the child under a number that has one; the files stay the user's own.
    """
    end_with_parent = die_with_parent()
    if known(owner.number) or sys.platform != "linux":
        return end_with_parent
    stand_in, unshare = someone(), ctypes.CDLL(None).unshare

    def enter() -> None:
        uid, gid = os.geteuid(), os.getegid()
        if unshare(CLONE_NEWUSER) == 0:
            with contextlib.suppress(OSError):
                Path("/proc/self/setgroups").write_text("deny")
                Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
                Path("/proc/self/uid_map").write_text(f"{stand_in} {uid} 1")
        if end_with_parent:
            end_with_parent()

    return enter


NAMELESS = (
    "This user has no entry in the password file, which PostgreSQL needs to set up a database.\n"
    "Add one (as root: useradd --uid NUMBER qip), or set DATABASE_URL to a database that exists."
)
