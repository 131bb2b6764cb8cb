"""Everything that a deed in a capstone could write, to prove that a refused one wrote nothing."""

from capstone.models import Charter, Measure, Point, PriorWork, Project, Screen, StageEntry
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event

TABLES = (Project, Charter, Screen, StageEntry, Measure, Point, PriorWork, Event, Notice, Mail)


def everything():
    return {model: list(model.objects.order_by("pk").values()) for model in TABLES}


def written_fields(owner):
    """A whole charter, as a form hands it over."""
    return {
        "area": "7 East",
        "process": "Discharge order to departure",
        "first_step": "The discharge order is signed",
        "last_step": "The patient leaves the unit",
        "process_owner": owner,
        "why_it_matters": "Patients with an order at ten go home after lunch.",
        "aim": "",
        "measure": "",
    }
