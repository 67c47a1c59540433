"""How new samples get into the files that show them."""

from dataclasses import replace
from pathlib import Path

import pytest

from harness.claims.record import Unwritable, check, keep_older, rewrite, target
from harness.claims.sessions import parse


def test_only_the_lines_of_the_step_change(tmp_path: Path) -> None:
    file = tmp_path / "a.console"
    text = "$ one\r\n1  \r\n$ two\nold\nolder\n[3]\n$ three\n"
    file.write_bytes(text.encode())
    step = parse(text).steps[1]
    rewrite(file, file, {step.line: replace(step, sample="new", status=0)})
    assert file.read_bytes().decode() == "$ one\r\n1  \r\n$ two\nnew\n$ three\n"


def test_several_steps_of_a_file_are_rewritten_at_once(tmp_path: Path) -> None:
    file = tmp_path / "a.console"
    file.write_text("$ one\n$ two\nx\ny\n$ three")
    steps = {
        step.line: replace(step, sample=f"{step.command} printed", status=1) for step in parse(file.read_text()).steps
    }
    rewrite(file, file, steps)
    assert file.read_text() == ("$ one\none printed\n[1]\n$ two\ntwo printed\n[1]\n$ three\nthree printed\n[1]\n")


def test_a_step_in_a_fence_of_a_page_keeps_its_indent(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text("- 목록\n\n    ``` console\n    $ one\n    old\n    ```\n")
    step = parse("$ one\nold\n").steps[0]
    rewrite(file, file, {4: replace(step, sample="new\n\nnewer")})
    assert file.read_text() == "- 목록\n\n    ``` console\n    $ one\n    new\n\n    newer\n    ```\n"


def test_a_page_with_the_line_ends_of_windows_keeps_them(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"\xef\xbb\xbf``` console\r\n$ one\r\nol\x0cd\r\n```\r\n")
    step = parse("$ one\nol\x0cd\n").steps[0]
    rewrite(file, file, {2: replace(step, sample="new\nnewer")})
    assert file.read_bytes() == b"\xef\xbb\xbf``` console\r\n$ one\r\nnew\r\nnewer\r\n```\r\n"


def checked(text: str, sample: str) -> str:
    """Why the first step of a text can't show this sample; empty where it can."""
    session = parse(text)
    try:
        check(text, session, session.steps[0], replace(session.steps[0], sample=sample))
    except Unwritable as error:
        return str(error).partition("; show `...`")[0]
    return ""


def test_a_sample_that_is_read_back_can_be_written() -> None:
    samples = ["", "one", "a ``` b", "one\n[1]", "[0]", "one\n> two", "\n", "  one", "a ^C", "# one"]
    assert [checked("$ one\nold\n$ two\n", sample) for sample in samples] == [""] * len(samples)


def test_what_is_interrupted_may_show_ctrl_c() -> None:
    assert checked("$ one\nold\n^C\n$ two\n", "one\n^C\ntwo") == ""


@pytest.mark.parametrize(
    ("text", "sample", "why"),
    [
        ("$ one\n", "~~~", "`~~~` would end the fence that shows it"),
        ("$ one\n", "a\n$", "`$` would be read as a prompt"),
        ("$ one\n$ two\n", "$ a\nb", "`$ a` would be read as a prompt"),
        ("$ one\n$ two\n", ">\nb", "`>` would be read as a line of the command"),
        ("$ one\n$ two\n", "^C", "`^C` would be read as Ctrl+C"),
        ("$ one \\ \n", "  two", "`  two` would be read otherwise: `one \\ ` has blanks behind its backslash, so the "
         "command ends there for a shell; remove them, and the next line goes on with it"),
    ],
)  # fmt: skip
def test_a_sample_that_would_be_read_otherwise_is_refused(text: str, sample: str, why: str) -> None:
    assert checked(text, sample) == f"not recorded: the output's line {why}"


ENGINES = ["20.10", "26", "28", "28c", "29"]


def chosen(folder: Path, engine: str) -> str:
    return target(folder / "ps.console", engine, ENGINES, fallback="28").name


def test_the_default_engine_and_the_newest_write_the_snippet_and_the_others_a_variant(tmp_path: Path) -> None:
    (tmp_path / "ps.console").write_text("$ docker ps\n")
    assert {engine: chosen(tmp_path, engine) for engine in ENGINES} == {
        "20.10": "ps@20.10.console",
        "26": "ps@until-26.console",
        "28": "ps.console",
        "28c": "ps@until-28c.console",
        "29": "ps.console",
    }


def test_a_variant_is_written_by_the_engine_that_it_is_named_after_only(tmp_path: Path) -> None:
    for name in ("ps", "ps@until-28c", "ps@20.10"):
        (tmp_path / f"{name}.console").write_text("$ docker ps\n")
    assert {engine: chosen(tmp_path, engine) for engine in ENGINES} == {
        "20.10": "ps@20.10.console",
        "26": "ps@until-26.console",
        "28": "ps@until-28.console",
        "28c": "ps@until-28c.console",
        "29": "ps.console",
    }


def test_what_the_older_engines_showed_is_kept_when_the_newest_writes_the_snippet(tmp_path: Path) -> None:
    (tmp_path / "ps.console").write_text("$ docker ps\n")
    keep_older(tmp_path / "ps.console", ENGINES)
    assert (tmp_path / "ps@until-28c.console").read_text() == "$ docker ps\n"
    (tmp_path / "ps.console").write_text("$ docker ps -a\n")
    keep_older(tmp_path / "ps.console", ENGINES)
    assert (tmp_path / "ps@until-28c.console").read_text() == "$ docker ps\n"
