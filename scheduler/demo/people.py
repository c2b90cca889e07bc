"""Who works at the sample organisation: five teams, thirty-one people, eleven time zones.

A row is what `people.csv` holds, with the start and end dates as days from now; `calendar_style` is
whose program keeps the person's calendar.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

DOMAIN = "lantern.example"
OFFICE = "Mon-Fri 09:00-17:30"


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works: an IANA zone, and the ISO 3166 code of the public holidays."""

    zone: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One person of the sample organisation; `account` is what stands before the @."""

    account: str
    name: str
    manager: str = ""
    place: Place
    hours: str = OFFICE
    cadence: str = ""
    starts_in_days: int | None = None
    aliases: str = ""
    calendar_style: str = "google"

    @property
    def email(self) -> str:
        """The person's address."""
        return f"{self.account}@{DOMAIN}"

    @property
    def tz(self) -> ZoneInfo:
        """The zone of the place."""
        return ZoneInfo(self.place.zone)


LONDON = Place("Europe/London", "GB-ENG")
BERLIN = Place("Europe/Berlin", "DE-BE")
WARSAW = Place("Europe/Warsaw", "PL")
LISBON = Place("Europe/Lisbon", "PT")
NEW_YORK = Place("America/New_York", "US")
LOS_ANGELES = Place("America/Los_Angeles", "US")
KOLKATA = Place("Asia/Kolkata", "IN")

PEOPLE = (
    Sample(account="grace.okafor", name="Grace Okafor", place=LONDON),
    # Grace's team leads
    Sample(account="tomas.lindqvist", name="Tomas Lindqvist", manager="grace.okafor", place=BERLIN),
    Sample(
        account="maya.chen",
        name="Maya Chen",
        manager="grace.okafor",
        place=NEW_YORK,
        calendar_style="outlook",
    ),
    Sample(
        account="diego.alvarez",
        name="Diego Álvarez",
        manager="grace.okafor",
        hours="Mon-Fri 08:00-17:00",
        place=LOS_ANGELES,
    ),
    Sample(
        account="aisha.khan",
        name="Aisha Khan",
        manager="grace.okafor",
        hours="Mon-Fri 10:00-19:00",
        place=KOLKATA,
    ),
    Sample(account="noah.fischer", name="Noah Fischer", manager="grace.okafor", cadence="none", place=BERLIN),
    # Tomas has nine reports
    Sample(
        account="anna.weiss",
        name="Weiß, Anna",
        manager="tomas.lindqvist",
        place=BERLIN,
        aliases="a.weiss@lantern.example",
    ),
    Sample(
        account="bo.jensen",
        name="Bo Jensen",
        manager="tomas.lindqvist",
        place=BERLIN,
        calendar_style="outlook",
    ),
    Sample(
        account="carla.rossi", name="Carla Rossi", manager="tomas.lindqvist", place=Place("Europe/Rome", "IT")
    ),
    Sample(
        account="ewa.nowak", name="Ewa Nowak", manager="tomas.lindqvist", place=WARSAW, calendar_style="apple"
    ),
    Sample(
        account="felix.braun",
        name="Felix Braun",
        manager="tomas.lindqvist",
        hours="Mon-Thu 09:00-17:30",
        place=BERLIN,
    ),
    Sample(
        account="greta.holm", name="Greta Holm", manager="tomas.lindqvist", starts_in_days=-9, place=BERLIN
    ),
    Sample(
        account="hugo.martin",
        name="Hugo Martin",
        manager="tomas.lindqvist",
        place=Place("Europe/Paris", "FR"),
    ),
    Sample(
        account="ines.sousa",
        name="Inês Sousa",
        manager="tomas.lindqvist",
        place=LISBON,
        calendar_style="apple",
    ),
    Sample(account="jan.kowalski", name="Jan Kowalski", manager="tomas.lindqvist", place=WARSAW),
    # Maya's team
    Sample(account="kim.park", name="Kim Park", manager="maya.chen", place=NEW_YORK),
    Sample(
        account="liam.obrien",
        name="Liam O'Brien",
        manager="maya.chen",
        place=LONDON,
        calendar_style="outlook",
    ),
    Sample(account="mona.farouk", name="Mona Farouk", manager="maya.chen", place=NEW_YORK),
    Sample(account="nate.brooks", name="Nate Brooks", manager="maya.chen", cadence="1 week", place=NEW_YORK),
    Sample(account="olga.petrova", name="Olga Petrova", manager="maya.chen", place=BERLIN),
    Sample(
        account="paulo.lima", name="Paulo Lima", manager="maya.chen", place=Place("America/Sao_Paulo", "BR")
    ),
    # Diego's team
    Sample(
        account="quinn.taylor",
        name="Quinn Taylor",
        manager="diego.alvarez",
        hours="Mon-Fri 08:00-16:30",
        place=LOS_ANGELES,
    ),
    Sample(account="rosa.mendez", name="Rosa Méndez", manager="diego.alvarez", place=LOS_ANGELES),
    Sample(
        account="sam.wright", name="Sam Wright", manager="diego.alvarez", starts_in_days=10, place=NEW_YORK
    ),
    Sample(
        account="tara.singh", name="Tara Singh", manager="diego.alvarez", cadence="1 month", place=LOS_ANGELES
    ),
    # Aisha's team
    Sample(account="uma.iyer", name="Uma Iyer", manager="aisha.khan", place=KOLKATA),
    Sample(
        account="vikram.rao", name="Vikram Rao", manager="aisha.khan", place=KOLKATA, calendar_style="outlook"
    ),
    Sample(account="wen.li", name="李雯 (Wen Li)", manager="aisha.khan", place=Place("Asia/Singapore", "SG")),
    Sample(
        account="xenia.popa", name="Xenia Popa", manager="aisha.khan", place=Place("Europe/Bucharest", "RO")
    ),
    Sample(account="yusuf.demir", name="Yusuf Demir", manager="aisha.khan", place=KOLKATA),
    # Half a world away: no working hour in common with Aisha
    Sample(account="zoe.kaya", name="Zoe Kaya", manager="aisha.khan", place=LOS_ANGELES),
)
