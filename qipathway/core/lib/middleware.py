"""Small guards around every request."""

from collections.abc import Callable
from datetime import UTC

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.utils import timezone

Handler = Callable[[HttpRequest], HttpResponse]
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def refuse_nul_bytes(get_response: Handler) -> Handler:
    """Answer 400 to a NUL in path, query or cookies: PostgreSQL cannot store one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        raw = (
            request.path,
            request.META.get("QUERY_STRING", ""),
            request.META.get("HTTP_COOKIE", ""),
        )
        if any("\x00" in text or "%00" in text for text in raw):
            return HttpResponseBadRequest("The address holds a character that is not allowed.")
        return get_response(request)

    return middleware


def only_named_methods(get_response: Handler) -> Handler:
    """Answer 405 to methods that no page of ours knows; a function view would take any."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def start_in_utc(get_response: Handler) -> Handler:
    """Let each request begin in UTC; a page about a program then shows that program's times."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with timezone.override(UTC):
            return get_response(request)

    return middleware


def keep_private(get_response: Handler) -> Handler:
    """Keep pages with people on them out of every cache, unless the view said otherwise."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
