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
        ("cut -d : -f 1", LineForm(("/web",), ())),
        ("cut -d: -f1-", _LINE),
        ("cut -c2-4", LineForm(("web",), ())),
        ("cut -c ''", _LINE),
        ("cut -c-", _LINE),
        ("cut -c1-20", _LINE),  # how wide a number is isn't known
        ("awk '{print $3, $2}'", LineForm(("", " code"), (".*?",))),
        ("awk -F: '{print \"pid\", $2}'", LineForm(("pid ", " code ", ""), (_PID, ".*?"))),
        ("awk '{print toupper($1)}'", _LINE),  # not read
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
