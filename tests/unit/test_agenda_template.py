"""The agenda's template: anybody may edit it, and every mistake has a line and a sentence."""

import re
from dataclasses import fields

import pytest

from scheduler.agenda.template import Content, render, template_problems
from scheduler.errors import BadConfig
from tests.unit.agenda_builders import CONFIG, FIRST, TEMPLATE, WEEK, newest, prepared, typed, written

CONTENT = Content(title="Tuesday", manager="Ann", report="Bo")


def test_the_shipped_template_has_no_problems() -> None:
    """What we ship works, empty and full."""
    assert template_problems(TEMPLATE) == ()


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("## {{ title }}\n\n{% for x in open %}\n", "agenda.md:3: the template does not work: "),
        (
            "## {{ title }}\n{{ titel }}\n",
            "agenda.md:2: 'titel' is undefined; a template knows title, manager,",
        ),
        ("## A\n{% for i in open %}\n{{ i.colour }}\n{% endfor %}", "agenda.md:3: "),
        ("## A\n\n{{ 1 / 0 }}", "agenda.md:3: the template fails when it is filled in: division by zero"),
        ("## A\n{% include 'x' %}", "agenda.md:2: "),
        ("## A\n{{ title.__class__.__mro__ }}", "agenda.md:2: "),
        ("## A\n{{ range(1000000000) | list }}", "agenda.md:2: "),
        ("{{ title }}\n", "agenda.md: the agenda begins with no heading; begin with a line '## {{ title }}'"),
        (
            "## {{ title }}\n\n### Nächste Schritte\n\n- [ ]\n",
            "agenda.md: no heading says where follow-ups are written",
        ),
    ],
)
def test_every_mistake_is_one_clear_sentence(template: str, message: str) -> None:
    """Syntax, unknown names, failing expressions, what the sandbox forbids, headings that are missing."""
    problems = template_problems(template)
    assert str(problems[0]).startswith(message), problems


def test_headings_that_would_not_be_read_back_are_told_together() -> None:
    """No place for follow-ups, and none where they are listed: both in one go."""
    assert len(template_problems("## {{ title }}\n\nHello {{ report }}\n")) == 2
    assert len(template_problems("## A\n\n### Follow-ups\n\n- [ ]\n- [ ] {{ report }}")) == 1


def test_rendering_names_file_and_line_of_a_mistake() -> None:
    """A run that meets a faulty template raises it as a fault of the config."""
    with pytest.raises(BadConfig, match=r"mine\.md:2: 'nope' is undefined"):
        render("## A\n{{ nope }}", CONTENT, "mine.md")


def test_blank_lines_are_collapsed() -> None:
    """What loops and conditions leave empty does not pile up."""
    assert (
        render("\ufeff\n\n## {{ title }}\n\n{% if first %}\nx\n{% endif %}\n\n \n\nend\n\n", CONTENT)
        == "## Tuesday\n\nend\n"
    )


def test_a_template_without_a_heading_is_refused_when_writing() -> None:
    """Without a heading the section could not be found again."""
    for template in ("words", "words\n\n## {{ title }}"):
        with pytest.raises(BadConfig, match="does not begin with a heading"):
            prepared(None, template=template)


def test_a_templates_own_words_are_nobodys_follow_ups() -> None:
    """Hints and sample lines of a custom template are not carried; what people wrote below them is."""
    hint = "### Follow-ups for next time\n\nWrite them as you like.\n- An example\n"
    template = TEMPLATE.replace("### Follow-ups for next time\n", hint)
    text = typed(written(None, template=template), "- Ask finance\n")
    section = newest(written(text, FIRST + WEEK, template=template))
    assert section.count("- [ ] ") == 1
    assert "- [ ] Ask finance" in section


def test_what_a_custom_template_does_not_list_is_not_taken_for_deleted() -> None:
    """Open items that an agenda left out come up in a later one that lists them."""
    short = "## {{ title }}\n\n### Follow-ups\n\n- [ ]\n"
    text = written(typed(written(None), "- Ask finance\n"), FIRST + WEEK, template=short)
    assert "Ask finance" not in newest(text)
    assert "- [ ] Ask finance" in newest(written(text, FIRST + 2 * WEEK))


def test_a_section_may_begin_with_another_heading() -> None:
    """A heading of any level that the template begins with is where the section starts."""
    template = TEMPLATE.replace("## {{ title }}", "#### {{ title }}", 1)
    text = written(
        typed(written(None, template=template), "- Ask finance\n"), FIRST + WEEK, template=template
    )
    assert text.index("#### Tuesday 10 November") < text.index("#### Tuesday 3 November")
    assert "- [ ] Ask finance *(since 3 Nov, 1 week)*" in text


def test_the_page_on_agendas_names_everything_that_a_template_can_use() -> None:
    """Names in docs/agendas.md and in the program are the same."""
    page = (CONFIG.parent / "docs" / "agendas.md").read_text(encoding="utf-8")
    table = page[page.index("| name | what it is |") :]
    named = {name for line in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert named == {field.name for field in fields(Content)}
