"""What the next agenda takes up from a running document, and what it leaves behind."""

import pytest

from scheduler.agenda.blocks import sections
from tests.unit.agenda_builders import FIRST, WEEK, newest, part, typed, weekly, written

SECOND = FIRST + WEEK


def after(follow_ups: str, **more: str) -> str:
    """Return the second agenda after people wrote this under the first."""
    return newest(written(typed(written(None), follow_ups, **more), SECOND))


def open_lines(section: str) -> list[str]:
    """Return the lines of open items of a section."""
    return [line for line in part(section, "Since last time").splitlines() if "- [ ]" in line]


def test_every_open_follow_up_comes_up_with_its_age_and_owner() -> None:
    """Task items, plain bullets, numbered ones and bare lines under the heading all count."""
    section = after(
        "- [ ] Ask finance (Bo) by Friday\n- Ann: book a room\n* [ ] read the book\n\n1. [ ] mend it\n\nCall Cleo\n"
    )
    assert open_lines(section) == [
        "- [ ] Bo: Ask finance *(due Fri 6 Nov, 4 days over; since 3 Nov, 1 week)*",
        "- [ ] Ann: book a room *(since 3 Nov, 1 week)*",
        "- [ ] read the book *(since 3 Nov, 1 week)*",
        "- [ ] mend it *(since 3 Nov, 1 week)*",
        "- [ ] Call Cleo *(since 3 Nov, 1 week)*",
    ]


def test_what_was_done_is_told_once_and_not_carried() -> None:
    """Ticked and struck-through items stand under *Done since then* of the next agenda, and of no later one."""
    text = written(typed(written(None), "- [x] Ask finance\n- ~~book a room~~\n- [ ] read"), SECOND)
    assert part(newest(text), "Done since then") == "- [x] Ask finance\n- [x] ~~book a room~~"
    assert len(open_lines(newest(text))) == 1
    assert "Done since then" not in newest(written(text, SECOND + WEEK))


@pytest.mark.parametrize("place", ["newer", "older"])
def test_a_tick_in_either_place_closes_an_item(place: str) -> None:
    """It does not matter whether people tick the list of the newest agenda or the line they wrote first."""
    text = written(typed(written(None), "- [ ] Ask finance"), SECOND)
    at = text.index("- [ ] Ask finance") if place == "newer" else text.rindex("- [ ] Ask finance")
    text = text[:at] + text[at:].replace("[ ]", "[x]", 1)
    section = newest(written(text, SECOND + WEEK))
    assert open_lines(section) == []
    assert part(section, "Done since then") == "- [x] Ask finance"


def test_a_tick_taken_back_opens_an_item_again() -> None:
    """What is unticked under *Done since then* was not done."""
    text = written(typed(written(None), "- [x] Ask finance"), SECOND).replace("- [x] Ask", "- [ ] Ask", 1)
    assert len(open_lines(newest(written(text, SECOND + WEEK)))) == 1


def test_what_people_took_out_of_the_list_does_not_come_back() -> None:
    """A line deleted from the newest agenda is a person's no, though it still stands where it was first written."""
    text = written(typed(written(None), "- [ ] Ask finance"), SECOND)
    line = next(line for line in text.splitlines() if "Ask finance *(" in line)
    assert open_lines(newest(written(text.replace(line + "\n", ""), SECOND + WEEK))) == []


def test_what_is_written_below_an_older_meeting_is_found_too() -> None:
    """The next agenda may be there before a meeting takes place; what is agreed in it then is not lost."""
    text = written(written(None), SECOND)
    at = text.rindex("- [ ]\n- [ ]")
    text = text[:at] + "- [ ] Ask finance\n" + text[at:]
    section = newest(written(text, SECOND + WEEK))
    assert open_lines(section) == ["- [ ] Ask finance *(since 3 Nov, 2 weeks)*"]


def test_the_same_item_is_listed_once() -> None:
    """Written again for next time, an open item keeps its first date and one line."""
    text = written(typed(written(None), "- [ ] Ask finance"), SECOND)
    text = written(typed(text, "- ask Finance!"), SECOND + WEEK)
    assert open_lines(newest(text)) == ["- [ ] Ask finance *(since 3 Nov, 2 weeks, carried twice)*"]


def test_the_oldest_item_comes_first() -> None:
    """What has waited longest is seen first; what was written under an item stays below it."""
    text = written(typed(written(None), "- [ ] Old\n  - [ ] below\n"), SECOND)
    text = typed(text.replace("- [ ] Old", "- [ ] Young\n- [ ] Old", 1), "- [ ] Younger\n")
    section = newest(written(text, SECOND + WEEK))
    assert [line.split(" *")[0] for line in open_lines(section)] == [
        "- [ ] Old",
        "  - [ ] below",
        "- [ ] Young",
        "- [ ] Younger",
    ]


def test_an_item_moved_to_the_other_list_keeps_its_age() -> None:
    """Cut from *Since last time* and pasted under the follow-ups, it is the same item."""
    text = written(typed(written(None), "- [ ] Ask finance"), SECOND)
    line = next(line for line in text.splitlines() if "Ask finance *(" in line)
    text = typed(text.replace(line + "\n", ""), "- [ ] Ask finance")
    assert "(since 3 Nov, 2 weeks" in open_lines(newest(written(text, SECOND + WEEK)))[0]


def test_an_age_outlives_sections_that_were_cut_away() -> None:
    """Where people archive old sections, our note still says since when."""
    text = weekly(3, lambda week, text: typed(text, "- [ ] Ask finance") if not week else text)
    first = text.index("## Tuesday 10 November")
    section = newest(written(text[:first], FIRST + 3 * WEEK))
    assert "(since 3 Nov, 3 weeks, carried 3 times)" in section


def test_an_item_carried_three_times_is_asked_about_with_a_way_to_answer() -> None:
    """Do, drop or park: it moves to a list of its own, which says how to answer."""
    text = weekly(4, lambda week, text: typed(text, "- [ ] Ask finance") if not week else text)
    asked = part(newest(text), "Do, drop or park?")
    assert "Tick what is done, ~~strike through~~ what you drop, write `[park]`" in asked
    assert "- [ ] Ask finance *(since 3 Nov, 3 weeks, carried 3 times)*" in asked


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("- [x] Ask finance", "- [x] Ask finance"),
        ("- [ ] ~~Ask finance~~", "- [x] ~~Ask finance~~"),
        ("- [park] Ask finance", "Parked, and no longer carried: Ask finance."),
    ],
)
def test_each_answer_ends_the_carrying(answer: str, told: str) -> None:
    """Ticked, struck through or parked, an item is told once more and then carried no further."""
    text = weekly(4, lambda week, text: typed(text, "- [ ] Ask finance") if not week else text)
    text = written(text.replace("- [ ] Ask finance", answer, 1), FIRST + 4 * WEEK)
    assert told in newest(text)
    assert open_lines(newest(text)) == []
    assert "Ask finance" not in newest(written(text, FIRST + 5 * WEEK))


def test_a_parked_item_comes_back_when_somebody_writes_it_again() -> None:
    """Parking is no ban."""
    text = written(typed(written(None), "- [park] Ask finance"), SECOND)
    section = newest(written(typed(text, "- [ ] Ask finance"), SECOND + WEEK))
    assert open_lines(section) == ["- [ ] Ask finance *(since 10 Nov, 1 week)*"]


def test_what_was_done_long_ago_may_be_agreed_again() -> None:
    """A follow-up of the same words as one that was closed is a new one, with an age of its own."""
    text = written(typed(written(None), "- [x] Send the notes"), SECOND)
    section = newest(written(typed(text, "- [ ] Send the notes"), SECOND + WEEK))
    assert open_lines(section) == ["- [ ] Send the notes *(since 10 Nov, 1 week)*"]


def test_nested_items_stay_below_theirs_and_notes_stay_behind() -> None:
    """An open sub-item is listed below its open item, alone where that is done; plain sub-bullets are notes."""
    nested = "- [{}] Prepare the offsite\n  - a note\n  - [ ] book a room\n  - [x] ask for dates"
    assert open_lines(after(nested.format(" "))) == [
        "- [ ] Prepare the offsite *(since 3 Nov, 1 week)*",
        "  - [ ] book a room *(since 3 Nov, 1 week)*",
    ]
    assert open_lines(after(nested.format("x"))) == ["- [ ] book a room *(since 3 Nov, 1 week)*"]


def test_owners_may_stand_above_their_items() -> None:
    """A line 'Ann:' or a heading 'Bo' above a list says whose the items are; the line is no item."""
    section = after("Ann:\n\n- Ann:\n  - ask finance\n    - a note\n\n#### Bo\n\n- [ ] book a room")
    assert open_lines(section)[-2:] == [
        "- [ ] Ann: ask finance *(since 3 Nov, 1 week)*",
        "- [ ] Bo: book a room *(since 3 Nov, 1 week)*",
    ]
    assert "note" not in section


def test_a_line_below_a_list_is_a_line_of_its_own() -> None:
    """CommonMark joins it to the item above; people mean another one, unless it goes on a long line."""
    long = "- [x] Ask finance about the monitors that were promised to all of us"
    section = after(f"{long}\nback in spring\n- [x] read\ncall Cleo\n~~- [ ] book a room~~\n")
    assert open_lines(section) == ["- [ ] call Cleo *(since 3 Nov, 1 week)*"]
    assert "promised to all of us back in spring" in section
    assert "- [x] ~~book a room~~" in section


def test_a_table_of_follow_ups_is_read_row_by_row() -> None:
    """Each row below the header is an item."""
    section = after("| what | who |\n|---|---|\n| ask finance | @bo |\n| | |\n")
    assert open_lines(section) == ["- [ ] Bo: ask finance *(since 3 Nov, 1 week)*"]


def test_code_and_comments_are_nobodys_follow_ups() -> None:
    """Fences, indented code and HTML comments are left out, whatever they hold."""
    code = (
        "```\n- [ ] one\n## Heading\n```\n\n<!--\n- [ ] two\n## Heading\n-->\n\n    - [ ] three\n\n- [ ] four"
    )
    assert open_lines(after(code)) == ["- [ ] four *(since 3 Nov, 1 week)*"]


def test_headings_are_known_by_their_words() -> None:
    """Another level, case or punctuation, or bold instead of a heading, changes nothing."""
    for heading in (
        "## FOLLOW UPS for next time:",
        "##### follow-ups",
        "**Follow-ups**",
        "Follow-ups\n---",
        "### Action items",
    ):
        text = written(None).replace("### Follow-ups for next time", heading)
        at = text.index("- [ ]\n- [ ]")
        text = text[:at] + "- Ask finance\n"
        assert open_lines(newest(written(text, SECOND))) == ["- [ ] Ask finance *(since 3 Nov, 1 week)*"], (
            heading
        )


def test_a_box_is_a_follow_up_wherever_it_stands() -> None:
    """Agreed under *Theirs*, or below an idea, it comes up; under a heading of their own too."""
    section = after("", theirs="- [ ] Ask finance", ideas="- It is slow\n  - [ ] measure it")
    assert [line[6:].split(" *")[0] for line in open_lines(section)] == ["Ask finance", "measure it"]


def test_notes_below_since_last_time_are_not_follow_ups() -> None:
    """Plain bullets there are notes; an item of the list that lost its box is still one."""
    text = written(typed(written(None), "- [ ] Ask finance"), SECOND)
    text = text.replace("- [ ] Ask finance", "- went well\n- Ask finance", 1)
    assert open_lines(newest(written(text, SECOND + WEEK))) == [
        "- [ ] Ask finance *(since 3 Nov, 2 weeks, carried twice)*"
    ]


def test_what_was_heard_comes_up_and_then_becomes_a_problem_of_theirs() -> None:
    """Left standing, it stands under *Heard* once more, and from then on under *Their ideas first* with a question."""
    text = written(typed(written(None), heard="- Tired of the rota\n- ~~Cold office~~"), SECOND)
    heard = part(newest(text), "Heard, to come back to")
    assert heard == "- Tired of the rota *(since 3 Nov, 1 week)*\n-"
    text = written(text, SECOND + WEEK)
    assert part(newest(text), "Heard, to come back to") == "-"
    problem, question = part(newest(text), "Their ideas first").splitlines()
    assert problem == "- Tired of the rota *(since 3 Nov, 2 weeks, carried twice)*"
    assert question.endswith("?*")
    text = written(text.replace("- Tired of the rota", "- [x] Tired of the rota", 1), SECOND + 2 * WEEK)
    assert "Tired" not in newest(text)


def test_a_problem_gets_another_coaching_question_each_time() -> None:
    """The questions rotate like the openers; the question itself never becomes a problem."""
    text = weekly(8, lambda week, text: typed(text, ideas="- It is slow") if not week else text)
    asked = [section.entries for section in sections(text) if section.meeting]
    questions = [
        entry.text
        for entries in asked
        for entry in entries
        if entry.text.startswith("*") and entry.part == "their ideas first"
    ]
    assert len(set(questions)) == len(questions) == 8
    assert part(newest(text), "Their ideas first").count("\n") == 1


def test_an_item_is_not_both_a_follow_up_and_a_problem() -> None:
    """Noted as heard and agreed as a follow-up, it is listed as the follow-up alone."""
    assert after("- [ ] Mend the rota", heard="- mend the rota").count("the rota") == 1


def test_what_was_to_be_talked_about_in_a_meeting_that_fell_out_comes_up_again() -> None:
    """Theirs is taken over from meetings that were not held, and from no others."""
    text = typed(written(None), theirs="- My holidays\n- ~~Old~~\n\n*a hint*")
    again = part(newest(written(text, SECOND, not_held=[FIRST])), "Theirs")
    assert again == "- My holidays\n-"
    assert part(newest(written(text, SECOND)), "Theirs") == "-"
    twice = written(written(text, SECOND, not_held=[FIRST]), SECOND + WEEK, not_held=[FIRST, SECOND])
    assert part(newest(twice), "Theirs") == "- My holidays\n-"


def test_a_document_that_people_began_themselves_is_read_too() -> None:
    """Sections without our mark count: open items come up, and what they closed last is told."""
    own = "# Ann and Bo\n\n## 27 Oct\n\n### Follow-ups\n\n- [ ] Ask finance\n- [x] Read\n\n## 20 Oct\n\n### Follow-ups\n\n- [x] Long done\n- [ ] Book\n"
    text = written(own)
    assert [line[6:].split(" *")[0] for line in open_lines(newest(text))] == ["Ask finance", "Book"]
    assert part(newest(text), "Done since then") == "- [x] Read"
    assert text.index("# Ann and Bo") < text.index("## Tuesday 3 November") < text.index("## 27 Oct")


def test_a_section_that_a_person_pinned_on_top_stays_on_top() -> None:
    """Ours goes before the newest of ours; boxes under a heading of their own outside of it are theirs."""
    text = written(None).replace("## Tuesday", "## Goals\n\n- [ ] Learn to sing\n\n## Tuesday", 1)
    text = written(text, SECOND)
    assert text.index("## Goals") < text.index("## Tuesday 10 November")
    assert text.count("Learn to sing") == 1


def test_a_year_of_weekly_meetings_stays_pleasant() -> None:
    """Each open item stands once in the newest of 52 agendas, and the old ones do not pile up in it."""

    def people(week: int, text: str) -> str:
        if week:
            text = text.replace("- [ ]", "- [x]", 1) if week % 2 else text
        return typed(text, f"- [ ] Item {week}", heard=f"- Heard {week}" if week % 10 == 0 else "")

    section = newest(weekly(52, people))
    lines = open_lines(section)
    assert len(lines) == len(set(lines)) < 30
    assert all(section.count(line) == 1 for line in lines)
    assert len(section.splitlines()) < 80
