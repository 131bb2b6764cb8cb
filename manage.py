#!/usr/bin/env python3
"""Django's command-line utility; ``demo`` and ``test`` also set up all that they need."""

import os
import sys


def main() -> None:
    """Run administrative tasks."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qipathway.settings")
    from qipathway.bootstrap import hand_over

    hand_over(sys.argv)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
