"""The engines as they are declared, and what the site calls them."""

import re
from datetime import date
from pathlib import Path

import pytest

from harness.lab import engines
from harness.lab.engines import FALLBACK

ROOT = Path(__file__).parents[2]
DECLARED = {engine.name: engine for engine in engines.read()}


def test_engines_are_declared_in_the_order_of_their_age() -> None:
    assert list(DECLARED) == ["20.10", "26", "28", "28c", "29"]
    assert FALLBACK == "28"


def test_an_engine_is_like_another_one_in_all_but_what_is_said(tmp_path: Path) -> None:
    file = tmp_path / "engines.toml"
    file.write_text("""
        fallback = "7"
        [[engine]]
        name = "7"
        suite = "sid"
        ended = "2030-01-01"
        packages = ["docker.io"]
        [[engine]]
        name = "7x"
        like = "7"
        label = "7 (other)"
        daemon = { debug = true }
    """)
    plain, other = engines.read(file)
    assert (plain.label, plain.release, plain.daemon) == ("7", "7", {})
    assert (other.name, other.label, other.release, other.daemon) == ("7x", "7 (other)", "7", {"debug": True})
    assert (other.suite, other.ended, other.packages) == ("sid", "2030-01-01", ("docker.io",))


def test_upstream_has_ended_all_but_the_newest_and_each_says_where_that_is_written() -> None:
    ended = {name: engine.ended for name, engine in DECLARED.items() if engine.ended}
    assert list(ended) == ["20.10", "26", "28", "28c"]
    assert ended["28c"] == ended["28"]
    assert list(ended.values()) == sorted(ended.values())
    assert all(date.fromisoformat(day) for day in ended.values())
    assert [name for name in ended if not DECLARED[name].source.startswith("https://")] == []


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
    for snippet, engine in (("apt-install", FALLBACK), ("apt-install@20.10", "20.10")):
        shown = (ROOT / "snippets" / "install" / f"{snippet}.console").read_text("utf-8")
        [installed] = re.findall(r"^\$ sudo apt-get install -y (.*)$", shown, re.MULTILINE)
        assert tuple(installed.split()) == DECLARED[engine].packages
