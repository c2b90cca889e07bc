"""What has happened between the pairs of the sample organisation, and what is in other calendars.

Weeks count from the Monday of the present week: -1 is last week. Every status of the gap report, and
everything that makes a status hard to see, occurs at least once, whatever the present moment is.
"""

from dataclasses import dataclass
from enum import StrEnum

RAN_ON = 60
MON, TUE, WED, THU, FRI = range(5)


class Twist(StrEnum):
    """What may befall a single meeting of a series."""

    CANCELLED = "cancelled"
    DECLINED = "declined"
    MOVED = "moved"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A series of 1-2-1s (or, with `every` 0, single ones in the weeks named by `only`).

    The clock time is the manager's. `twists` maps a week to what befell the meeting in it.
    """

    manager: str
    report: str
    weekday: int
    clock: str
    every: int = 2
    first: int = -24
    last: int = RAN_ON
    only: tuple[int, ...] = ()
    twists: tuple[tuple[int, Twist], ...] = ()
    minutes: int = 30
    room: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Days off, from the Monday of one week up to the Monday of another; or single weekdays."""

    person: str
    from_week: int
    to_week: int
    timed: bool = False


HISTORIES = (
    # Grace and her leads: across five zones
    History(
        manager="grace.okafor", report="tomas.lindqvist", weekday=TUE, clock="10:00", first=-25, room=True
    ),
    History(
        manager="grace.okafor",
        report="maya.chen",
        weekday=WED,
        clock="14:30",
        first=-23,
        twists=((-1, Twist.MOVED),),
    ),
    History(manager="grace.okafor", report="diego.alvarez", weekday=THU, clock="17:00", first=-25, last=-3),
    # Tomas and his nine
    History(
        manager="tomas.lindqvist",
        report="anna.weiss",
        weekday=TUE,
        clock="13:30",
        first=-24,
        twists=((-2, Twist.MOVED),),
    ),
    History(
        manager="tomas.lindqvist",
        report="bo.jensen",
        weekday=WED,
        clock="10:00",
        first=-25,
        twists=((-5, Twist.DECLINED),),
    ),
    History(manager="tomas.lindqvist", report="carla.rossi", weekday=THU, clock="11:00", first=-26, last=-6),
    History(
        manager="tomas.lindqvist",
        report="ewa.nowak",
        weekday=THU,
        clock="14:00",
        first=-24,
        last=2,
        twists=tuple((week, Twist.CANCELLED) for week in (-8, -6, -4, -2, 0)),
    ),
    History(manager="tomas.lindqvist", report="felix.braun", weekday=MON, clock="15:00", every=4, first=-25),
    History(manager="tomas.lindqvist", report="hugo.martin", weekday=WED, clock="15:30", first=-24),
    History(
        manager="tomas.lindqvist", report="ines.sousa", weekday=TUE, clock="16:00", every=0, only=(-7, -4)
    ),
    # Maya's team; Olga reported to Tomas until five weeks ago
    History(
        manager="maya.chen",
        report="kim.park",
        weekday=TUE,
        clock="11:00",
        first=-25,
        twists=((-3, Twist.DELETED),),
    ),
    History(
        manager="maya.chen",
        report="liam.obrien",
        weekday=WED,
        clock="10:00",
        every=0,
        only=(-11, -9, -6, -3, -1, 1, 3, 5, 7, 9, 11),
    ),
    History(
        manager="maya.chen",
        report="mona.farouk",
        weekday=THU,
        clock="13:00",
        first=-24,
        twists=(
            (-8, Twist.DECLINED),
            (-6, Twist.CANCELLED),
            (-4, Twist.DELETED),
            (-2, Twist.DECLINED),
            (0, Twist.DECLINED),
        ),
    ),
    History(
        manager="maya.chen", report="nate.brooks", weekday=FRI, clock="10:30", every=1, first=-20, minutes=25
    ),
    History(manager="tomas.lindqvist", report="olga.petrova", weekday=THU, clock="09:30", first=-25, last=-5),
    History(manager="maya.chen", report="paulo.lima", weekday=TUE, clock="14:00", first=-25),
    # Diego's team
    History(manager="diego.alvarez", report="quinn.taylor", weekday=TUE, clock="09:00", first=-24),
    History(manager="diego.alvarez", report="tara.singh", weekday=WED, clock="10:00", every=4, first=-21),
    # Aisha's team
    History(manager="aisha.khan", report="uma.iyer", weekday=TUE, clock="11:30", first=-24),
    History(manager="aisha.khan", report="vikram.rao", weekday=WED, clock="12:00", first=-25),
    History(manager="aisha.khan", report="wen.li", weekday=THU, clock="11:00", first=-24, last=-4),
)

# A series whose dates some program has garbled: it may be the very 1-2-1, so nothing is concluded.
GARBLED = History(manager="aisha.khan", report="yusuf.demir", weekday=WED, clock="16:00")

LEAVES = (
    Leave(person="hugo.martin", from_week=-3, to_week=-1),
    Leave(person="vikram.rao", from_week=-4, to_week=30),
    Leave(person="uma.iyer", from_week=3, to_week=4, timed=True),
    Leave(person="kim.park", from_week=5, to_week=6),
)

# A calendar kept as a folder of files, as vdirsyncer does.
AS_FOLDER = ("jan.kowalski",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """Another weekly meeting of several people, at the first one's clock."""

    people: tuple[str, ...]
    weekdays: tuple[int, ...]
    clock: str
    minutes: int
    title: str


OTHERS = (
    Recurring(
        people=(
            "grace.okafor",
            "tomas.lindqvist",
            "maya.chen",
            "diego.alvarez",
            "aisha.khan",
            "noah.fischer",
        ),
        weekdays=(MON,),
        clock="16:00",
        minutes=60,
        title="Leads",
    ),
    Recurring(
        people=(
            "tomas.lindqvist",
            "anna.weiss",
            "bo.jensen",
            "carla.rossi",
            "ewa.nowak",
            "felix.braun",
            "greta.holm",
            "hugo.martin",
            "ines.sousa",
            "jan.kowalski",
        ),
        weekdays=(MON, TUE, WED, THU, FRI),
        clock="09:30",
        minutes=15,
        title="Stand-up",
    ),
    Recurring(
        people=(
            "maya.chen",
            "kim.park",
            "liam.obrien",
            "mona.farouk",
            "nate.brooks",
            "olga.petrova",
            "paulo.lima",
        ),
        weekdays=(MON, WED),
        clock="09:30",
        minutes=30,
        title="Planning, and a look back",
    ),
    Recurring(
        people=("diego.alvarez", "quinn.taylor", "rosa.mendez", "tara.singh"),
        weekdays=(MON, THU),
        clock="08:30",
        minutes=30,
        title="Sync; west coast",
    ),
    Recurring(
        people=("aisha.khan", "uma.iyer", "vikram.rao", "wen.li", "xenia.popa", "yusuf.demir"),
        weekdays=(TUE, FRI),
        clock="14:00",
        minutes=45,
        title="Review",
    ),
    Recurring(
        people=("tomas.lindqvist", "carla.rossi", "bo.jensen"),
        weekdays=(WED,),
        clock="13:00",
        minutes=60,
        title="Architecture, with minutes",
    ),
)
