"""Everything that a deed of coaching could write, to prove that a refused one wrote nothing."""

from mentorship.models import CheckIn, CoachNote, Commitment, Update
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event

TABLES = (CheckIn, CoachNote, Commitment, Update, Event, Notice, Mail)


def everything():
    return {model: list(model.objects.order_by("pk").values()) for model in TABLES}
