"""Which docker commands the guide runs, and where."""

import re
from pathlib import Path

import pytest
from pymdownx.superfences import SuperFencesException  # type: ignore[import-untyped]

from harness.site import commands, inputs, later
from harness.site.meanings import MEANINGS

ROOT = Path(__file__).parents[2]
SESSION = '``` console\n--8<-- "page/{}.console"\n```\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "tests/labs/engines.toml", '[[engine]]\nname = "28"\n')
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def page(root: Path, name: str, *sections: tuple[str, str]) -> None:
    """A page with a console block under each heading: (heading, what is typed)."""
    text = f"---\ntitle: {name} 제목\n---\n"
    for number, (heading, typed) in enumerate(sections):
        write(root, f"snippets/page/{name}{number}.console", typed)
        text += f"\n## {heading}\n\n" + SESSION.format(f"{name}{number}")
    write(root, f"docs/{name}.md", text)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("docker run -it centos bash", ["docker run"]),
        ("docker network create mynet", ["docker network create"]),
        ("docker compose -f a.yaml up -d", ["docker compose up"]),
        ("docker-compose -f a.yaml up -d", ["docker compose up"]),
        ("timeout 9 sh -c 'until docker ps; do sleep 1; done'", []),
        ("sudo docker ps -a", ["docker ps"]),
        ("DOCKER_BUILDKIT=1 docker build -q .", ["docker build"]),
        ("docker -H tcp://localhost:2375 ps", ["docker ps"]),
        ("docker --context other images", ["docker images"]),
        ("docker save busybox | docker load", ["docker save", "docker load"]),
        ('docker stop $(docker ps -q)', ["docker stop", "docker ps"]),
        ("until docker ps | grep -q up; do sleep 1; done", ["docker ps"]),
        ('[ "$(docker inspect -f \'{{.State}}\' web)" = up ]', ["docker inspect"]),
        ("docker -v", []),
        ("sudo apt-get install docker.io", []),
        ("ls /var/lib/docker /etc/docker/daemon.json", []),
        ("sudo usermod -aG docker $USER", []),
        ("echo 'docker run'", []),
    ],
)  # fmt: skip
def test_the_commands_in_a_line_of_a_shell(typed: str, expected: list[str]) -> None:
    assert expected == list(commands.names(typed))


def test_a_command_leads_to_every_section_that_runs_it_once_in_the_order_of_the_site(root: Path) -> None:
    page(root, "a", ("목록 보기", "$ docker ps\n$ docker ps -a\n"), ("`docker ps` 또", "$ docker ps\n"))
    page(root, "b", ("끝", "$ docker ps\n"))
    write(root, "mkdocs.yml", "nav:\n  - b.md\n  - a.md\n")
    assert commands.collect(inputs.read(root)) == {
        "docker ps": {
            "b 제목": {"b.html#끝": "끝"},
            "a 제목": {"a.html#목록-보기": "목록 보기", "a.html#docker-ps-또": "docker ps 또"},
        }
    }


@pytest.mark.parametrize(("pages", "shown"), [(4, 4), (5, 3), (9, 3)])
def test_of_many_pages_that_run_a_command_the_first_are_shown_and_the_others_open(
    root: Path, pages: int, shown: int
) -> None:
    for number in range(pages):
        page(root, f"p{number}", ("목록", "$ docker ps\n"))
    first, _, others = commands.show(inputs.read(root)).partition("<details>")
    assert (first.count('<a href="p'), others.count('<a href="p')) == (shown, pages - shown)
    assert (f"<summary>다른 페이지 {pages - shown}개</summary>" in others) == (pages > shown)


def test_both_programs_of_compose_are_one_command_with_one_id(root: Path) -> None:
    page(root, "a", ("하나", "$ docker compose up -d\n"), ("둘", "$ docker-compose -f b.yaml up -d\n"))
    shown = commands.show(inputs.read(root))
    assert re.findall(r'<tr id="(.*?)">', shown) == ["docker-compose-up"]
    assert re.findall(r'<a href="(a.*?)"', shown) == ["a.html#하나", "a.html#둘"]


def test_a_link_leads_to_the_anchor_that_the_heading_has(root: Path) -> None:
    page(root, "a", ("목록 {#list}", "$ docker ps\n"), ("같은 말", "$ ls\n"), ("같은 말", "$ docker ps\n"))
    assert re.findall(r'<a href="(a.*?)"', commands.show(inputs.read(root))) == ["a.html#list", "a.html#같은-말_1"]


def test_what_is_typed_in_a_container_counts_too_and_output_does_not(root: Path) -> None:
    page(root, "a", ("하나", "$ docker run -it docker sh\n/ # docker info\nrun 'docker login' first\n/ # exit\n"))
    assert sorted(commands.collect(inputs.read(root))) == ["docker info", "docker run"]


def test_the_table_is_in_the_order_of_the_alphabet_and_escapes_what_pages_say(root: Path) -> None:
    page(root, "a", ("`<b>` & 뒤", "$ docker run x\n$ docker build .\n"))
    shown = commands.show(inputs.read(root))
    assert re.findall(r'<tr id="(.*?)">', shown) == ["docker-build", "docker-run"]
    assert '&lt;b&gt; &amp; 뒤</a>' in shown  # fmt: skip
    assert "<b>" not in shown


def test_a_command_says_what_it_does_and_what_is_no_command_of_dockers_is_left_out(root: Path) -> None:
    page(root, "a", ("하나", "$ docker rm web\nweb\n$ docker rnu busybox\ndocker: unknown command: docker rnu\n[1]\n"))
    shown = commands.show(inputs.read(root))
    assert re.findall(r'<tr id="(.*?)">', shown) == ["docker-rm"]
    assert "<p>컨테이너를 지웁니다</p>" in shown


def test_every_command_that_the_guide_runs_has_a_meaning_and_no_other() -> None:
    guide = set(commands.collect(inputs.read(ROOT)))
    assert guide ^ set(MEANINGS) == {"docker compose $@", "docker rnu"}


def test_a_page_that_cannot_be_read_is_left_out(root: Path) -> None:
    write(root, "docs/wrong.md", "``` console\n$ docker typed by hand\n```\n")
    assert commands.collect(inputs.read(root)) == {}


def test_a_fault_of_ours_fails_the_build(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.project.ROOT", root)
    (root / "tests/labs/engines.toml").unlink()
    with pytest.raises(SuperFencesException, match=r"engines\.toml"):
        commands.commands("", "commands", "commands", {}, None)  # type: ignore[arg-type]


def test_a_fault_of_ours_in_what_is_made_late_says_what_could_not_be_shown(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.project.ROOT", root)
    monkeypatch.delattr(commands, "collect")
    with later.places() as filled:
        page = commands.commands("", "commands", "commands", {}, None)  # type: ignore[arg-type]
        with pytest.raises(SuperFencesException, match=r"^the commands could not be shown: "):
            filled(page, {})


def test_the_guide_runs_every_command_of_the_cheatsheet() -> None:
    guide = inputs.read(ROOT)
    sheet = re.findall(r"(?m)^\| `(docker .+?)` \|", (ROOT / "docs" / "cheatsheet.md").read_text("utf-8"))
    named = {name for line in sheet for name in commands.names(line)}
    assert len(named) > 40
    assert named - set(commands.collect(guide)) == set()
