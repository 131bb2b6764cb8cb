"""Small guards around every request."""

from collections.abc import Callable
from datetime import UTC
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils import timezone

from .forms import written_in

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


def explain_deeds(get_response: Handler) -> Handler:
    """Tell a person who opens the address of a deed what it is, instead of a blank page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "GET" or response.status_code != HttpResponseNotAllowed.status_code:
            return response
        page = render(request, "405.html", {"page": _page_above(request)}, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


def give_words_back(get_response: Handler) -> Handler:
    """Lose nothing that was written by somebody whose session has ended meanwhile.

    Sign-in would forget it, and lead back to the address of the deed, which no browser can open.
    So the page that asks to sign in holds the words, and sign-in leads to where the form stood.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        back_here = redirect_to_login(request.get_full_path()).url
        if request.method != "POST" or getattr(response, "url", "") != back_here:
            return response
        sign_in = redirect_to_login(_page_of_form(request))
        typed = written_in(request)
        if not typed:
            return sign_in
        context = {"typed": typed, "sign_in": sign_in.url}
        return render(request, "signed_out.html", context, status=403)

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


def _page_of_form(request: HttpRequest) -> str:
    """Return the address of the page on which a form stood: as the browser says, where it is ours.

    A form that was refused once stands at the address of its deed; then it is the page above.
    """
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return _page_above(request)
    is_ours = came_from.netloc == request.get_host() and is_valid_path(came_from.path)
    if not is_ours or came_from.path == request.path:
        return _page_above(request)
    return came_from._replace(scheme="", netloc="", fragment="").geturl()


def _page_above(request: HttpRequest) -> str:
    """Return the page that a deed belongs to, ``.../<uid>/`` for ``.../<uid>/save/``; else home."""
    above = request.path.rstrip("/").rpartition("/")[0] + "/"
    return above if is_valid_path(above) else "/"
