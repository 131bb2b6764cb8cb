"""Ask the web server of this container whether it is alive; the exit status is the answer.

Speaks to the loopback address under the site's own host name, for the application answers to no
other. Standard library only, so that a probe costs milliseconds and not a start of Django.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit

PORT = 8000
PATIENCE = 5.0
WELL = 200


def main() -> int:
    """Print what ``/healthz`` (or the path given) says; return 0 when it answers 200."""
    path = sys.argv[1] if len(sys.argv) > 1 else "/healthz"
    host = urlsplit(os.environ["SITE_URL"]).netloc
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE)
    try:
        line.request("GET", path, headers={"Host": host})
        answer = line.getresponse()
        print(answer.read().decode().strip())
    except OSError as error:
        print(error)
        return 1
    finally:
        line.close()
    return 0 if answer.status == WELL else 1


if __name__ == "__main__":
    sys.exit(main())
