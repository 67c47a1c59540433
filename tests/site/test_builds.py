"""The commands that build the site, by MkDocs today and by Zensical tomorrow."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from .conftest import _environment, command

PROOF = r'<p class="proof.*?</p>|<details class="proof.*?</summary>|<section class="status .*</section>'


def proofs(root: Path) -> dict[str, list[str]]:
    """By page, the words of its proofs and of its table of them."""
    found = {}
    for path in sorted((root / "build" / "site").rglob("*.html")):
        lines = re.findall(PROOF, path.read_text("utf-8"), re.S)
        name = path.relative_to(root / "build" / "site").with_suffix("").as_posix()
        found[name] = [re.sub(r"<[^>]+>", "", line) for line in lines]
    return found


@dataclass(frozen=True)
class Both:
    """A project that was built by MkDocs, and then by Zensical."""

    root: Path
    by_mkdocs: subprocess.CompletedProcess[str]
    proofs_by_mkdocs: dict[str, list[str]]
    by_zensical: subprocess.CompletedProcess[str]
    proofs_by_zensical: dict[str, list[str]]


ZENSICAL = ("zensical", "build", "--strict", "--config-file", "mkdocs.yml")


@pytest.fixture(scope="module")
def both(proved_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Both:
    root = Path(shutil.copytree(proved_project, tmp_path_factory.mktemp("both") / "project"))
    by_mkdocs = run(root, "mkdocs", "build", "--strict")
    proofs_by_mkdocs = proofs(root)
    shutil.rmtree(root / "build" / "site")
    return Both(root, by_mkdocs, proofs_by_mkdocs, run(root, *ZENSICAL), proofs(root))


def run(root: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a program that builds the site of the project at `root`."""
    return subprocess.run([command(name), *arguments], cwd=root, env=_environment(root), capture_output=True, text=True)


def test_a_strict_build_ends_well_and_warns_of_nothing(both: Both) -> None:
    assert both.by_mkdocs.returncode == 0
    assert "WARNING" not in both.by_mkdocs.stderr
    assert "404" in both.proofs_by_mkdocs


def test_zensical_builds_the_same_site_with_the_same_proofs(both: Both) -> None:
    assert both.by_zensical.returncode == 0
    assert "확인됨 · Docker 28.5.2 (지원 종료) · 2026-11-24 · 대체 이미지" in both.proofs_by_mkdocs["containers"]
    assert "건을 확인했습니다" in both.proofs_by_mkdocs["status"][0]
    assert both.proofs_by_zensical == both.proofs_by_mkdocs


def test_zensicals_cache_keeps_no_proof_that_is_gone(both: Both) -> None:
    shutil.rmtree(both.root / "build" / "evidence")
    assert run(both.root, *ZENSICAL).returncode == 0
    said = proofs(both.root)
    assert "아직 어떤 엔진에서도 실행하지 않았습니다" in said.pop("status")[0]
    assert said.pop("history")[0].startswith("아직 기록이 없습니다.")
    assert {proof for proofs in said.values() for proof in proofs} == {"확인하지 않음"}


@pytest.mark.parametrize(
    ("added", "named"),
    [
        # What only warns is told to the end; an include that is missing ends the build.
        ("[nowhere](nowhere.md)\n\n[nothing](containers.md#없는-절)", ["nowhere.md", "없는-절"]),
        ('``` console\n--8<-- "images/nosuch.console"\n```', ["images/nosuch.console"]),
        ('``` console\n--8<-- "../mkdocs.yml"\n```', ["mkdocs.yml"]),
    ],
)
def test_a_dead_link_or_include_fails_the_build_and_is_named(
    proved_project: Path, tmp_path: Path, added: str, named: list[str]
) -> None:
    root = Path(shutil.copytree(proved_project, tmp_path / "project"))
    page = root / "docs" / "trial.md"
    page.write_text(f"{page.read_text('utf-8')}\n{added}\n", "utf-8")
    built = run(root, "mkdocs", "build", "--strict")
    assert built.returncode != 0
    assert [name for name in named if name not in built.stderr] == []
