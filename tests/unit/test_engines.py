"""The engines as they are declared, and what the site calls them."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from harness.lab import engines
from harness.lab.engines import Store, Support, fallback

ROOT = Path(__file__).parents[2]
DECLARED = {engine.name: engine for engine in engines.read()}


def test_engines_are_declared_in_the_order_of_their_age() -> None:
    releases = [[int(part) for part in engine.release.split(".")] for engine in DECLARED.values()]
    assert releases == sorted(releases)
    assert DECLARED[fallback()].packages


def test_no_module_reads_the_declarations_when_it_is_imported() -> None:
    """So that another project's file can be read, and a fault in it is said by whoever needs it."""
    code = """
import sys
sys.addaudithook(lambda event, given: event == "open" and "engines.toml" in str(given[0]) and sys.exit("read"))
import harness.plugin, harness.night.__main__, harness.site.__main__
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "tests", capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_an_engine_is_like_another_one_in_all_but_what_is_said(tmp_path: Path) -> None:
    file = tmp_path / "engines.toml"
    file.write_text("""
        fallback = "7"
        [[engine]]
        name = "7"
        suite = "sid"
        support = { ended = "2030-01-01", source = "https://example.com" }
        packages = ["docker.io"]
        [[engine]]
        name = "7x"
        like = "7"
        label = "7 (containerd)"
        store = "containerd"
        daemon = { debug = true }
    """)
    plain, other = engines.read(file)
    assert (plain.label, plain.release, plain.store, plain.daemon) == ("7", "7", Store.GRAPH_DRIVERS, {})
    assert (other.name, other.label, other.release, other.store) == ("7x", "7 (containerd)", "7", Store.CONTAINERD)
    assert (other.suite, other.packages, other.daemon) == ("sid", ("docker.io",), {"debug": True})
    assert other.support == plain.support == Support("2030-01-01", "https://example.com")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('store = "overlay2"', "'overlay2' is not a valid Store"),
        ('ended = "2030-01-01"', "unexpected keyword .* 'ended'"),
    ],
)
def test_an_engine_that_is_declared_otherwise_is_an_error_with_its_file_and_name(
    tmp_path: Path, wrong: str, said: str
) -> None:
    file = tmp_path / "engines.toml"
    file.write_text(f'[[engine]]\nname = "7"\n{wrong}\n')
    with pytest.raises(ValueError, match=rf"engines\.toml: engine 7: .*{said}"):
        engines.read(file)


def test_an_engine_keeps_its_images_where_its_daemon_is_told_to_or_its_release_does() -> None:
    """29 made the containerd store the default."""
    told = {"features": {"containerd-snapshotter": True}}
    expected = [name for name, engine in DECLARED.items() if engine.daemon == told or int(engine.release[:2]) >= 29]
    assert [name for name, engine in DECLARED.items() if engine.store is Store.CONTAINERD] == expected


def test_a_letter_in_an_engines_name_says_nothing_of_its_store(tmp_path: Path) -> None:
    file = tmp_path / "engines.toml"
    file.write_text('[[engine]]\nname = "30rc"\n[[engine]]\nname = "30c"\nlike = "30rc"\n')
    labels = [engine.version_label("30.0.0-rc.1") for engine in engines.read(file)]
    assert labels == ["30.0.0", "30.0.0"]


def test_upstream_has_ended_all_but_the_newest_and_each_says_where_that_is_written() -> None:
    ended = {name: engine.support for name, engine in DECLARED.items() if engine.support.ended}
    assert list(ended) == ["20.10", "26", "28", "28c"]
    assert ended["28c"] == ended["28"]
    days = [date.fromisoformat(support.ended) for support in ended.values()]
    assert days == sorted(days)
    assert [name for name, support in ended.items() if not support.source.startswith("https://")] == []


def test_a_night_is_on_what_upstream_supports_and_on_saturdays_on_all(tmp_path: Path) -> None:
    file = tmp_path / "engines.toml"
    file.write_text("""
        [[engine]]
        name = "7"
        support = { ended = "2030-01-02", source = "https://example.com" }
        [[engine]]
        name = "8"
    """)
    days = ("2030-01-01", "2030-01-02", "2030-01-04", "2030-01-05", "2030-01-06", "")  # the fifth is a Saturday
    due = [[engine.name for engine in engines.due(day, file)] for day in days]
    assert due == [["7", "8"], ["8"], ["8"], ["7", "8"], ["8"], ["7", "8"]]


@pytest.mark.parametrize(
    ("engine", "version", "label"),
    [
        ("28", "28.5.2+dfsg4", "28.5.2"),
        ("28c", "28.5.2+dfsg4", "28.5.2 (containerd)"),
        ("29", "29.7.2", "29.7.2"),
        ("29", "29.8.0-rc.1", "29.8.0"),
        ("29", "", ""),
    ],
)
def test_a_version_is_called_after_its_engine(engine: str, version: str, label: str) -> None:
    assert DECLARED[engine].version_label(version) == label


@pytest.mark.parametrize(
    ("version", "number"), [("2.40.3-3", "2.40.3"), ("v0.36.1", "0.36.1"), ("0.29.1+ds1", "0.29.1"), ("dev", "dev")]
)
def test_a_versions_number_is_without_what_a_distribution_adds(version: str, number: str) -> None:
    assert engines.number(version) == number


def test_the_labs_of_an_engine_have_the_packages_that_the_guide_installs() -> None:
    """On the machine that the page leaves run the pages after it."""
    for snippet, engine in (("apt-install", fallback()), ("apt-install@20.10", "20.10")):
        shown = (ROOT / "snippets" / "install" / f"{snippet}.console").read_text("utf-8")
        [installed] = re.findall(r"^\$ sudo apt-get install -y (.*)$", shown, re.MULTILINE)
        assert tuple(installed.split()) == DECLARED[engine].packages
