"""Calendar files that others wrote: each reads or is refused in a sentence, none crashes."""

import pytest

from benchmarks.foreign_calendars import default_folder, verdicts

FOLDER = default_folder()
# what each of these must come to, found by looking at them one by one
FINE = {"icaljs/minimal.ics", "icalendar/issue_168_expected_output.ics", "icalendar/rfc_9253_examples.ics"}
CUT_SHORT = {"icalendar/small_bad_calendar.ics", "icalendar/big_bad_calendar.ics"}
WITH_UNREAD = {
    "icalendar/broken_dtstart.ics",
    "icalendar/invalid_duration.ics",
    "icalendar/issue_1081_invalid_rrule_freq.ics",
    "icalendar/rfc_7529.ics",
    "icalendar/example.ics",
}


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the foreign calendars are not there ({FOLDER.name})")
def test_every_foreign_file_is_read_or_refused_in_a_sentence() -> None:
    """No file crashes or is called fine when it is not; how long each takes, `benchmarks.foreign_calendars` says."""
    found = {each.file: each for each in verdicts(FOLDER)}
    assert not [each for each in found.values() if each.outcome not in {"read", "refused"}]
    assert all(
        each.sentence and "\n" not in each.sentence for each in found.values() if each.outcome == "refused"
    )
    assert {name for name in FINE if found[name].outcome == "read" and not found[name].unread} == FINE
    assert {name for name in CUT_SHORT if "cut short" in found[name].sentence} == CUT_SHORT
    assert {name for name in WITH_UNREAD if "can't be read" in found[name].sentence} == WITH_UNREAD
