"""What people take into the calendar that they keep elsewhere."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from qipathway.core.clock.services import now
from qipathway.core.lib.requests import SignedInRequest

from ..calendars import calendar_of
from ..doors import get_session

MEDIA_TYPE = "text/calendar; charset=utf-8"


@require_safe
@login_required
def session_calendar(request: SignedInRequest, program: str, uid: UUID) -> HttpResponse:
    """Answer with the calendar file of a session, for the viewer's own calendar."""
    session = get_session(request.user, program, uid, "curriculum.view_session")
    url = request.build_absolute_uri(session.get_absolute_url())
    file = calendar_of(session, url=url, host=request.get_host(), at=now())
    name = f"{session.course.code}-{session.day:%Y-%m-%d}.ics"
    offered = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(file, content_type=MEDIA_TYPE, headers=offered)
