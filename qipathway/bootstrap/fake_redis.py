"""The stand-in for Redis where no server can be had; for the demo and the tests only."""

import sys


def main(port: int) -> None:
    """Serve until ended."""
    from fakeredis import TcpFakeServer

    server = TcpFakeServer(("127.0.0.1", port))
    server.daemon_threads = True
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
