"""What coaches and residents said in the years before the conversations that still go on.

Each is said to every resident at most once; ``{topic}`` is what that resident's project is about.
"""

from collections.abc import Mapping
from dataclasses import dataclass

TOPICS: Mapping[str, str] = {
    "R2101": "the first antibiotic",
    "R2102": "messages from patients",
    "R2103": "the call after discharge",
    "R2104": "referrals to endoscopy",
    "R2201": "discharge before noon",
    "R2202": "flu vaccines in the emergency department",
    "R2203": "empty infusion chairs",
    "R2204": "telemetry orders",
    "R2301": "dialysis machines",
    "R2302": "opioid agreements",
    "R2303": "sepsis bundles",
    "R2304": "sedation in the ICU",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What was learned, what was promised, and whether it went well or needed a hand."""

    learned: str
    promise: str
    is_stuck: bool = False
    note: str = ""


FIRST_YEAR = (
    Said(
        "First meeting. The wards are new and everything looks like waste; we agreed to watch one "
        "thing at a time.",
        "Bring one process that annoyed you twice this week",
    ),
    Said(
        "The seven wastes are easy to name and hard to see in one's own work. Walking with a "
        "transporter for an hour changed that.",
        "Hand in the homework of the first class",
    ),
    Said(
        "Six cycles of observation on nights, by hand, on the back of a sign-out sheet. The range "
        "surprised everybody.",
        "Show the times to the charge nurse",
        note="Good eye for detail. Let the numbers speak before the ideas do.",
    ),
    Said(
        "Takt and cycle time make sense since the clinic did not keep up on a Monday and did on "
        "a Thursday.",
        "Draw the combination sheet again with the walking in it",
    ),
    Said(
        "Two stand-ups in one week. What helps is that someone asks what stops us today and then "
        "writes a name beside it.",
        "Run a stand-up once, with the manager beside you",
    ),
    Said(
        "ICU was long. Nothing was written, and nothing was expected to be.",
        "Book the next class on the elective",
        is_stuck=True,
        note="Tired. Keep the next check-in short.",
    ),
)
SECOND_YEAR = (
    Said(
        "Three ideas on the table. {topic} is the one about which the unit also complains.",
        "Ask two people who do the work what they would change",
    ),
    Said(
        "The scope of {topic} grew to the whole hospital and was cut back to one unit.",
        "Write the first and the last step in one sentence each",
    ),
    Said(
        "The process owner is in. She wants to see numbers that her staff believe.",
        "Agree with the owner on what is counted, and how",
        note="The owner is the key to this. Meet her together once.",
    ),
    Said(
        "Two hours on the unit with a clipboard. Half of what we thought about {topic} was wrong.",
        "Time ten more cycles on another day of the week",
    ),
    Said(
        "The value stream is drawn. Most of the lead time is waiting between two people who sit "
        "in the same room.",
        "Check the map with the people whose names are on it",
    ),
    Said(
        "Data come late from the warehouse, and nobody knows who could send them sooner.",
        "Ask quality for a weekly extract",
        is_stuck=True,
        note="Sade knows the analyst. Write to her if nothing moves by Friday.",
    ),
    Said(
        "A hand-count of twenty was enough to start; the extract can follow.",
        "Plot the first ten points on paper",
    ),
    Said(
        "The plot shows two weeks that differ. Both had a float nurse who did not know the board.",
        "Write down what the board assumes that everybody knows",
    ),
    Said(
        "Facilitating is harder than presenting: the silent ones had the best ideas about {topic}.",
        "Start the next meeting with a silent round",
    ),
    Said(
        "Nights in between, and still the team met without the resident. That is new.",
        "Thank the team in the unit's huddle",
    ),
    Said(
        "Wastes are tagged to steps. Waiting leads, motion follows, and over-processing is what "
        "physicians add.",
        "Bring the physicians' part to the noon conference",
    ),
    Said(
        "The target sheet has six measures, one of which nobody can count. It was dropped.",
        "Show the sheet to the sponsor before the end of the month",
    ),
)
THIRD_YEAR = (
    Said(
        "The third year begins with new interns on the team. They ask the questions about {topic} "
        "that everybody else has stopped asking.",
        "Take one of them along to the unit",
    ),
    Said(
        "A first-year asked for help with an observation. Teaching it took an hour and showed what "
        "is still unclear.",
        "Take the first-year to a stand-up",
    ),
    Said(
        "The rotation away was long; the unit kept the morning count alive by itself.",
        "Read the counts of the last weeks with the charge nurse",
    ),
    Said(
        "Two juniors wanted to know why it was {topic} and not something easier. The answer took "
        "one sentence, and that was new.",
        "Write that sentence at the top of the charter",
        note="Ready to teach this at the noon conference.",
    ),
)
