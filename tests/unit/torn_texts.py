"""Calendar files in which anything may be torn, doubled, folded or written strangely, for property tests."""

from collections.abc import Sequence

from hypothesis import strategies as st

# Lines as files have them, and as they should not have them; some hold a fold or a blank line.
STARTS = (
    "DTSTART:20261124T100000Z", "DTSTART;TZID=Europe/Berlin:20261124T100000", "DTSTART;VALUE=DATE:20261124",
    "DTSTART:20200101T100000Z", 'DTSTART;TZID="Europe/Berlin":20200101T100000', "DTSTART:nonsense", "DTSTART",
    "DTSTART;TZID=(UTC+01:00) Berlin:20261124T100000", "DTSTART;TZID=Nowhere/Land:20261124T100000", "dtstart:20261124",
)  # fmt: skip
LINES = (
    *STARTS,
    "UID:a", "UID:", 'UID;X="q:;":c\\,d', "uid:low", "UI", "UID", "UID :sp", "UID\n :cut",
    "DTEND:20261124T110000Z", "DTEND;TZID=Europe/Berlin:20261124T120000", "DTEND:20200101T090000Z", "DURATION:PT1H",
    "RRULE:FREQ=WEEKLY;COUNT=3", "RRULE:", "EXDATE:20261201T100000Z", "EXDATE:", "EXDATE;VALUE=DATE:", "exdate:",
    "EXDATE:\r\n 20261201T100000Z", "EXDATE : ", "EXDATE;VALUE=DATE:2026\n 1201", "RDATE:", 'RDATE;X="a":x:',
    "RDATE:20261125T100000Z", "RECURRENCE-ID:20261201T100000Z", "RECURRENCE-ID", "SEQUENCE:2",
    'SUMMARY:x:y;z,"', "SUMMARY", 'SUMMARY;A="x" :y', "DESCRIPTION:some @ text a@b.org", "and this went on",
    'ATTENDEE;CN="Doe; J: x";PARTSTAT=ACCEPTED:mailto:bo@example.com', 'ATTENDEE;CN="open:mailto:bo@example.com',
    "ATTENDEE;CN=owner\r\n 0@example.com;X=0:mail\n\tto:cy@example.com", "ATTENDEE;CN=Bo",
    "ATTENDEE;CN=J\udcc3\n \udcbcrgen:mailto:bo@example.com", "SUMMARY:J\udcfcrgen", "SUMMARY:田中😀",
    "ORGANIZER:mailto:ana@example.com", "STATUS:CANCELLED", "STATUS:CONFIRMED", "STATU\u017f:CONFIRMED",
    " continued", "\tmore", "", "\r", " ", "\t\t", "\0", "X-A:\0b", "X;A=b\rc:d\re", 'X-A;B="a\n b":c', "X A:b",
    "METHOD:REPLY", "X-WR-TIMEZONE:Nowhere", "TZID:Odd", "ATTACH:http://x", "X-ONETOONE-KEY:k",
)  # fmt: skip
EDGES = (
    "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "begin:vevent",
    "End:VEVENT", "BEGIN:VTODO", "END:VTODO", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:X", "END:X", "END:VEVENT\t",
    "BEGIN:VEVENT ", "BEGIN;A=b:VEVENT", "BEGIN:", "END:", "B", "BEG", "\tBEGIN:VEVENT", " END:VEVENT", "BEG\u0131N:VEVENT",
)  # fmt: skip
CUTS = (
    "\n ", "\r\n\t", "\r", "\n\n ", "\r\n \r\n ", "\n", " ", "\0", ":", '"', ";", "\udcff", "é", "\u0131", "",
)  # fmt: skip
ENDS = ("\r\n", "\n", "\r", "\r\r\n")
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Odd", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0330",
    "TZOFFSETTO:+0330", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Return the bytes of a calendar file to which up to three things were done that should not be."""
    parts = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for _ in range(draw(st.integers(0, 4))):
        parts += draw(events())
        parts += draw(st.sampled_from([(), (), (), ("X-BETWEEN:y",), ZONE]))
    parts.append("END:VCALENDAR")
    parts *= draw(st.sampled_from([1, 1, 1, 2]))
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3]))):
        at = draw(st.integers(0, len(parts) - 1))
        parts[at : at + 1] = draw(torn(parts[at]))
        parts = parts or ["X:y"]
    end = draw(st.sampled_from(ENDS))
    text = end.join(parts) + draw(
        st.sampled_from([end, end, end + end, "", " ", f"{end} x", f"{end}junk{end}"])
    )
    codec = draw(st.sampled_from(CODECS))
    if codec == "utf-8":
        return text.encode("utf-8", "surrogateescape")
    return text.encode("utf-8", "ignore").decode().encode(codec)


@st.composite
def events(draw: st.DrawFn) -> Sequence[str]:
    """Return a VEVENT, in half of the cases with an alarm somewhere in it, mostly of sound lines."""
    some = st.lists(st.sampled_from(LINES), max_size=draw(st.sampled_from([0, 1, 4])))
    lines = [draw(st.sampled_from(["UID:a", "UID:b", "UID:c"])), draw(st.sampled_from(STARTS)), *draw(some)]
    if draw(st.booleans()):
        alarm = [
            "BEGIN:VALARM",
            "UID:alarm",
            *draw(st.lists(st.sampled_from(LINES), max_size=1)),
            "END:VALARM",
        ]
        lines.insert(draw(st.integers(0, len(lines))), "\n".join(alarm))
    return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


@st.composite
def torn(draw: st.DrawFn, line: str) -> Sequence[str]:
    """Return what became of a line: something before it, nothing left of it, or something in it."""
    match draw(st.integers(0, 2)):
        case 0:
            return [draw(st.sampled_from((*EDGES, *LINES))), line]
        case 1:
            return []
        case _:
            at = draw(st.integers(0, len(line)))
            return [line[:at] + draw(st.sampled_from(CUTS)) + line[at:]]
