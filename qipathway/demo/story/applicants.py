"""Who applied for the winter intake, in their own words, and what two readers think so far.

They are light persons: residents of the program who have no place on the pathway yet.
"""

from dataclasses import dataclass

from residents.states import CareerInterest, Track

Scores = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Applicant:
    """A resident who was invited; what they wrote, and the scores of the chief and the KPO lead.

    Who wrote nothing and is ``not_now`` has said so; without either there was no answer.
    """

    staff_id: str
    given: str
    family: str
    passion: str = ""
    initiative: str = ""
    independence: str = ""
    interest: CareerInterest = CareerInterest.UNDECIDED
    track: Track = Track.CATEGORICAL
    not_now: bool = False
    chief: Scores | None = None
    lead: Scores | None = None
    remark: str = ""
    too_close: str = ""

    @property
    def is_sent(self) -> bool:
        return bool(self.passion)


APPLICANTS = (
    Applicant(
        "R2311",
        "Amina",
        "Bashir",
        "In my first week a patient stayed a night longer because nobody knew who calls the "
        "oxygen company. I have asked on every unit since, and every unit answers differently.",
        "I wrote the five numbers that everybody looks for on one card and asked the charge nurse "
        "what was wrong with it. The fourth version hangs in the work room.",
        "When the card was thrown away in a cleaning I printed it again and asked where it should "
        "hang so that it stays. It is in the drawer with the pagers now.",
        CareerInterest.HOSPITALIST,
        chief=(5, 5, 4),
        lead=(5, 4, 4),
        remark="Asks before fixing. The fourth version of the card says more than the card.",
    ),
    Applicant(
        "R2312",
        "Caleb",
        "Whitfield",
        "I came from engineering. What I miss most in a hospital is that we look at a delay, "
        "shrug, and call it the weekend.",
        "I timed the walk to the blood-gas machine for two weeks and showed the map at noon "
        "conference.",
        "I did it alone and at night, which was also the problem: nobody on the unit had asked "
        "for it. I would begin with them next time.",
        CareerInterest.SUBSPECIALIST,
        chief=(4, 5, 5),
        lead=(3, 4, 2),
        remark="Counts well. Has learned by himself why nobody used it, which I rate higher.",
    ),
    Applicant(
        "R2313",
        "Esperanza",
        "Luna",
        "My clinic patients wait forty minutes and then I rush them. I would like to know which "
        "of the two I could change.",
        "I asked the front desk to write down when people arrive. We have six weeks of it.",
        "The front desk keeps the list without me by now. I only read it on Fridays.",
        CareerInterest.PRIMARY_CARE,
        Track.PRIMARY_CARE,
        chief=(4, 4, 5),
        lead=(4, 5, 5),
    ),
    Applicant(
        "R2314",
        "Henrik",
        "Dahl",
        "Improvement matters because it is part of being a good physician.",
        "I joined the committee on hand hygiene.",
        "I took the minutes of two meetings.",
        chief=(2, 2, 2),
        lead=(2, 1, 2),
    ),
    Applicant(
        "R2315",
        "Imani",
        "Clarke",
        "A medication list was wrong in nine of ten discharges that I saw in October. I saw it, "
        "corrected mine, and left the rest as it was. That is what I want to stop doing.",
        "With a pharmacist I checked twenty lists and sorted what was wrong with them.",
        "She wanted to stop at ten. I brought the other ten on my day off.",
        CareerInterest.HOSPITALIST,
        chief=(5, 4, 4),
        remark="Honest about what she left undone.",
    ),
    Applicant(
        "R2316",
        "Jonah",
        "Perlman",
        "My brother was a patient here. He was fine; he also told his story eleven times.",
        "I asked three interns to try one shared first question at sign-out.",
        "Two of them stopped after a week. I asked them why, and the answer was better than the "
        "question had been.",
        too_close="He stays with my family this year.",
    ),
    Applicant(
        "R2317",
        "Keiko",
        "Arai",
        "In the ICU somebody draws the numbers of the week on the wall by hand. I stood there "
        "longer than I should have.",
        "I started such a line for our team: how many pages we answer after an hour.",
        "It has thirty-one points. For nine of them I was away, and somebody else drew them.",
        CareerInterest.SUBSPECIALIST,
        lead=(5, 5, 5),
    ),
    Applicant(
        "R2318",
        "Liam",
        "Kowalczyk",
        "I like it when things work.",
        "I rebuilt the call schedule in a spreadsheet so that nobody has two weekends in a row.",
        "Nobody asked me to, and I keep it up to date each block.",
        CareerInterest.HOSPITALIST,
    ),
    Applicant("R2319", "Meera", "Nair", track=Track.PRIMARY_CARE, not_now=True),
    Applicant("R2320", "Oskar", "Lindholm"),
)
