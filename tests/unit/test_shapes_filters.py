"""What text tools make of a line in which something is made up."""

import pytest

from harness.claims.commands import parse
from harness.shapes import Bindings, compare
from harness.shapes.filters import through
from harness.shapes.line_patterns import LineForm

_ID, _OTHER, _THIRD = "a1" * 32, "b2" * 32, "c3" * 32
_PID = r"(\d{1,20})"
_LINE = LineForm(("/web:", " code ", ""), (_PID, ".*?"))


@pytest.mark.parametrize(
    ("tool", "left"),
    [
        ("cut -d: -f2", LineForm(("", " code ", ""), (_PID, ".*?"))),
        ("cut -d= -f1", _LINE),
        ("cut -d : -f 1", LineForm(("/web",), ())),
        ("cut -d: -f1-", _LINE),
        ("cut -c2-4", LineForm(("web",), ())),
        ("cut -c ''", _LINE),
        ("cut -c-", _LINE),
        ("cut -c1-20", _LINE),  # how wide a number is isn't known
        ("awk '{print $3, $2}'", LineForm(("", " code"), (".*?",))),
        ("awk -F: '{print \"pid\", $2}'", LineForm(("pid ", " code ", ""), (_PID, ".*?"))),
        ("awk '{print toupper($1)}'", LineForm(("/WEB:", ""), (_PID,))),
        ("awk '{print length($1)}'", _LINE),  # not read
        ("awk -F: '{printf \"%s is %s\\n\", $1, $2}'", LineForm(("/web is ", " code ", ""), (_PID, ".*?"))),
        ("sed -E 's/.*:([0-9]+).*/<\\1>/'", LineForm(("<", ">"), (_PID,))),
        ("sed -n 's/.*:\\([0-9]*\\) code/& \\1/p'", LineForm(("/web:", " code ", " ", ""), (_PID, _PID, ".*?"))),
        ("sed 's/[0-9]$//'", _LINE),  # nobody knows how long the number is
        ("sed 's/(a+)+$//; s/.*.*.*.*//'", _LINE),  # it might take long
        ("grep -oE ':[0-9]+'", LineForm((":", ""), (_PID,))),
        ("grep -oP 'web:\\K[0-9]+'", LineForm(("", ""), (_PID,))),
        ("grep -o '[a-z]*'", _LINE),  # it finds several
        ("tr a-z A-Z", LineForm(("/WEB:", " CODE ", ""), (_PID, "(?i:.*?)"))),
        ("xargs -I{} echo 'is {}' {}", LineForm(("is {} /web:", " code ", ""), (_PID, ".*?"))),
        ("sed 's/^/- /'", LineForm(("- /web:", " code ", ""), (_PID, ".*?"))),
        ("sed 's/code/is/'", LineForm(("/web:", " is ", ""), (_PID, ".*?"))),
        ("sed 's/.*://'", LineForm(("", " code ", ""), (_PID, ".*?"))),
        ("tr : =", LineForm(("/web=", " code ", ""), (_PID, ".*?"))),
        ("tr -d ' :'", LineForm(("/web", "code", ""), (_PID, ".*?"))),
        ("nl", LineForm(("", "\t/web:", " code ", ""), (r"\d{1,9}", _PID, ".*?"))),
        ("xargs echo is", LineForm(("is /web:", " code ", ""), (_PID, ".*?"))),
        ("sort -r", _LINE),
        ("grep web", _LINE),
    ],
)
def test_a_tool_makes_another_line_of_it(tool: str, left: LineForm) -> None:
    [command] = parse(tool)
    assert through(_LINE, command) == left


_LONG = LineForm(("id ", ""), ("([0-9a-f]{64})",))


@pytest.mark.parametrize(
    ("tool", "left"),
    [
        ("cut -c4-7,12-", LineForm(("", "", ""), ("([0-9a-f]{4})", "([0-9a-f]{56})"))),
        ("tail -c 5", LineForm(("", ""), ("([0-9a-f]{4})",))),
        ("sed -E 's/^id (.{4})(.*)/\\1-\\2/'", LineForm(("", "-", ""), ("([0-9a-f]{4})", "([0-9a-f]{60})"))),
        ("grep -oE '[0-9]+'", _LONG),  # each id has others
        ("grep -oE '[0-9a-f]{8}$'", LineForm(("", ""), ("([0-9a-f]{8})",))),
        ("tr -dc '0-9\\n'", LineForm(("", ""), ("([0123456789]{0,64})",))),
        ("tr a-f A-F", LineForm(("iD ", ""), ("([0123456789ABCDEF]{64})",))),
        ("rev", LineForm(("", " di"), ("([0-9a-f]{64})",))),
    ],
)
def test_a_tool_cuts_what_is_always_as_long(tool: str, left: LineForm) -> None:
    [command] = parse(tool)
    assert through(_LONG, command) == left


@pytest.mark.parametrize(
    ("command", "form"),
    [
        ("docker inspect -f '{{.Name}} {{.Id}}' web | awk '{print $2}'", "{}"),
        ("docker ps | grep nginx | awk '{print $1}'", "{:.12}"),
        ("docker images | grep nginx", "nginx   latest   {:.12}   2 weeks ago   123MB"),
        (
            "docker stats --no-stream | grep web",
            "{:.12}   web   0.00%   3.2MiB / 23.5GiB   0.01%   2kB / 8B   0B / 0B   3",
        ),
    ],
)
def test_an_id_stays_the_same_thing_behind_a_tool(command: str, form: str) -> None:
    known = Bindings()
    known.resolve("docker run -d --name web nginx")
    assert compare(_ID, _OTHER, known) == []
    known.resolve(command)
    assert compare(form.format(_ID), form.format(_OTHER), known) == []
    assert compare(form.format(_ID), form.format(_THIRD), known) != []
