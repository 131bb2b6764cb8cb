"""Which port of this machine to use."""

import socket

from qipathway.bootstrap.terminal import BootstrapError, say

HOST = "127.0.0.1"
FIRST, LAST = 8000, 8099


def is_free(port: int) -> bool:
    """Tell whether a server could listen here, and none answers for all addresses."""
    with socket.socket() as asking:
        asking.settimeout(0.5)
        if asking.connect_ex((HOST, port)) == 0:
            return False
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError:
            return False
    return True


def web_port(wished: int | None) -> int:
    """Return the port that was asked for, or the first free one from 8000 on.

    A port that was asked for and is busy is refused: somebody may have written it down.
    """
    if wished is not None:
        if not is_free(wished):
            raise BootstrapError(
                f"Port {wished} is used by another program, or not allowed to this user.\n"
                f"Choose another one, or leave --port out: then the first free one from {FIRST} on"
                " is used."
            )
        return wished
    for port in range(FIRST, LAST + 1):
        if is_free(port):
            if port != FIRST:
                say(f"Port {FIRST} is used by another program; this demo takes {port}.")
            return port
    raise BootstrapError(
        f"The ports {FIRST} to {LAST} are all used by other programs.\n"
        "Choose one: python3 manage.py demo --port NUMBER"
    )


def any_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        return int(listening.getsockname()[1])
