"""Where a request came from."""

from ipaddress import ip_address

from django.http import HttpRequest

OF_PROXIES = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-IP",
)


def is_from_this_host(request: HttpRequest) -> bool:
    """Tell whether a program on this very host asks, with no proxy between.

    What a header claims is never believed, for anybody can write one. Behind a proxy on the same
    host every request comes from the loopback address, so the mere presence of a proxy's header,
    whatever it says, makes the asker a stranger. A socket file has no address, and is one too.
    """
    if any(name in request.headers for name in OF_PROXIES):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
