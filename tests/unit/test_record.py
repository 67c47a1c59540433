"""How new samples get into the files that show them."""

from dataclasses import replace
from pathlib import Path

from harness.record import rewrite
from harness.sessions import parse


def test_only_the_lines_of_the_step_change(tmp_path: Path) -> None:
    file = tmp_path / "a.console"
    text = "$ one\r\n1  \r\n$ two\nold\nolder\n[3]\n$ three\n"
    file.write_bytes(text.encode())
    step = parse(text).steps[1]
    rewrite(file, {step.line: replace(step, sample="new", status=0)})
    assert file.read_bytes().decode() == "$ one\r\n1  \r\n$ two\nnew\n$ three\n"


def test_several_steps_of_a_file_are_rewritten_at_once(tmp_path: Path) -> None:
    file = tmp_path / "a.console"
    file.write_text("$ one\n$ two\nx\ny\n$ three")
    steps = {
        step.line: replace(step, sample=f"{step.command} printed", status=1) for step in parse(file.read_text()).steps
    }
    rewrite(file, steps)
    assert file.read_text() == ("$ one\none printed\n[1]\n$ two\ntwo printed\n[1]\n$ three\nthree printed\n[1]\n")


def test_a_step_in_a_fence_of_a_page_keeps_its_indent(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text("- 목록\n\n    ``` console\n    $ one\n    old\n    ```\n")
    step = parse("$ one\nold\n").steps[0]
    rewrite(file, {4: replace(step, sample="new\n\nnewer")})
    assert file.read_text() == "- 목록\n\n    ``` console\n    $ one\n    new\n\n    newer\n    ```\n"
