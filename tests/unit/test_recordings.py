"""A recording is as large as what it shows."""

import json
from pathlib import Path

import pytest

from harness.evidence import files
from harness.evidence import recordings as screens
from harness.evidence.files import EvidenceError
from harness.site.recordings import recordings


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("", (80, 3), id="nothing"),
        pytest.param("$ ls\r\n", (80, 3), id="at least"),
        pytest.param("x" * 90 + "y\r\nz", (91, 3), id="a line"),
        pytest.param("x" * 500 + "\n" * 80, (200, 50), id="at most the terminal's"),
        pytest.param("한" * 50, (100, 3), id="wide letters"),
        pytest.param("\x1b]133;D;0\x07\x1b[32m" + "x" * 80 + "\x1b[0m\x1b[2K", (80, 3), id="escapes take no place"),
        pytest.param("\x1b[90Cx", (91, 3), id="the cursor may jump"),
        pytest.param("\x1b[" + "9" * 5000 + "C\x1b[" + "9" * 5000 + "B", (200, 50), id="however far"),
        pytest.param("\r\n" * 5 + "\x1b[2A\x1b[2B" * 9, (80, 6), id="progress goes up and down"),
    ],
)
def test_a_recording_is_as_large_as_what_was_used(printed: str, expected: tuple[int, int]) -> None:
    assert (screens.columns(printed), screens.rows(printed)) == expected


def cast(text: str) -> str:
    return screens.asciicast("a.console", [(0.0, text)])


def test_what_a_page_plays_is_one_script_whatever_the_engine() -> None:
    names = ["20.10/docs/a/1", "28/docs/a/1", "28/docs/b/2"]
    recorded = {f"{name}-{number:012x}.cast": name for number, name in enumerate([*names, "28/docs/a/2"])}
    html = [f'<button data-recording="{name}">' for name in [*names, names[0]]]
    scripts = recordings(html, {path: cast(f"{name} 한") for path, name in recorded.items()})
    before, after = "Object.assign(globalThis.recordings ??= {}, ", ");\n"
    read = {path: json.loads(text.removeprefix(before).removesuffix(after)) for path, text in scripts.items()}
    assert read == {
        "recordings/docs/a.js": {name: cast(f"{name} 한") for name in names[:2]},
        "recordings/docs/b.js": {names[2]: cast(f"{names[2]} 한")},
    }


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("28/docs/a/1", "", "Expecting value"),
        ("28/docs/a/1", '{"version": 2}', "line 1.width: found nothing, and this field has to be there"),
        ("28/docs/a/1", '{"version": 3, "width": 80, "height": 3, "title": ""}', "expected version 2"),
        ("28/docs/a/1", cast("x") + '[0, "i", "x"]\n', 'line 3: expected [seconds, "o", text]'),
        ("28/docs/a/1", cast("x") + '[NaN, "o", "x"]\n', "line 3: found `NaN`, expected a number of seconds"),
        ("28/docs/a/1", cast("x") + '[0, "o", "\\ud800"]\n', "expected a text that UTF-8 can hold"),
        ("28/docs/a/1", "[" * 100_000, "recursion"),
        ("28/docs/a/2", cast("x"), "No such file"),
        ("28/docs/a/1", cast("x") + '[0, "o", "x"] []\n', "found more at column 14"),
        ("28/../../outside", cast("x"), "expected the path of a file, without `..`"),
        ("28/docs/../docs/a/1", cast("x"), "expected the path of a file, without `..`"),
        ("28/docs/a/out", cast("x"), "found a link that leads out of the evidence"),
        ("28/docs/b/outside", cast("x"), "found a link that leads out of the evidence"),
    ],
)
def test_what_is_no_recording_is_named(tmp_path: Path, name: str, text: str, said: str) -> None:
    folder = tmp_path / "evidence"
    (folder / "28/docs/a").mkdir(parents=True)
    (folder / "28/docs/a/1.cast").write_text(text)
    (tmp_path / "outside.cast").write_text(cast("x"))
    (folder / "28/docs/a/out.cast").symlink_to(tmp_path / "outside.cast")
    (folder / "28/docs/b").symlink_to(tmp_path)
    with pytest.raises(EvidenceError) as error:
        files.read_recording(folder, f"{name}.cast")
    assert str(error.value).startswith(f"{folder / name}.cast: no recording: ")
    assert said in str(error.value)


def test_a_recording_may_be_a_link_to_another_of_the_evidence(tmp_path: Path) -> None:
    (tmp_path / "1.cast").write_text(cast("x"))
    (tmp_path / "2.cast").symlink_to("1.cast")
    assert files.read_recording(tmp_path, "2.cast") == cast("x")
