"""Who works at the sample organisation: five teams, thirty-one people, eleven time zones.

A row is what `people.csv` holds, with the start and end dates as days from now; `calendar_style` is
whose program keeps the person's calendar.
"""

from dataclasses import dataclass

DOMAIN = "lantern.example"
OFFICE = "Mon-Fri 09:00-17:30"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One person of the sample organisation; `account` is what stands before the @."""

    account: str
    name: str
    manager: str = ""
    zone: str
    country: str = ""
    hours: str = OFFICE
    cadence: str = ""
    starts_in_days: int | None = None
    aliases: str = ""
    calendar_style: str = "google"

    @property
    def email(self) -> str:
        """The person's address."""
        return f"{self.account}@{DOMAIN}"


LONDON = {"zone": "Europe/London", "country": "GB-ENG"}
BERLIN = {"zone": "Europe/Berlin", "country": "DE-BE"}
WARSAW = {"zone": "Europe/Warsaw", "country": "PL"}
LISBON = {"zone": "Europe/Lisbon", "country": "PT"}
NEW_YORK = {"zone": "America/New_York", "country": "US"}
LOS_ANGELES = {"zone": "America/Los_Angeles", "country": "US"}
KOLKATA = {"zone": "Asia/Kolkata", "country": "IN"}

PEOPLE = (
    Sample(account="grace.okafor", name="Grace Okafor", **LONDON),
    # Grace's team leads
    Sample(account="tomas.lindqvist", name="Tomas Lindqvist", manager="grace.okafor", **BERLIN),
    Sample(
        account="maya.chen", name="Maya Chen", manager="grace.okafor", **NEW_YORK, calendar_style="outlook"
    ),
    Sample(
        account="diego.alvarez",
        name="Diego Álvarez",
        manager="grace.okafor",
        hours="Mon-Fri 08:00-17:00",
        **LOS_ANGELES,
    ),
    Sample(
        account="aisha.khan",
        name="Aisha Khan",
        manager="grace.okafor",
        hours="Mon-Fri 10:00-19:00",
        **KOLKATA,
    ),
    Sample(account="noah.fischer", name="Noah Fischer", manager="grace.okafor", cadence="none", **BERLIN),
    # Tomas has nine reports
    Sample(
        account="anna.weiss",
        name="Weiß, Anna",
        manager="tomas.lindqvist",
        **BERLIN,
        aliases="a.weiss@lantern.example",
    ),
    Sample(
        account="bo.jensen", name="Bo Jensen", manager="tomas.lindqvist", **BERLIN, calendar_style="outlook"
    ),
    Sample(
        account="carla.rossi", name="Carla Rossi", manager="tomas.lindqvist", zone="Europe/Rome", country="IT"
    ),
    Sample(
        account="ewa.nowak", name="Ewa Nowak", manager="tomas.lindqvist", **WARSAW, calendar_style="apple"
    ),
    Sample(
        account="felix.braun",
        name="Felix Braun",
        manager="tomas.lindqvist",
        hours="Mon-Thu 09:00-17:30",
        **BERLIN,
    ),
    Sample(account="greta.holm", name="Greta Holm", manager="tomas.lindqvist", starts_in_days=-9, **BERLIN),
    Sample(
        account="hugo.martin",
        name="Hugo Martin",
        manager="tomas.lindqvist",
        zone="Europe/Paris",
        country="FR",
    ),
    Sample(
        account="ines.sousa", name="Inês Sousa", manager="tomas.lindqvist", **LISBON, calendar_style="apple"
    ),
    Sample(account="jan.kowalski", name="Jan Kowalski", manager="tomas.lindqvist", **WARSAW),
    # Maya's team
    Sample(account="kim.park", name="Kim Park", manager="maya.chen", **NEW_YORK),
    Sample(
        account="liam.obrien", name="Liam O'Brien", manager="maya.chen", **LONDON, calendar_style="outlook"
    ),
    Sample(account="mona.farouk", name="Mona Farouk", manager="maya.chen", **NEW_YORK),
    Sample(account="nate.brooks", name="Nate Brooks", manager="maya.chen", cadence="1 week", **NEW_YORK),
    Sample(account="olga.petrova", name="Olga Petrova", manager="maya.chen", **BERLIN),
    Sample(
        account="paulo.lima", name="Paulo Lima", manager="maya.chen", zone="America/Sao_Paulo", country="BR"
    ),
    # Diego's team
    Sample(
        account="quinn.taylor",
        name="Quinn Taylor",
        manager="diego.alvarez",
        hours="Mon-Fri 08:00-16:30",
        **LOS_ANGELES,
    ),
    Sample(account="rosa.mendez", name="Rosa Méndez", manager="diego.alvarez", **LOS_ANGELES),
    Sample(account="sam.wright", name="Sam Wright", manager="diego.alvarez", starts_in_days=10, **NEW_YORK),
    Sample(
        account="tara.singh", name="Tara Singh", manager="diego.alvarez", cadence="1 month", **LOS_ANGELES
    ),
    # Aisha's team
    Sample(account="uma.iyer", name="Uma Iyer", manager="aisha.khan", **KOLKATA),
    Sample(
        account="vikram.rao", name="Vikram Rao", manager="aisha.khan", **KOLKATA, calendar_style="outlook"
    ),
    Sample(account="wen.li", name="李雯 (Wen Li)", manager="aisha.khan", zone="Asia/Singapore", country="SG"),
    Sample(
        account="xenia.popa", name="Xenia Popa", manager="aisha.khan", zone="Europe/Bucharest", country="RO"
    ),
    Sample(account="yusuf.demir", name="Yusuf Demir", manager="aisha.khan", **KOLKATA),
    # Half a world away: no working hour in common with Aisha
    Sample(account="zoe.kaya", name="Zoe Kaya", manager="aisha.khan", **LOS_ANGELES),
)
