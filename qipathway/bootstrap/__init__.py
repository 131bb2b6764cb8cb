"""Set up and start what ``manage.py demo`` and ``manage.py test`` need, on a bare Python.

Only the standard library is imported here, because the rest may not be installed yet; this file
itself must stay readable to older Pythons so that they are refused in words.
"""

import sys

OLDEST, NEWEST = (3, 11), (3, 14)


def hand_over(argv: list) -> None:
    """Do ``demo`` and ``test`` wholly; for any other verb, return once Django can run it."""
    _refuse_unfit_machine()
    from qipathway.bootstrap import terminal, verbs

    try:
        if verbs.run(argv):
            sys.exit()
    except terminal.BootstrapError as error:
        terminal.say()
        sys.exit(str(error))
    except KeyboardInterrupt:
        terminal.say("\nStopped.")
        sys.exit(130)


def _refuse_unfit_machine() -> None:
    """Leave with a sentence where this could not work."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(
            "qipathway needs Python 3.11, 3.12, 3.13 or 3.14, and this is Python"
            f" {sys.version_info[0]}.{sys.version_info[1]}.\n"
            "Run manage.py with one of those, for example: python3.12 manage.py demo"
        )
    if sys.platform == "win32":
        sys.exit("qipathway runs on Linux and macOS. On Windows, please run it inside WSL.")
