"""The worst files that somebody thought of, each by its name: what a reader might choke on, hang at or drown in."""

from collections.abc import Callable

MEGABYTE = 1_000_000
_TIMES = ("DTSTART:20261124T100000Z", "DTEND:20261124T103000Z")
_GUEST = "ATTENDEE:mailto:bo@example.com"

CASES: dict[str, Callable[[], bytes]] = {}


def _case(make: Callable[[], bytes]) -> Callable[[], bytes]:
    CASES[make.__name__.strip("_")] = make
    return make


def calendar(*parts: str) -> bytes:
    """Return a VCALENDAR with these lines and components."""
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", "")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


def event(*lines: str, uid: str = "worst") -> str:
    """Return a VEVENT with these lines; without a UID where that is empty."""
    named = (f"UID:{uid}",) if uid else ()
    return "\r\n".join(("BEGIN:VEVENT", *named, *lines, "END:VEVENT"))


def series(*lines: str, start: str = "20261124T100000Z") -> bytes:
    """Return a calendar with one series of half an hour, and a good event behind it."""
    return calendar(event(f"DTSTART:{start}", "DURATION:PT30M", *lines), event(*_TIMES, _GUEST, uid="good"))


def _zone(*lines: str, tzid: str = "Odd") -> bytes:
    """Return a calendar with one zone definition, and one event in that zone."""
    definition = "\r\n".join(("BEGIN:VTIMEZONE", f"TZID:{tzid}", *lines, "END:VTIMEZONE"))
    return calendar(definition, event(f"DTSTART;TZID={tzid}:20261124T100000", "DURATION:PT30M"))


def _observance(*lines: str, to: str = "+0100") -> str:
    return "\r\n".join(("BEGIN:STANDARD", "TZOFFSETFROM:+0200", f"TZOFFSETTO:{to}", *lines, "END:STANDARD"))


# long lines


@_case
def _a_megabyte_in_a_value() -> bytes:
    return calendar(event(*_TIMES, "DESCRIPTION:" + "x" * MEGABYTE, "ATTENDEE:" + "y" * MEGABYTE))


@_case
def _a_megabyte_in_a_parameter() -> bytes:
    return calendar(event(*_TIMES, "ATTENDEE;CN=" + "x" * MEGABYTE + ":mailto:bo@example.com"))


@_case
def _a_megabyte_in_a_quoted_parameter() -> bytes:
    return calendar(event(*_TIMES, 'ATTENDEE;CN="' + ";:" * (MEGABYTE // 2) + '":mailto:bo@example.com'))


@_case
def _a_megabyte_behind_an_open_quote() -> bytes:
    return calendar(event(*_TIMES, 'ATTENDEE;CN="' + "x;" * (MEGABYTE // 2)))


@_case
def _a_megabyte_of_quotes() -> bytes:
    return calendar(event(*_TIMES, "ATTENDEE;CN=" + '"' * (MEGABYTE + 1) + ":mailto:bo@example.com"))


@_case
def _a_megabyte_of_quoted_letters_and_no_colon() -> bytes:
    return calendar(event(*_TIMES, "ATTENDEE;CN=" + '"a"' * (MEGABYTE // 3)))


@_case
def _a_megabyte_in_a_name() -> bytes:
    return calendar(event(*_TIMES, "X" * MEGABYTE + ":1", "Y" * MEGABYTE), "Z" * MEGABYTE)


@_case
def _a_megabyte_of_blanks_before_a_name() -> bytes:
    return calendar(event(*_TIMES, "ATTENDEE" + " " * MEGABYTE + "x:mailto:bo@example.com"))


@_case
def _a_megabyte_on_the_line_of_a_component() -> bytes:
    return calendar("BEGIN:" + "V" * MEGABYTE, "END:" + "V" * MEGABYTE, "END:" + "W" * MEGABYTE)


@_case
def _a_megabyte_of_at_signs() -> bytes:
    return calendar(event("DTSTART:never", "ATTENDEE:" + "a@" * (MEGABYTE // 2)))


@_case
def _a_megabyte_that_is_nearly_an_address() -> bytes:
    return calendar(event("DTSTART:never", "ATTENDEE:" + "a" * MEGABYTE, "COMMENT:" + "a" * MEGABYTE))


@_case
def _a_megabyte_of_backslashes() -> bytes:
    return calendar(event(*_TIMES, "SUMMARY:" + "\\" * MEGABYTE, uid="\\" * MEGABYTE))


@_case
def _a_megabyte_as_uid() -> bytes:
    return calendar(event("DTSTART:never", uid="u" * MEGABYTE))


@_case
def _a_megabyte_of_digits() -> bytes:
    numbers = "9" * MEGABYTE
    return calendar(
        event(f"DTSTART:{numbers}", uid="start"),
        event(*_TIMES, f"SEQUENCE:{numbers}", uid="sequence"),
        event(_TIMES[0], f"DURATION:P{numbers}W", uid="duration"),
        *(
            event(*_TIMES, f"RRULE:FREQ=WEEKLY;{part}={numbers}", uid=part)
            for part in ("COUNT", "INTERVAL", "UNTIL", "BYDAY", "BYMONTH", "BYSETPOS", "WKST")
        ),
    )


@_case
def _a_megabyte_in_a_zone_name() -> bytes:
    return calendar(event("DTSTART;TZID=" + "/a" * (MEGABYTE // 2) + ":20261124T100000"))


@_case
def _a_megabyte_of_colons_in_a_zone_name() -> bytes:
    return calendar(event("DTSTART;TZID=" + "a:" * (MEGABYTE // 2) + ":20261124T100000"))


@_case
def _a_megabyte_of_folds() -> bytes:
    return calendar(event(*_TIMES, "ATTENDEE:mailto:" + "\r\n x" * (MEGABYTE // 4) + "@example.com"))


@_case
def _a_megabyte_of_blank_lines() -> bytes:
    return calendar("\r\n" * (MEGABYTE // 2), event(*_TIMES))


# many of one thing


@_case
def _a_hundred_thousand_parameters() -> bytes:
    return calendar(event(*_TIMES, "ATTENDEE" + ";X=1" * 100_000 + ":mailto:bo@example.com"))


@_case
def _a_hundred_thousand_parameters_without_a_value() -> bytes:
    return calendar(event(*_TIMES, "ATTENDEE" + ";X" * 100_000))


@_case
def _a_hundred_thousand_components_inside_each_other() -> bytes:
    return calendar(*["BEGIN:X-DEEP"] * 100_000, *["END:X-DEEP"] * 100_000)


@_case
def _a_hundred_thousand_components_never_ended() -> bytes:
    return calendar(*["BEGIN:X-DEEP"] * 100_000)


@_case
def _a_hundred_thousand_different_components_never_ended() -> bytes:
    return calendar(*(f"BEGIN:X-{number}" for number in range(100_000)), event(*_TIMES))


@_case
def _a_hundred_thousand_ends_inside_components() -> bytes:
    deep = [f"BEGIN:X-{number}" for number in range(50_000)]
    return calendar(*deep, *["END:X-NEVER"] * 50_000)


@_case
def _a_hundred_thousand_faulty_components_in_an_event() -> bytes:
    inside = ["BEGIN:VALARM", "BEGIN:VALARM", "X:1", "END:VALARM"] * 25_000
    return calendar(event(*_TIMES, *inside))


@_case
def _a_hundred_thousand_events_inside_each_other() -> bytes:
    return calendar(*["BEGIN:VEVENT"] * 100_000)


@_case
def _a_hundred_thousand_stray_ends() -> bytes:
    return calendar(_GUEST, *["END:VEVENT"] * 100_000)


@_case
def _a_hundred_thousand_attendees() -> bytes:
    return calendar(event(*_TIMES, *(f"ATTENDEE:mailto:u{number}@example.com" for number in range(100_000))))


@_case
def _a_hundred_thousand_equal_starts() -> bytes:
    return calendar(event(*[_TIMES[0]] * 100_000, _TIMES[1]))


@_case
def _a_hundred_thousand_dates_taken_out() -> bytes:
    dates = ",".join(
        f"20{n // 8760 + 10:02}{n // 730 % 12 + 1:02}{n // 24 % 28 + 1:02}T{n % 24:02}0000Z"
        for n in range(100_000)
    )
    return series("RRULE:FREQ=WEEKLY", f"EXDATE:{dates}")


@_case
def _a_hundred_thousand_dates_added() -> bytes:
    dates = (
        f"{n // 372 + 1900:04}{n // 31 % 12 + 1:02}{n % 28 + 1:02}T{n % 24:02}{n % 60:02}00Z"
        for n in range(100_000)
    )
    return series("RDATE:" + ",".join(dates))


@_case
def _a_hundred_thousand_dates_added_in_the_window() -> bytes:
    dates = (
        f"202611{n // 3600 % 28 + 1:02}T{n // 60 % 24:02}{n % 60:02}{n // 86400 % 60:02}Z"
        for n in range(100_000)
    )
    return series("RDATE:" + ",".join(dates), "EXDATE:20261124T100000Z")


@_case
def _a_hundred_thousand_empty_dates() -> bytes:
    return series("RRULE:FREQ=WEEKLY", "EXDATE:" + "," * 100_000, *["EXDATE:"] * 100_000)


@_case
def _fifty_thousand_changed_dates_of_a_series() -> bytes:
    changed = (
        event(
            f"RECURRENCE-ID:20{10 + n // 4380:02}{n // 365 % 12 + 1:02}{n % 28 + 1:02}T{n % 24:02}0000Z",
            *_TIMES,
        )
        for n in range(50_000)
    )
    return calendar(event(*_TIMES, "RRULE:FREQ=DAILY"), *changed)


@_case
def _fifty_thousand_dates_moved_away() -> bytes:
    changed = (
        event(
            f"RECURRENCE-ID:2026{9 + n % 3:02}{n // 3 % 28 + 1:02}T{n // 84 % 24:02}{n // 2016 % 60:02}00Z",
            "DTSTART:20300101T100000Z",
        )
        for n in range(50_000)
    )
    return calendar(
        event("DTSTART:20260901T000000Z", "DURATION:PT1M", "RRULE:FREQ=HOURLY;BYMONTH=9,10,11"), *changed
    )


@_case
def _dates_moved_away_from_a_plain_series() -> bytes:
    changed = (
        event(f"RECURRENCE-ID:2026{9 + n % 3:02}{n // 3 % 28 + 1:02}T100000Z", "DTSTART:20300101T100000Z")
        for n in range(5_000)
    )
    return calendar(
        event("DTSTART:20200901T100000Z", "DURATION:PT1M", "RRULE:FREQ=DAILY", "RDATE:20200902T110000Z"),
        *changed,
    )


@_case
def _ten_thousand_changes_of_this_and_all_that_follow() -> bytes:
    changed = (
        event(
            f"RECURRENCE-ID;RANGE=THISANDFUTURE:{2000 + n // 336:04}{n // 28 % 12 + 1:02}{n % 28 + 1:02}T100000Z",
            f"DTSTART:{2000 + n // 336:04}{n // 28 % 12 + 1:02}{n % 28 + 1:02}T110000Z",
        )
        for n in range(10_000)
    )
    return calendar(event("DTSTART:20000101T100000Z", "RRULE:FREQ=DAILY"), *changed)


@_case
def _ten_thousand_events_of_one_uid() -> bytes:
    return calendar(*(event(f"DTSTART:20261124T{n % 24:02}{n // 24 % 60:02}00Z") for n in range(10_000)))


@_case
def _twenty_thousand_events_without_uid() -> bytes:
    return calendar(*(event(_TIMES[0], f"X-N:{number}", uid="") for number in range(20_000)))


@_case
def _twenty_thousand_events_without_a_start() -> bytes:
    return calendar(*(event(_GUEST, uid=f"u{number}") for number in range(20_000)))


@_case
def _twenty_thousand_unknown_zones() -> bytes:
    return calendar(
        *(event(f"DTSTART;TZID=Z{number}:20261124T100000", uid=f"u{number}") for number in range(20_000))
    )


@_case
def _ten_thousand_calendars() -> bytes:
    return calendar() * 10_000


@_case
def _ten_thousand_calendars_with_messages() -> bytes:
    return calendar("METHOD:REPLY", event(*_TIMES)) * 10_000


@_case
def _a_calendar_inside_an_event() -> bytes:
    return calendar(event(*_TIMES, calendar(event(*_TIMES, uid="inner")).decode()))


@_case
def _a_hundred_thousand_lines_outside() -> bytes:
    return b"stray\r\n" * 100_000 + calendar(event(*_TIMES)) + b"END:VEVENT\r\n" * 100_000


# rules


@_case
def _a_million_occurrences_a_minute_apart() -> bytes:
    return series("RRULE:FREQ=MINUTELY;COUNT=1000000") + series("RRULE:FREQ=SECONDLY;COUNT=1000000")


@_case
def _every_second_for_ever() -> bytes:
    return series("RRULE:FREQ=SECONDLY", start="00020101T000000Z")


@_case
def _every_minute_for_ever() -> bytes:
    return series("RRULE:FREQ=MINUTELY", start="00020101T000000Z")


@_case
def _every_second_of_every_minute_of_every_hour() -> bytes:
    by = ";".join(
        f"{name}={','.join(map(str, range(most)))}"
        for name, most in (("BYHOUR", 24), ("BYMINUTE", 60), ("BYSECOND", 60))
    )
    return series(*(f"RRULE:FREQ={frequency};{by}" for frequency in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))


def _one_each(*rules: str, start: str = "20261124T100000Z") -> bytes:
    return calendar(
        *(
            event(f"DTSTART:{start}", "DURATION:PT30M", f"RRULE:{rule}", uid=f"rule {number}")
            for number, rule in enumerate(rules)
        )
    )


_FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")


@_case
def _rules_that_count_too_far() -> bytes:
    return _one_each(
        *(
            f"FREQ={each};COUNT={count}"
            for each in _FREQUENCIES
            for count in ("9999999", "0", "-1", "1000000")
        )
    )


@_case
def _rules_with_huge_intervals() -> bytes:
    return _one_each(
        *(
            f"FREQ={each};INTERVAL={interval}{more}"
            for each in _FREQUENCIES
            for interval in ("999999", "9" * 30, "0", "-1")
            for more in ("", ";COUNT=9", ";UNTIL=99991231T235959Z", ";BYDAY=MO;COUNT=3")
        )
    )


@_case
def _rules_until_the_end_of_time() -> bytes:
    rules = [
        f"FREQ={each};UNTIL={until}"
        for each in _FREQUENCIES
        for until in ("99991231T235959Z", "99991231", "00010101", "00000000", "99999999", "20261124T1000")
    ]
    return _one_each(*rules) + _one_each(*rules, start="00020101T000000Z")


@_case
def _rules_from_the_beginning_of_time() -> bytes:
    starts = (
        "00000101T000000Z",
        "00010101T000000Z",
        "00020101T000000Z",
        "99981231T235959Z",
        "99991231T235959Z",
    )
    return b"".join(_one_each(*(f"FREQ={each}" for each in _FREQUENCIES), start=start) for start in starts)


@_case
def _rules_with_forty_values_each() -> bytes:
    values = ",".join(str(1 + number % 23) for number in range(40))
    names = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS")
    days = "BYDAY=" + ",".join(["MO", "2TU", "-1FR", "SU"] * 10)
    return _one_each(
        *(f"FREQ={each};{name}={values}" for each in _FREQUENCIES for name in names),
        *(f"FREQ={each};{days};" + ";".join(f"{n}={values}" for n in names) for each in _FREQUENCIES),
    )


@_case
def _rules_that_never_come_true() -> bytes:
    return _one_each(
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;INTERVAL=60;BYSECOND=30",
        "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=3",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=YEARLY;BYDAY=54MO",
        "FREQ=YEARLY;BYYEARDAY=366;INTERVAL=4;BYMONTH=1",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=366",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=0",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
    ) + _one_each(
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;INTERVAL=3;BYDAY=MO",
        start="00040229T000000Z",
    )


@_case
def _rules_that_come_true_once_in_centuries() -> bytes:
    return _one_each(
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU",
        "FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=MONTHLY;INTERVAL=7;BYMONTHDAY=31;BYDAY=SU;COUNT=1000",
        start="00040229T000000Z",
    )


@_case
def _ten_thousand_rules_in_one_event() -> bytes:
    return series(
        *(f"RRULE:FREQ=DAILY;BYHOUR={n % 24};BYMINUTE={n // 24 % 60}" for n in range(10_000)),
        start="20000101T100000Z",
    )


@_case
def _ten_thousand_series_each_hour() -> bytes:
    return calendar(
        *(
            event("DTSTART:20260901T100000Z", "RRULE:FREQ=HOURLY", uid=f"u{number}")
            for number in range(10_000)
        )
    )


@_case
def _ten_thousand_series_since_the_middle_ages() -> bytes:
    return calendar(
        *(
            event("DTSTART:18950101T100000Z", "RRULE:FREQ=DAILY;BYMONTH=1", uid=f"u{number}")
            for number in range(10_000)
        )
    )


# times


@_case
def _endless_durations() -> bytes:
    texts = (
        "P99999999W",
        "P9999999D",
        "-P99999999W",
        "PT99999999999999999999S",
        "P1Y",
        "P",
        "PT",
        "P0D",
        "+P3000000D",
    )
    alone = (event(_TIMES[0], f"DURATION:{text}", uid=f"a{text}") for text in texts)
    repeated = (event(_TIMES[0], f"DURATION:{text}", "RRULE:FREQ=DAILY", uid=f"r{text}") for text in texts)
    return calendar(*alone, *repeated)


@_case
def _dates_beyond_the_calendar() -> bytes:
    texts = (
        "99991231T235959Z",
        "99981231T235959",
        "00010101",
        "00000101",
        "20260230",
        "20261124T250000",
        "20261124T235960Z",
        "-0010101",
        "\uff12\uff10\uff12\uff16\uff11\uff11\uff12\uff14",
        "20261124T100000+9900",
    )
    ends = (
        "DURATION:P1D",
        "DTEND:99981231T235959Z",
        "DTEND:00020101T000000Z",
        "RRULE:FREQ=YEARLY",
        "RDATE;VALUE=PERIOD:99981231T235959Z/P99W",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:00020101",
    )
    zones = ("", ";TZID=Pacific/Kiritimati", ";TZID=Etc/GMT+12", ";VALUE=DATE")
    return calendar(
        *(
            event(f"DTSTART{zone}:{text}", end, uid=f"{text}{end[:8]}{zone}")
            for text in texts
            for end in ends
            for zone in zones
        )
    )


# zone definitions


@_case
def _a_zone_that_changes_each_second() -> bytes:
    return _zone(_observance("DTSTART:19700101T000000", "RRULE:FREQ=SECONDLY"))


@_case
def _a_zone_that_changes_without_end() -> bytes:
    each = [
        _observance("DTSTART:00010101T000000", f"RRULE:FREQ={frequency}{more}")
        for frequency in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
        for more in (
            "",
            ";UNTIL=99991231T000000Z",
            ";COUNT=9999999",
            ";BYDAY=MO,TU,WE,TH,FR,SA,SU",
            ";BYMONTH=2;BYMONTHDAY=30",
            ";BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3;BYSECOND=1,2,3",
        )
    ]
    return b"".join(_zone(one) for one in each)


@_case
def _a_zone_with_thousands_of_endless_rules() -> bytes:
    return _zone(*[_observance("DTSTART:19700101T000000", "RRULE:FREQ=MONTHLY;BYDAY=1SU")] * 5_000)


@_case
def _a_zone_with_a_hundred_thousand_changes() -> bytes:
    dates = ",".join(
        f"{n // 336 + 1700:04}{n // 28 % 12 + 1:02}{n % 28 + 1:02}T020000" for n in range(100_000)
    )
    return _zone(_observance("DTSTART:19700101T000000", f"RDATE:{dates}"))


@_case
def _a_zone_of_a_hundred_thousand_parts() -> bytes:
    return _zone(*[_observance("DTSTART:19700101T000000")] * 100_000)


@_case
def _two_thousand_zones() -> bytes:
    zones = (
        "\r\n".join(
            (
                "BEGIN:VTIMEZONE",
                f"TZID:Z{n}",
                _observance("DTSTART:19700101T000000", "RRULE:FREQ=YEARLY"),
                "END:VTIMEZONE",
            )
        )
        for n in range(2_000)
    )
    return calendar(*zones, event("DTSTART;TZID=Z1999:20261124T100000"))


@_case
def _zones_days_away_from_greenwich() -> bytes:
    return b"".join(
        _zone(_observance("DTSTART:19700101T000000", to=to), tzid=f"Odd{number}")
        for number, to in enumerate(
            ("+9900", "-9900", "+2400", "-2359", "+235959", "nonsense", "", "+0100" * 9)
        )
    )


@_case
def _zones_named_after_themselves() -> bytes:
    return (
        _zone(_observance("DTSTART;TZID=Odd:19700101T000000"))
        + _zone(_observance("DTSTART:19700101T000000"), "TZID:Other")
        + _zone(tzid="")
        + calendar("X-WR-TIMEZONE:X-WR-TIMEZONE", event("DTSTART;TZID=TZID:20261124T100000"))
        + _zone("BEGIN:VTIMEZONE", "TZID:Odd", "END:VTIMEZONE")
    )


@_case
def _a_zone_component_that_is_nested_deep() -> bytes:
    return _zone(*["BEGIN:X-DEEP"] * 50_000, *["END:X-DEEP"] * 50_000)


@_case
def _a_megabyte_in_a_zone_definition() -> bytes:
    return _zone("COMMENT;X=" + '"a' * MEGABYTE, _observance("DTSTART:19700101T000000"), "X" * MEGABYTE)


# bytes


@_case
def _half_a_character_of_utf_16() -> bytes:
    return calendar(event(*_TIMES)).decode().encode("utf-16")[:-1]


@_case
def _a_lone_surrogate_in_utf_16() -> bytes:
    data = calendar(event(*_TIMES, "SUMMARY:@@")).decode().encode("utf-16-le")
    return data.replace("@@".encode("utf-16-le"), b"\x00\xd8x\x00")


@_case
def _lone_surrogates_in_utf_8() -> bytes:
    return calendar(event(*_TIMES, _GUEST, uid="@@")).replace(b"@@", b"\xed\xa0\x80\xff") + calendar(
        event("DTSTART:never", uid="\udcff\udcfe"), "X\udcff:1", "END:\udcff", "X-WR-TIMEZONE:\udcff"
    )


@_case
def _nothing_but_nuls() -> bytes:
    return b"\0" * MEGABYTE


@_case
def _nuls_between_all_letters_but_no_utf_16() -> bytes:
    return b"".join(bytes((letter, 0)) for letter in calendar(event(*_TIMES))[1:])


@_case
def _nuls_in_lines() -> bytes:
    return (
        calendar(event(*_TIMES, "ATTENDEE\0:mailto:bo@example.com", "UID:x\0y"), "\0" * MEGABYTE)
        + b"\0" * MEGABYTE
    )


@_case
def _marks_in_the_middle() -> bytes:
    return (
        calendar("\ufeffBEGIN:VEVENT", *_TIMES, "END:VEVENT", event("\ufeff" + _TIMES[0]))
        + b"\xef\xbb\xbf"
        + calendar(event(*_TIMES))
    )


@_case
def _mixed_line_ends() -> bytes:
    return (
        calendar(event(*_TIMES, _GUEST)).replace(b"\r\n", b"\r", 3)
        + calendar().replace(b"\r\n", b"\n")
        + b"\r\n\r\r\n\n\r"
    )


@_case
def _a_megabyte_of_bare_returns() -> bytes:
    return calendar(event(*_TIMES)) + b"\r" * MEGABYTE


@_case
def _a_megabyte_of_noise() -> bytes:
    return bytes(n * n * 31 % 251 for n in range(MEGABYTE)) + calendar(event(*_TIMES))


@_case
def _cut_short() -> bytes:
    return calendar(*(event(*_TIMES, _GUEST, uid=f"u{number}") for number in range(5_000)))[:-40]
