"""What residents wrote for their classes, and what was answered.

Everybody writes about the place that they know; no two residents hand in the same words.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from residents.models import Resident


@dataclass(frozen=True, slots=True)
class Place:
    """Where a resident looks: the process, what it waits for, and who knows it best."""

    area: str
    process: str
    start: str
    end: str
    wait: str
    walk: str
    thing: str
    who: str


PLACES: Mapping[str, Place] = {
    "R2101": Place(
        "Emergency department, triage",
        "the first antibiotic",
        "triage",
        "the bag being hung",
        "the order to be seen",
        "the second cabinet",
        "the pump",
        "the charge nurse",
    ),
    "R2102": Place(
        "Primary care clinic, second floor",
        "answering a message",
        "the patient's question",
        "the reply",
        "somebody to claim it",
        "the printer in the back office",
        "the last visit's note",
        "the front desk",
    ),
    "R2103": Place(
        "7 East, hospital medicine",
        "the call after discharge",
        "the order to go home",
        "the patient picking up",
        "a number that is right",
        "the only quiet telephone",
        "the discharge list",
        "the case manager",
    ),
    "R2104": Place(
        "Endoscopy unit",
        "a referral",
        "the fax",
        "the date on the calendar",
        "a physician to read it",
        "the folder behind the desk",
        "the pathology report",
        "the scheduler",
    ),
    "R2201": Place(
        "7 East, hospital medicine",
        "discharge before noon",
        "rounds",
        "the empty bed",
        "the pharmacy and a wheelchair",
        "the lounge",
        "a wheelchair",
        "the night team",
    ),
    "R2202": Place(
        "Emergency department, waiting area",
        "a flu vaccine",
        "the question at the door",
        "the bandage",
        "the key of the fridge",
        "the fridge in the resuscitation room",
        "the consent sheet",
        "the greeter",
    ),
    "R2203": Place(
        "Infusion center",
        "starting an infusion",
        "check-in",
        "the first drop",
        "the counts from the laboratory",
        "the tube station",
        "a free chair",
        "the pharmacist",
    ),
    "R2204": Place(
        "5 West, telemetry",
        "renewing a monitor order",
        "the alert",
        "the signature",
        "a page to be answered",
        "the central screen",
        "the reason for the first order",
        "the monitor technician",
    ),
    "R2301": Place(
        "Dialysis unit",
        "turning a machine around",
        "the last alarm",
        "the next patient in the chair",
        "the disinfection to end",
        "the water room",
        "a clean set of lines",
        "the lead technician",
    ),
    "R2302": Place(
        "Primary care clinic, first floor",
        "an opioid agreement",
        "the refill request",
        "both signatures",
        "the drug screen",
        "the locked drawer",
        "the current form",
        "the clinic's nurse",
    ),
    "R2303": Place(
        "Emergency department, east pod",
        "the sepsis bundle",
        "the first pressure",
        "the second lactate",
        "blood cultures to be drawn",
        "the culture cart",
        "two bottles of one kind",
        "the pod's nurse",
    ),
    "R2304": Place(
        "Medical ICU",
        "the morning sedation pause",
        "the end of report",
        "the breathing trial",
        "the therapist to be free",
        "the ventilator at the far end",
        "the protocol card",
        "the respiratory therapist",
    ),
}

BODIES: Mapping[str, tuple[str, ...]] = {
    "VL01": (
        "I followed {process} from {start} to {end}: {n} steps, {m} of them waiting or walking. "
        "Most of the time goes into waiting for {wait}. What nobody uses is what {who} knows at "
        "six in the morning.",
        "An hour beside {who}, watching {process}. There were {k} interruptions, {m} walks to "
        "{walk} and one form filled in twice. Motion is the waste that I would start with.",
        "On one morning I wrote down why {process} stood still. Waiting for {wait} took {t} "
        "minutes, looking for {thing} took {k} more. The overprocessing is mine: I write the same "
        "sentence into two notes.",
    ),
    "VL02": (
        "I timed {k} cycles of {process}. The most frequent time is {t} minutes, the range {h}. "
        "Each of the long ones was a walk to {walk}.",
        "Two days with {who} and a stopwatch, {n} cycles of {process}. Most frequent {t} minutes; "
        "the range of {h} comes from waiting for {wait}, not from the work.",
        "Observation sheet for {process} with {n} elements and {k} cycles. Element {m} differs "
        "most: there, people look for {thing}.",
    ),
    "VL03": (
        "This is the current value stream from {start} to {end}, with times from {n} charts and "
        "two hours of watching. Lead time is {t} minutes, of which {h} add value. The longest "
        "wait is for {wait}.",
        "The map of {process} has {m} boxes and {k} queues. {t} minutes pass between {start} and "
        "{end}; {h} of them are work. {who} saw the map and moved two boxes.",
    ),
    "VL04": (
        "Takt for {process} is {k} minutes in the morning. One person needs {n}, two need half of "
        "that and then wait. The combination sheet shows the walk to {walk} inside the manual "
        "work.",
        "This is a standard-work sheet for {process}: {n} elements, {t} minutes. I wrote it with "
        "{who} and we tried it on {k} mornings; the fourth element was in the wrong place.",
    ),
    "VL05": (
        "The place where we keep what {process} needs was at level 1: nobody could tell what was "
        "missing. After sorting and marking it is at level 2, and {thing} has an outline on the "
        "wall.",
        "I audited {walk} with {who}. {n} things did not belong there, {k} were out of date. It "
        "went from level 1 to level 2; two photos hang inside the door.",
    ),
    "VL06": (
        "Setting up for {process} has {n} steps, {m} of them while the patient waits. Fetching "
        "{thing} moved outside; the patient now waits {k} minutes less.",
        "Between two patients there are {t} minutes in which nothing moves. With {who} we took "
        "the trip to {walk} out of them. That leaves {h}.",
    ),
    "VL07": (
        "The error: {process} is started from yesterday's list. The device: the printer refuses a "
        "list older than {k} hours. It stops the error where it would be made, so it works at the "
        "level of control.",
        "The error: {thing} is taken from the wrong place. The device: a coloured key that fits "
        "only the right drawer. {who} tried to cheat it {k} times and could not.",
    ),
    "VL08": (
        "I was at {k} stand-ups. The board now shows what was promised and kept for {process} "
        "side by side, and the meeting became three minutes shorter.",
        "I watched three stand-ups and ran two with {who}. What changed is the order: what stops "
        "us today comes first, numbers after. Waiting for {wait} came up {k} times.",
    ),
    "VL09": (
        "I facilitated a meeting about {process} with a plan of {t} minutes. Everybody said the "
        "same: the silent round at the start made the quiet ones speak. I talked too long in the "
        "middle.",
        "A meeting of {k} people on {process}. Feedback: the aim was clear, the last five minutes "
        "were rushed, and writing decisions on the wall helped. {who} spoke first, which was the "
        "plan.",
    ),
    "VL10": (
        "Charter and target sheet for two days with {n} people. The aim for {process} is to go "
        "from {t} to {h} minutes; defects and walking distance are to halve.",
        "The charter of the two-day event covers {process} from {start} to {end}. The target "
        "sheet has six measures. The baseline of the fifth is still a guess, and says so.",
    ),
}
ACCEPTED_WITH = (
    "You went and looked, and it shows. Keep the numbers for your capstone.",
    "Clear and short. Next time add how many times you watched.",
    "Good: one process, one number, one change. Show it at the stand-up.",
    "Thank you. I would ask {who} what surprised them in it.",
    "The wait for {wait} is a find. Does it happen at night, too?",
    "Well seen. Draw it, and hang the drawing where the work is done.",
    "Your times are honest, the odd ones included. That is what makes them useful.",
    "Accepted. Go back in a month and time it again.",
)
ACCEPTED_AGAIN_WITH = (
    "Now I can see it. The second visit was worth it.",
    "Much better with the numbers in. Thank you for going back.",
    "This is what was missing. {who} can use it as it stands.",
)
RETURNED_WITH = (
    "A good start. What did you count, and how often? Two more sentences are enough.",
    "I believe you, but {who} would ask for numbers. Go once more with a stopwatch.",
    "This says what you think of it. Write what you saw: times, steps, walks.",
)
ASKED_FOR: Mapping[str, str] = {
    "VL07": "A good error. One thing is missing: say what the device is, at which level it works, "
    "and what happens when somebody is in a hurry. Two sentences are enough."
}
"""What is asked for when the brief of a class names it."""


def written(code: str, resident: Resident) -> tuple[str, str]:
    """Return the clinical area and the words of a resident's homework for a class."""
    bodies = BODIES[code]
    seed = _seed(code, resident)
    return PLACES[resident.staff_id].area, _said(bodies[seed % len(bodies)], seed, resident)


def begun(code: str, resident: Resident) -> tuple[str, str]:
    """Return the same as it was before somebody asked for more: its first sentence."""
    area, body = written(code, resident)
    return area, body.partition(". ")[0].removesuffix(".") + "."


def accepted_with(code: str, resident: Resident, *, again: bool = False) -> str:
    """Return the reviewer's comment on a resident's homework, perhaps on its second version."""
    return _chosen(ACCEPTED_AGAIN_WITH if again else ACCEPTED_WITH, code, resident)


def returned_with(code: str, resident: Resident) -> str:
    """Return what the reviewer asked for."""
    return ASKED_FOR.get(code) or _chosen(RETURNED_WITH, code, resident)


def takes_two_rounds(code: str, resident: Resident) -> bool:
    """Tell whether a resident's homework came back once before it was accepted."""
    return _seed(code, resident) % 4 == 1


def _chosen(comments: tuple[str, ...], code: str, resident: Resident) -> str:
    seed = _seed(code, resident)
    return _said(comments[seed % len(comments)], seed, resident)


def _said(words: str, seed: int, resident: Resident) -> str:
    """Fill words with the resident's place and with figures that differ from piece to piece."""
    n, t = 8 + seed % 7, 24 + 7 * seed % 61
    figures = {"n": n, "m": n // 2, "k": 4 + seed % 5, "t": t, "h": t * 2 // 5}
    said = words.format(**asdict(PLACES[resident.staff_id]), **figures)
    return ". ".join(part[:1].upper() + part[1:] for part in said.split(". "))


def _seed(code: str, resident: Resident) -> int:
    return 5 * int(resident.staff_id[1:]) + 3 * int(code[-2:])
