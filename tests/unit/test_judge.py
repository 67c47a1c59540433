"""Whether a step is as its page shows it, of what a terminal gave."""

from dataclasses import replace

import pytest

from harness.claims import sessions
from harness.judge import Judged, has_come, is_cut_short, judge, with_ctrl_c_last
from harness.lab.host import Ran
from harness.shapes import Bindings, missing

[STEP] = sessions.parse("$ docker start -a web\none\ntwo\n[3]\n").steps
AS_SHOWN = Ran("one\ntwo", "$ ", 3)


def told(judged: Judged) -> list[tuple[int, str]]:
    return [(difference.line, str(difference)) for difference in judged.differences]


def test_a_step_whose_output_prompt_and_status_are_as_shown_has_no_differences() -> None:
    assert judge(STEP, "$ ", AS_SHOWN, Bindings()) == Judged(AS_SHOWN, [])


@pytest.mark.parametrize(
    ("ran", "expected"),
    [
        (replace(AS_SHOWN, text="one\nthree"), (2, "line: `three`, the page says `two`")),
        (replace(AS_SHOWN, prompt="# "), (4, "prompt: `#`, the page says `$`")),
        (replace(AS_SHOWN, status=0), (3, "exit status: `[0]`, the page says `[3]`")),
    ],
)
def test_each_of_them_can_differ_and_is_told_by_its_line(ran: Ran, expected: tuple[int, str]) -> None:
    assert told(judge(STEP, "$ ", ran, Bindings())) == [expected]


def test_what_the_page_does_not_show_or_nobody_can_see_is_not_judged() -> None:
    in_container = replace(AS_SHOWN, prompt="[root@588ec8830392 /]# ", status=None)
    assert told(judge(replace(STEP, prompt="[root@588ec8830392 tmp]# "), None, in_container, Bindings())) == []
    assert told(judge(STEP, None, replace(AS_SHOWN, prompt="# "), Bindings())) == []


def test_a_shell_in_a_container_has_to_be_shown() -> None:
    in_container = replace(AS_SHOWN, prompt="[root@588ec8830392 /]# ", status=None)
    [(_, text)] = told(judge(STEP, None, in_container, Bindings()))
    assert text == "prompt: `[root@588ec8830392 /]#`, the page says `$`"


@pytest.mark.parametrize(
    ("sample", "came", "expected"),
    [
        ("...\nStart\n^C", "latest: Pulling from library/web", False),
        ("...\nStart\n^C", "latest: Pulling from library/web\nStart", True),
        ("tick\ntick\n^C", "tick", False),
        ("tick\ntick\n^C", "tick\ntick\ntick", True),
        ("...\n^C", "588ec8830392: Pull complete", False),
        ("...\n^C", "588ec8830392: Pull complete\nready", True),
        ("^C", "", True),
        ("tick\n^C", "tock", False),
        ("web-1  | one\n\n\nw Enable Watch\n^C", "web-1  | one", True),
        ("web-1  | one\n^C", "\n\nv View in Docker Desktop   w Enable Watch", False),
    ],
)
def test_what_stands_above_ctrl_c_has_come_or_not(sample: str, came: str, expected: bool) -> None:
    [step] = sessions.parse(f"$ docker run -it web\n{sample}\n").steps
    assert has_come(step, came, Bindings()) == expected


def test_the_way_to_compare_is_the_callers() -> None:
    more = replace(AS_SHOWN, text="before\none\ntwo")
    assert told(judge(STEP, "$ ", more, Bindings(), missing)) == []
    assert told(judge(STEP, "$ ", more, Bindings())) != []


@pytest.mark.parametrize(
    ("ran", "expected"),
    [
        (replace(AS_SHOWN, text="one"), True),
        (replace(AS_SHOWN, text=""), True),
        (AS_SHOWN, False),
        (replace(AS_SHOWN, text="two"), False),
        (replace(AS_SHOWN, text="one", status=0), False),
    ],
)
def test_an_output_is_cut_short_where_the_shown_one_begins_with_it(ran: Ran, expected: bool) -> None:
    assert is_cut_short(STEP, ran, Bindings()) == expected


@pytest.mark.parametrize(
    ("sample", "came", "judged"),
    [
        ("tick\n^C", "tick\n^Ctick", "tick\ntick\n^C"),
        ("tick\n^C", "tick\n^C\ntick", "tick\ntick\n^C"),
        ("^C", "^Ctick", "tick\n^C"),
        ("tick\n^C", "tick\n^C", "tick\n^C"),
        ("tick\n^Cbye", "tick\n^Cbye", "tick\n^Cbye"),
        ("tick\n^C\nbye", "tick\n^C\nbye", "tick\n^C\nbye"),
        ("tick\n^C", "ti^Cck", "ti^Cck"),
        ("tick", "tick\n^Ctick", "tick\n^Ctick"),
    ],
)
def test_what_goes_on_may_print_once_more_while_ctrl_c_is_pressed(sample: str, came: str, judged: str) -> None:
    step = sessions.parse(f"$ docker logs -f clock\n{sample}\n").steps[0]
    assert with_ctrl_c_last(step, came) == judged


@pytest.mark.parametrize(
    ("sample", "came", "differences"),
    [
        ("tick\ntick\n^C", "tick\ntick\n^Ctick", []),
        ("...\nStart\n^C", "Pulling\nStart\n^C", []),
        ("tick\n^C\n...", "tick\n^CGracefully Stopping...\nStopped", []),
        ("tick\n^C\nBye", "tick\n^CBye", []),
        (
            "tick\n^C\nBye",
            "tick\n^CBy",
            [(2, "line: `^CBy`, the page says `^C`"), (3, "the page's line `Bye` is missing")],
        ),
        (
            "...\nStart\n^C",
            "Pulling\nStart\n^CINT\nBye",
            [(3, "line: `^CINT`, the page says `^C`"), (3, "a line too many: `Bye`")],
        ),
        (
            "...\nfront-1  | ready\n^CGracefully stopping... (press Ctrl+C again to force)\n...",
            "Pulling\nPulled\nfront-1  | ready\n^CGracefully Stopping... press Ctrl+C again to force\nStopped",
            [
                (
                    3,
                    "line `^CGracefully stopping... (press Ctrl+C a`: `Stopping... press Ctrl+C again to force`, "
                    "the page says `stopping... (press Ctrl+C again to force)`",
                )
            ],
        ),
    ],
)
def test_what_comes_behind_ctrl_c_is_told_where_it_stands(
    sample: str, came: str, differences: list[tuple[int, str]]
) -> None:
    step = sessions.parse(f"$ docker logs -f clock\n{sample}\n").steps[0]
    bindings = Bindings()
    bindings.resolve(step.command)
    assert told(judge(step, "$ ", Ran(came, "$ ", 130), bindings)) == differences
