"""What residents wrote for their classes, and what was answered."""

from residents.models import Resident

AREAS = (
    "7 East, hospital medicine",
    "Emergency department",
    "Primary care clinic, second floor",
    "Endoscopy unit",
)
BODIES = {
    "VL01": (
        "I followed one discharge from the order to the door: 14 steps, 9 of them waiting or "
        "walking. Most of the time is waiting for the pharmacy and for a wheelchair. What nobody "
        "uses is what the night team already knows at six in the morning.",
        "I walked with a specimen from the bedside to the result. It was carried four times and "
        "lay still five times, once for 40 minutes beside a printer. Motion and waiting are the "
        "two wastes that I would start with.",
    ),
    "VL02": (
        "Six cycles of the medication check at the bedside: 4:10, 3:55, 4:10, 6:30, 4:10, 4:20. "
        "Most frequent 4:10, range 2:35. The long one was a walk to the second cabinet.",
        "Eight cycles of rooming a patient. Most frequent time 7 minutes, range 5. Walking is a "
        "third of it, because the scale stands at the other end of the corridor.",
    ),
    "VL03": (
        "Current value stream from triage to first antibiotic, with times from 12 charts and two "
        "hours of watching. Lead time 171 minutes, of which 38 add value. The longest wait is "
        "between the order and the bag being hung.",
        "Current value stream of a clinic visit for a new patient. Lead time 94 minutes, of which "
        "31 add value. Patients wait twice for the same room.",
    ),
    "VL04": (
        "Takt for rooming in the morning is 11 minutes. One medical assistant needs 13, two need "
        "6.5 each with a long idle tail. The combination sheet shows that the wait for the "
        "interpreter phone falls inside, not beside, the manual work.",
        "Standard-work sheet for the morning huddle: nine elements, 8 minutes against a takt of "
        "10. Written with the charge nurse and tried on three mornings.",
    ),
    "VL05": (
        "The supply closet was at level 1: nobody could tell what was missing. After sorting and "
        "marking it is at level 2. Two photos hang on the inside of its door.",
        "Audit of the workroom: from level 1 to level 2. A shadow board for the two ultrasound "
        "probes ended the search that took most of us five minutes a day.",
    ),
    "VL06": (
        "Setting up for a paracentesis has 17 steps, 11 of them with the patient waiting. "
        "Labelling the tubes moved outside; the patient now waits 6 minutes less.",
        "Between two procedures the room stands still for 22 minutes. Fetching the next cart is "
        "now done while the room is cleaned.",
    ),
    "VL07": (
        "The error: two pumps with the same face and different units. The device: a coloured key "
        "that fits only the right cassette. It works at the level of control, not of warning.",
        "The error: a discharge list printed from yesterday. The device: the printer refuses a "
        "list older than four hours. It stops the error where it would be made.",
    ),
    "VL08": (
        "Five stand-ups on 7 East. The board now shows yesterday's promised and kept discharges "
        "side by side, and the meeting became three minutes shorter.",
        "Observed three stand-ups and ran two. What changed is the order: what stops us today "
        "comes first, numbers after.",
    ),
    "VL09": (
        "I facilitated the unit's meeting about the discharge lounge with a plan of 25 minutes. "
        "Both participants said the same: the silent round at the start made the quiet ones "
        "speak. I talked too long in the middle.",
        "Facilitated a meeting on the vaccine fridge. Feedback: the aim was clear, the last five "
        "minutes were rushed, and writing decisions on the wall helped.",
    ),
    "VL10": (
        "Charter and target sheet for two days with nine people. Lead time from 171 to 100 "
        "minutes, quality defects from 9 to 3 in 20, and walking distance halved.",
        "Charter of the two-day event and its target sheet with six measures. The baseline of the "
        "fifth is still a guess, and says so.",
    ),
}
ACCEPTED_WITH = (
    "You went and looked, and it shows. Keep the numbers for your capstone.",
    "Clear and short. Next time add how many times you watched.",
    "Good: one process, one number, one change. Show it at the stand-up.",
    "Thank you. I would ask the people who do the work what surprised them in it.",
)
RETURNED_WITH = (
    "A good error and a good device. One thing is missing: say at which level it works, and what "
    "happens when somebody is in a hurry. Two sentences are enough."
)


def written(code: str, resident: Resident) -> tuple[str, str]:
    """Return the clinical area and the words of a resident's homework for a class."""
    number = _number(resident)
    bodies = BODIES[code]
    return AREAS[number % len(AREAS)], bodies[number % len(bodies)]


def accepted_with(code: str, resident: Resident) -> str:
    """Return the reviewer's comment on a resident's homework for a class."""
    return ACCEPTED_WITH[(_number(resident) + int(code[-2:])) % len(ACCEPTED_WITH)]


def _number(resident: Resident) -> int:
    return int(resident.staff_id[1:])
