"""A recording is as large as what it shows."""

import json
from pathlib import Path

import pytest

from harness.evidence import recordings as screens
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


def test_what_a_page_plays_is_one_script_whatever_the_engine(tmp_path: Path) -> None:
    names = ["20.10/docs/a/1", "28/docs/a/1", "28/docs/b/2"]
    for name in [*names, "28/docs/a/2"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"{name}.cast").write_text(f"{name} 한", "utf-8")
    html = [f'<button data-recording="{name}">' for name in [*names, names[0]]]
    scripts = recordings(html, tmp_path)
    before, after = "Object.assign(globalThis.recordings ??= {}, ", ");\n"
    read = {path: json.loads(text.removeprefix(before).removesuffix(after)) for path, text in scripts.items()}
    assert read == {
        "recordings/docs/a.js": {name: f"{name} 한" for name in names[:2]},
        "recordings/docs/b.js": {names[2]: f"{names[2]} 한"},
    }
