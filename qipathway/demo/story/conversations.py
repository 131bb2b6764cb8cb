"""What coaches and residents said to each other."""

from dataclasses import dataclass
from datetime import date, time

from mentorship.services import Slot
from mentorship.states import Mood, NoteLevel


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised, by when, and the day on which it was done if it was."""

    text: str
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A check-in that was held."""

    slot: Slot
    mood: Mood
    learned: str
    promises: tuple[Promise, ...] = ()
    note: str = ""
    level: NoteLevel = NoteLevel.MINE
    asks_director: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """The check-ins of a resident in order of time, and the one that is planned."""

    talks: tuple[Talk, ...]
    next: Slot | None = None


OFFICE, VIDEO, PHONE = "KPO office", "by video", "by phone"

CONVERSATIONS = {
    "R2101": Conversation(
        (
            Talk(
                Slot(date(2026, 12, 9), time(11), OFFICE),
                Mood.MOVING,
                "The antibiotic waits longest after it was ordered, not before. Twelve of twenty "
                "bags were hung within the hour; on weekends it was two of six.",
                (
                    Promise(
                        "Watch two weekend shifts in the emergency department", date(2027, 1, 17)
                    ),
                    Promise("Send the baseline to Marcus", date(2026, 12, 15), date(2026, 12, 14)),
                ),
            ),
        ),
        Slot(date(2027, 1, 14), time(15), VIDEO),
    ),
    "R2102": Conversation(
        (
            Talk(
                Slot(date(2026, 12, 3), time(14), OFFICE),
                Mood.MOVING,
                "A third of the messages need an appointment and get three answers first. The "
                "clerks sort them better than any rule we wrote.",
                (Promise("Time twenty messages from arrival to answer", date(2027, 1, 18)),),
            ),
        ),
        Slot(date(2027, 1, 21), time(14), OFFICE),
    ),
    "R2103": Conversation(
        (
            Talk(
                Slot(date(2026, 10, 20), time(16), OFFICE),
                Mood.MOVING,
                "Of 31 patients with heart failure 19 were called within a week. Nobody owns the "
                "list on Fridays.",
                (
                    Promise("Map the call with pharmacy", date(2026, 11, 20), date(2026, 11, 13)),
                    Promise("Find two days for the event", date(2026, 12, 4)),
                ),
            ),
            Talk(
                Slot(date(2026, 12, 15), time(16, 30), VIDEO),
                Mood.NEEDS_A_HAND,
                "The dates of the event were moved twice because the charge nurses cannot be "
                "freed. The work itself is ready.",
                (Promise("Write down what two days would need, on one page", date(2027, 1, 8)),),
                note="He will not ask twice. If the director and nursing agree on two days before "
                "February, he finishes in time.",
                level=NoteLevel.SHARED,
                asks_director=True,
            ),
        ),
        Slot(date(2027, 1, 14), time(16), VIDEO),
    ),
    "R2104": Conversation(
        (
            Talk(
                Slot(date(2026, 11, 23), time(9, 30), OFFICE),
                Mood.MOVING,
                "The unit has read new referrals every morning through two holidays without "
                "being asked. She wants the next team to know how that came about.",
                (
                    Promise(
                        "Write the handover on one page", date(2026, 12, 18), date(2026, 12, 17)
                    ),
                ),
            ),
        ),
        Slot(date(2027, 2, 3), time(9, 30), OFFICE),
    ),
    "R2201": Conversation(
        (
            Talk(
                Slot(date(2026, 8, 27), time(10), OFFICE),
                Mood.MOVING,
                "Discharge orders are signed by ten, and most patients leave after two. He wants "
                "to know what happens in between.",
                (
                    Promise(
                        "Walk one discharge from the order to the door",
                        date(2026, 9, 15),
                        date(2026, 9, 14),
                    ),
                ),
            ),
            Talk(
                Slot(date(2026, 10, 19), time(16), OFFICE),
                Mood.MOVING,
                "The walk showed eleven hand-overs, and four of them wait for the pharmacy. Nights "
                "and ICU come first; the charter starts when they are over.",
                (Promise("Choose the process", date(2026, 11, 6), date(2026, 10, 30)),),
                note="Eight weeks of nights and ICU ahead. Keep it small until then.",
                level=NoteLevel.US_TWO,
            ),
            Talk(
                Slot(date(2026, 12, 17), time(9, 30), OFFICE),
                Mood.MOVING,
                "Back on an elective, and tired. Four weeks of half days are enough for the "
                "charter if it is written in small pieces.",
                (
                    Promise(
                        "Ask Ingrid whether she would sponsor it",
                        date(2026, 12, 20),
                        date(2026, 12, 18),
                    ),
                    Promise("Write where the process starts and ends", date(2026, 12, 29)),
                ),
                note="Offer to write the first sentence together.",
            ),
        ),
        Slot(date(2026, 12, 29), time(10), VIDEO),
    ),
    "R2202": Conversation(
        (
            Talk(
                Slot(date(2026, 11, 20), time(9), OFFICE),
                Mood.MOVING,
                "The charter is complete. Of 40 patients seen in the department without a "
                "vaccine, three were offered one.",
                (Promise("Show the count at the stand-up", date(2026, 12, 4), date(2026, 12, 2)),),
            ),
            Talk(
                Slot(date(2026, 12, 10), time(13, 30), OFFICE),
                Mood.MOVING,
                "The team would start tomorrow. What is missing is a signature.",
                (Promise("Speak to Beatriz in person", date(2026, 12, 21)),),
            ),
        ),
        Slot(date(2027, 1, 7), time(10), OFFICE),
    ),
    "R2203": Conversation(
        (
            Talk(
                Slot(date(2026, 11, 10), time(17, 15), PHONE),
                Mood.STALLED,
                "Three ideas, each as wide as a department. Infusion chairs that stand empty "
                "while people wait is the one she comes back to.",
                (Promise("Watch the infusion chairs for one morning", date(2026, 12, 4)),),
                note="Ask what she would stop doing to make room for this.",
            ),
        ),
    ),
    "R2204": Conversation(
        (
            Talk(
                Slot(date(2026, 11, 24), time(10), OFFICE),
                Mood.MOVING,
                "Two of three monitors run longer than their order. Nobody is asked to stop them.",
                (
                    Promise(
                        "Count orders without an end for five days",
                        date(2026, 12, 15),
                        date(2026, 12, 11),
                    ),
                ),
            ),
            Talk(
                Slot(date(2026, 12, 15), time(10), OFFICE),
                Mood.MOVING,
                "58 orders in five days, 21 with an end. The charter can be written from that.",
                (
                    Promise("Finish the self-screen", date(2027, 1, 8)),
                    Promise("Write the charter", date(2026, 12, 18), date(2026, 12, 16)),
                ),
            ),
        ),
        Slot(date(2027, 1, 11), time(9), OFFICE),
    ),
    "R2301": Conversation(
        (
            Talk(
                Slot(date(2026, 9, 30), time(15), OFFICE),
                Mood.MOVING,
                "First meeting. She has seen patients wait for a machine that stood clean next "
                "door.",
                (
                    Promise(
                        "Book two classes on the elective", date(2026, 10, 4), date(2026, 10, 2)
                    ),
                ),
            ),
            Talk(
                Slot(date(2026, 12, 18), time(9), OFFICE),
                Mood.MOVING,
                "Two classes in one week was much, and it worked. She wants to see more stand-ups "
                "before she chooses anything.",
                (Promise("Attend a stand-up in each week of SBP", date(2027, 1, 12)),),
            ),
        ),
        Slot(date(2027, 3, 12), time(9), OFFICE),
    ),
    "R2302": Conversation(
        (
            Talk(
                Slot(date(2026, 11, 12), time(9), VIDEO),
                Mood.MOVING,
                "He missed the 5S class for an admission and wants the next date.",
                (Promise("Book the 5S class again", date(2026, 12, 31), date(2026, 12, 17)),),
            ),
        ),
        Slot(date(2027, 1, 11), time(10, 30), VIDEO),
    ),
    "R2303": Conversation(
        (
            Talk(
                Slot(date(2026, 12, 11), time(15), OFFICE),
                Mood.MOVING,
                "The homework waits for the next elective, which is in March. A photo of the "
                "workroom today would be a start.",
                (Promise("Take a photo of the workroom as it is", date(2027, 1, 15)),),
            ),
        ),
    ),
    "R2304": Conversation(
        (
            Talk(
                Slot(date(2026, 11, 13), time(11), OFFICE),
                Mood.MOVING,
                "First meeting with the coach pool. She thinks about sedation in the ICU and wants "
                "a coach who knows critical care.",
            ),
        ),
    ),
}
"""The one who has not been seen for 48 days is R2203."""

UPDATES = (
    (
        "R2201",
        date(2026, 12, 27),
        time(20, 15),
        "I know where the process starts, but not where it ends: when the patient leaves the unit, "
        "or when the bed is clean again? And I do not know who owns it.",
    ),
)
"""What residents wrote before a check-in: who, when, and the words."""
