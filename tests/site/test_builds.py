"""The commands that build the site, by MkDocs today and by Zensical tomorrow."""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_console_scripts import ScriptRunner

Environment = Callable[[Path], dict[str, str]]
BIN = Path(sys.executable).parent


@pytest.fixture
def copy(proved_project: Path, tmp_path: Path) -> Path:
    """A project that a test may change and build."""
    root = Path(shutil.copytree(proved_project, tmp_path / "project", ignore=shutil.ignore_patterns(".cache")))
    shutil.rmtree(root / "build" / "site", ignore_errors=True)
    return root


PROOF = r'<p class="proof.*?</p>|<details class="proof.*?</summary>|<section class="status .*</section>'


def proofs(root: Path) -> dict[str, list[str]]:
    """By page, the words of its proofs and of its table of them."""
    found = {}
    for path in sorted((root / "build" / "site").rglob("*.html")):
        lines = re.findall(PROOF, path.read_text("utf-8"), re.S)
        name = path.relative_to(root / "build" / "site").with_suffix("").as_posix()
        found[name] = [re.sub(r"<[^>]+>", "", line) for line in lines]
    return found


@pytest.mark.script_launch_mode("subprocess")
def test_a_strict_build_ends_well_and_warns_of_nothing(
    script_runner: ScriptRunner, copy: Path, environment: Environment
) -> None:
    built = script_runner.run([str(BIN / "mkdocs"), "build", "--strict"], cwd=copy, env=environment(copy))
    assert built.returncode == 0
    assert "WARNING" not in built.stderr
    assert (copy / "build" / "site" / "404.html").exists()


@pytest.mark.script_launch_mode("subprocess")
@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("[nowhere](nowhere.md)", "nowhere.md"),
        ("[nothing](containers.md#없는-절)", "없는-절"),
        ('``` console\n--8<-- "images/nosuch.console"\n```', "images/nosuch.console"),
        ('``` console\n--8<-- "../mkdocs.yml"\n```', "mkdocs.yml"),
    ],
)
def test_a_dead_link_or_include_fails_the_build_and_is_named(
    script_runner: ScriptRunner, copy: Path, environment: Environment, added: str, message: str
) -> None:
    page = copy / "docs" / "trial.md"
    page.write_text(f"{page.read_text('utf-8')}\n{added}\n", "utf-8")
    built = script_runner.run([str(BIN / "mkdocs"), "build", "--strict"], cwd=copy, env=environment(copy))
    assert built.returncode != 0
    assert message in built.stderr


@pytest.mark.script_launch_mode("subprocess")
def test_zensical_builds_the_same_site_with_the_same_proofs(
    script_runner: ScriptRunner, copy: Path, environment: Environment
) -> None:
    script_runner.run([str(BIN / "mkdocs"), "build", "--strict"], cwd=copy, env=environment(copy), check=True)
    by_mkdocs = proofs(copy)
    assert "확인됨 · Docker 28.5.2 (지원 종료) · 2026-11-24 · 대체 이미지" in by_mkdocs["containers"]
    assert "건을 확인했습니다" in by_mkdocs["status"][0]
    shutil.rmtree(copy / "build" / "site")
    built = script_runner.run(
        [str(BIN / "zensical"), "build", "--strict", "--config-file", "mkdocs.yml"], cwd=copy, env=environment(copy)
    )
    assert built.returncode == 0
    assert proofs(copy) == by_mkdocs


@pytest.mark.script_launch_mode("subprocess")
def test_zensicals_cache_keeps_no_proof_that_is_gone(
    script_runner: ScriptRunner, copy: Path, environment: Environment
) -> None:
    build = [str(BIN / "zensical"), "build", "--config-file", "mkdocs.yml"]
    script_runner.run(build, cwd=copy, env=environment(copy), check=True)
    shutil.rmtree(copy / "build" / "evidence")
    script_runner.run(build, cwd=copy, env=environment(copy), check=True)
    said = proofs(copy)
    assert "아직 어떤 엔진에서도 실행하지 않았습니다" in said.pop("status")[0]
    assert said.pop("history")[0].startswith("아직 기록이 없습니다.")
    assert {proof for proofs in said.values() for proof in proofs} == {"확인하지 않음"}
