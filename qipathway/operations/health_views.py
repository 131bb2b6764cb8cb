"""Are we alive, and are we well: for machines that watch, and for the people who run the site."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from .health import health
from .origin import is_from_this_host

ILL = 503


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is told to a stranger."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def healthz_deep(request: HttpRequest) -> HttpResponse:
    """Tell operators and programs on this host how the site is doing; 503 when it is not well."""
    if not is_from_this_host(request):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm("operations.view_health"):
            raise PermissionDenied
    found = health()
    return JsonResponse(found.as_plain_values(), status=ILL if found.reasons else 200)
