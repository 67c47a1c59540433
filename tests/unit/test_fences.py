"""What a console fence becomes in HTML, and what its proof may say."""

import html
import re
from pathlib import Path
from typing import Any

import markdown
import pytest
from pymdownx.superfences import SuperFencesException  # type: ignore[import-untyped]

from harness.evidence import files
from harness.evidence.facts import BlockFact, ImageFact, Lane, Outcome, PageFact, StepFact, digest
from harness.site import console_html, fences, later

PS = "$ docker ps\nCONTAINER ID   IMAGE\n"
INSIDE_ONLY = "[root@588ec8830392 /]# echo $$\n1\n[root@588ec8830392 /]#\n"
RUN_AND_LEAVE = "$ docker run -it centos bash\n[root@588ec8830392 /]# exit 3\nexit\n[3]\n$ docker ps\n"
DECLARED = """
[[engine]]
name = "20.10"
[[engine]]
name = "26"
[[engine]]
name = "28"
[[engine]]
name = "28c"
like = "28"
label = "28 (containerd)"
store = "containerd"
[[engine]]
name = "29"
"""
VERSIONS = {"20.10": "20.10.24+dfsg1", "26": "26.1.5", "28": "28.5.2+dfsg4", "28c": "28.5.2+dfsg4", "29": "29.7.2"}
CENTOS = {"centos:latest": ImageFact("sha256:" + "0" * 64, standin=True)}
REAL = {"centos:latest": ImageFact("sha256:" + "0" * 64, standin=False)}

CONFIG: dict[str, Any] = {
    "pymdownx.snippets": {"base_path": [], "check_paths": True, "restrict_base_path": True},
    "pymdownx.superfences": {
        "preserve_tabs": True,
        "custom_fences": [
            {"name": "console", "class": "console", "format": fences.console, "validator": fences.validate}
        ],
    },
    "pymdownx.tabbed": {"alternate_style": True},
}


class Project:
    """A project on disk whose pages are turned into HTML as the site does it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("tests/labs/engines.toml", DECLARED)
        self.write("docs/page.md", "")
        (root / "snippets").mkdir()

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def prove(
        self,
        text: str,
        outcome: Outcome = Outcome.PASSED,
        engine: str = "28",
        page: str = "docs/page.md",
        reason: str = "",
        command: str = "",
        **fields: Any,
    ) -> None:
        """Writes the evidence of a run in which a page's only block, of this text, came out so."""
        values = {"lane": Lane.STANDIN, "started": "2026-11-24T08:00:00+00:00", "images": CENTOS, **fields}
        fact = PageFact(page, engine, VERSIONS[engine], **values)
        step = StepFact(1, command, outcome, reason=reason)
        fact.blocks.append(BlockFact(1, "session", "", "", digest(text), [step], outcome, started=fact.started))
        files.write_page(self.root / "build" / "evidence", fact)

    def render(self, page: str) -> str:
        config = {**CONFIG, "pymdownx.snippets": {**CONFIG["pymdownx.snippets"], "base_path": [self.root / "snippets"]}}
        return markdown.markdown(page, extensions=[*config, "attr_list"], extension_configs=config)

    def show(self, text: str, title: str = "") -> str:
        """The HTML of a page with one fence that includes a snippet of this text."""
        self.write("snippets/page/shown.console", text)
        info = f'console title="{title}"' if title else "console"
        return self.render(f'``` {info}\n--8<-- "page/shown.console"\n```\n')


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr("harness.project.ROOT", tmp_path)
    return Project(tmp_path)


def spans(kind: str, shown: str) -> list[str]:
    """The texts of one kind, without their line ends."""
    found = re.findall(f'<span class="{kind}">([^<]*)</span>', shown)
    return [html.unescape(text).removesuffix("\n") for text in found]


def text_of(shown: str) -> str:
    """What a person sees of HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", shown))


def proofs(shown: str) -> list[str]:
    """The lines under the blocks, as they are while nothing is opened."""
    return [text_of(line) for line in re.findall(r'<p class="proof.*?</p>|(?<=<summary>).*?(?=</summary>)', shown)]


def copied(shown: str) -> list[str]:
    """What console.js gives to the buttons that copy several commands."""
    blocks = [block for block in shown.split('<div class="proved">') if 'class="copy-all"' in block]
    command = re.compile(r'<span class="typed">((?:<span class="line">.*?\n</span>)+)</span>', re.S)
    return ["\n".join("\n".join(lines_of(one)) for one in command.findall(block)) for block in blocks]


def typed(shown: str) -> list[str]:
    """The lines that a reader types, without their prompts."""
    return [line for line in lines_of(shown) if line]


def lines_of(shown: str) -> list[str]:
    """The lines of commands, without their prompts."""
    return [
        text_of(line)
        for line in re.findall(r'<span class="line">(?:<span class="gp">[^<]*</span>)?(.*?)\n</span>', shown)
    ]


# -- the block


def test_prompts_commands_output_and_status_are_told_apart(project: Project) -> None:
    shown = project.show(RUN_AND_LEAVE)
    assert spans("gp", shown) == ["$ ", "[root@588ec8830392 /]# ", "$ "]
    assert spans("go", shown) == ["exit"]
    assert spans("exit", shown) == ["종료 상태 3"]
    assert text_of(re.findall(r"<code>(.*?)</code>", shown, re.S)[0]) == (
        "$ docker run -it centos bash\n[root@588ec8830392 /]# exit 3\nexit\n종료 상태 3\n$ docker ps\n"
    )


def test_the_block_has_the_markup_that_material_styles(project: Project) -> None:
    start = '<div class="language-console highlight no-copy"><pre><span></span><code><span class="typed">'
    assert f'{start}<span class="line"><span class="gp">$ </span>' in project.show(PS)
    assert '<span class="filename">터미널 2</span><pre>' in project.show(PS, title="터미널 2")
    assert "filename" not in project.show(PS)


def test_commands_are_highlighted_as_shell(project: Project) -> None:
    assert '<span class="nb">echo</span>' in project.show("$ echo hi\nhi\n")


def test_a_comment_in_an_output_is_no_root_prompt(project: Project) -> None:
    shown = project.show("$ cat hosts\n# names\n127.0.0.1 localhost\n")
    assert spans("gp", shown) == ["$ "]
    assert spans("go", shown) == ["# names", "127.0.0.1 localhost"]


def test_a_prompt_left_waiting_is_a_prompt(project: Project) -> None:
    assert spans("gp", project.show(INSIDE_ONLY)) == ["[root@588ec8830392 /]# ", "[root@588ec8830392 /]# "]


def test_empty_lines_of_an_output_stay(project: Project) -> None:
    assert "hi\n\nho\n" in text_of(project.show("$ say\nhi\n\nho\n"))


@pytest.mark.parametrize("text", ["just an output\n<b>of</b> something\n", "\n", "", "  \n", "[125]\n"])
def test_a_text_that_is_no_session_shows_as_plain_output_with_nothing_to_copy(project: Project, text: str) -> None:
    shown = project.render(f"``` console\n{text}```\n")
    assert spans("go", shown) == text.rstrip("\n").splitlines()
    assert copied(shown) == []
    assert "no-copy" in shown


def test_everything_shown_is_escaped(project: Project) -> None:
    text = '$ echo "<img src=x>" && x\n<script>alert("1")</script>\n&amp;\n'
    project.prove(text, Outcome.UNCHECKED, reason="<script>reason</script>")
    shown = project.show(text, title="<i>")
    for tag in ("<img", "<script", "<i>"):
        assert tag not in shown
    assert typed(shown) == ['echo "<img src=x>" && x']
    assert spans("go", shown) == ['<script>alert("1")</script>', "&amp;"]
    assert proofs(shown) == ["확인하지 않음 · <script>reason</script>"]


def test_a_fault_of_ours_fails_the_build(project: Project) -> None:
    """Superfences swallows other exceptions and publishes the fence as if it were prose."""
    (project.root / "tests" / "labs" / "engines.toml").unlink()
    with pytest.raises(SuperFencesException, match=r"engines\.toml"):
        project.show(PS)


def test_a_fault_of_ours_in_a_block_that_is_made_late_names_the_block(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console_html, "block", lambda text, title: 1 // 0)
    with later.places() as filled:
        page = project.show(PS)
        with pytest.raises(SuperFencesException, match=r"^the console fence that begins `\$ docker ps` could not be"):
            filled(page, {})


# -- copying


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RUN_AND_LEAVE, []),
        (f"$ docker pull centos\n{RUN_AND_LEAVE}", ["docker pull centos\ndocker run -it centos bash"]),
        (f"{INSIDE_ONLY.rstrip()} exit\n$ docker ps\n$ docker ps -a\n", ["echo $$\nexit"]),
        ("$ docker attach web\n[root@588ec8830392 /]# \n$ docker ps\n$ docker ps -a\n", []),
    ],
)
def test_what_is_copied_together_is_typed_into_one_shell(project: Project, text: str, expected: list[str]) -> None:
    assert copied(project.show(text)) == expected


def test_what_belongs_into_another_shell_is_told_apart(project: Project) -> None:
    shown = project.show(RUN_AND_LEAVE)
    assert re.findall(r'<span class="(typed[^"]*)">', shown) == ["typed", "typed elsewhere", "typed elsewhere"]
    assert typed(shown) == ["docker run -it centos bash", "exit 3", "docker ps"]


@pytest.mark.parametrize(
    ("command", "marked"),
    [
        ("docker restart 588ec8830392", ["588ec8830392"]),
        ("docker run debian@sha256:588ec8830392588ec8830392588ec8830392588ec8830392588ec8830392588e", []),
        ("docker run --name=acceded-facade deadbeefcafe", []),
        ("docker rm 20261126", []),
    ],
)
def test_an_id_that_only_the_pages_engine_gave_is_marked_as_the_readers_to_replace(
    project: Project, command: str, marked: list[str]
) -> None:
    assert re.findall(r'<span class="yours" title="[^"]+">([^<]*)</span>', project.show(f"$ {command}\n")) == marked


@pytest.mark.parametrize(
    ("command", "whole"),
    [
        ("docker run -it --name my-web web", ["-it", "--name", "my-web"]),
        ("apt-get install -y ca-certificates", ["apt-get", "-y", "ca-certificates"]),
        (f"curl -o {'long-' * 20}name", ["-o"]),
    ],
)
def test_a_word_with_a_hyphen_that_fits_on_a_phone_is_not_broken_at_it(
    project: Project, command: str, whole: list[str]
) -> None:
    assert spans("whole", project.show(f"$ {command}\n")) == whole


def test_continued_commands_and_heredocs_are_copied_whole(project: Project) -> None:
    text = "$ docker run \\\n>   --rm \\\n>   busybox\n$ cat > Dockerfile <<'EOF'\n> FROM debian\n>\n> CMD ls\n> EOF\n"
    expected = "docker run \\\n  --rm \\\n  busybox\ncat > Dockerfile <<'EOF'\nFROM debian\n\nCMD ls\nEOF"
    shown = project.show(text)
    assert copied(shown) == [expected]
    assert spans("gp", shown) == ["$ ", "> ", "> ", "$ ", "> ", "> ", "> ", "> "]


def test_a_block_without_commands_has_nothing_to_copy(project: Project) -> None:
    shown = project.show("[root@588ec8830392 /]#\n[root@588ec8830392 /]#\n")
    assert copied(shown) == typed(shown) == []


# -- the proof


def test_a_passed_block_says_engine_version_date_and_that_its_images_were_stand_ins(project: Project) -> None:
    project.prove(PS)
    shown = project.show(PS)
    assert proofs(shown) == ["확인됨 · Docker 28.5.2 · 2026-11-24 · 대체 이미지"]
    assert 'class="proof proof--passed"' in shown
    assert "<time>2026-11-24</time>" in shown


def test_images_of_the_hub_are_said_to_be_real(project: Project) -> None:
    project.prove(PS, lane=Lane.HUB, images=REAL)
    assert proofs(project.show(PS)) == ["확인됨 · Docker 28.5.2 · 2026-11-24 · 실제 이미지"]


@pytest.mark.parametrize("lane", [Lane.HUB, Lane.REHEARSAL])
def test_an_image_that_says_itself_that_it_stands_in_is_never_said_to_be_real(project: Project, lane: Lane) -> None:
    project.prove(PS, lane=lane)
    assert proofs(project.show(PS)) == ["확인됨 · Docker 28.5.2 · 2026-11-24 · 대체 이미지"]


def test_nothing_that_was_rehearsed_is_said_to_be_real(project: Project) -> None:
    project.prove(PS, lane=Lane.REHEARSAL, images=REAL)
    assert proofs(project.show(PS)) == ["확인됨 · Docker 28.5.2 · 2026-11-24 · 대체 이미지"]


def test_a_page_without_images_says_neither(project: Project) -> None:
    project.prove(PS, images={})
    assert proofs(project.show(PS)) == ["확인됨 · Docker 28.5.2 · 2026-11-24"]


def test_a_stand_in_on_one_of_the_engines_is_said(project: Project) -> None:
    project.prove(PS, lane=Lane.HUB, engine="29", images=REAL)
    project.prove(PS, lane=Lane.STANDIN, engine="28")
    assert proofs(project.show(PS)) == ["확인됨 · Docker 29.7.2, 28.5.2 · 2026-11-24 · 대체 이미지"]


def test_drift_is_said(project: Project) -> None:
    project.prove(PS, Outcome.DIFFERS)
    shown = project.show(PS)
    assert proofs(shown) == ["달라짐 · Docker 28.5.2 · 2026-11-24 · 대체 이미지"]
    assert "proof--differs" in shown


@pytest.mark.parametrize("outcome", [Outcome.BROKEN, Outcome.BLOCKED])
def test_what_could_not_be_judged_was_not_checked(project: Project, outcome: Outcome) -> None:
    project.prove(PS, outcome, reason="the screen showed: secret")
    assert proofs(project.show(PS)) == ["확인하지 않음"]


def test_what_was_declared_unchecked_says_why(project: Project) -> None:
    project.prove(PS, Outcome.UNCHECKED, reason="인터넷이 필요합니다")
    assert proofs(project.show(PS)) == ["확인하지 않음 · 인터넷이 필요합니다"]


def test_without_evidence_nothing_is_claimed(project: Project) -> None:
    shown = project.show(PS)
    assert proofs(shown) == ["확인하지 않음"]
    assert "proof--unchecked" in shown


def test_a_snippet_edited_since_it_was_run_has_no_proof(project: Project) -> None:
    project.prove(PS)
    assert proofs(project.show(PS.replace("IMAGE", "IMAGES"))) == ["확인하지 않음"]


def test_all_engines_on_which_it_passed_are_listed_newest_first(project: Project) -> None:
    for engine in ("20.10", "28c", "28", "26"):
        project.prove(PS, engine=engine)
    versions = "28.5.2 (containerd), 28.5.2, 26.1.5, 20.10.24"
    assert proofs(project.show(PS)) == [f"확인됨 · Docker {versions} · 2026-11-24 · 대체 이미지"]


TOOLS = {"compose": "2.40.3-3", "buildx": "0.29.1+ds1"}
OPENED = r'<th scope="row">Docker 28.5.2(.*?)</th>'


@pytest.mark.parametrize(
    ("command", "said", "opened"),
    [
        ("docker compose up -d", " · Compose 2.40.3", "<small>Compose 2.40.3</small>"),
        ("docker-compose up -d", " · Compose 2.40.3", "<small>Compose 2.40.3</small>"),
        ("docker build -t hello:1 .", "", "<small>Buildx 0.29.1</small>"),
        ("docker buildx ls", "", "<small>Buildx 0.29.1</small>"),
        ("docker ps  # docker compose ps", "", ""),
        ("cat docker-compose.yml", "", ""),
    ],
)
def test_the_version_of_a_tool_is_said_where_the_block_uses_it(
    project: Project, command: str, said: str, opened: str
) -> None:
    """That of compose under the block, that of buildx once the proof is opened."""
    project.prove(PS, command=command, tools=TOOLS)
    shown = project.show(PS)
    assert proofs(shown) == [f"확인됨 · Docker 28.5.2{said} · 2026-11-24 · 대체 이미지"]
    assert re.findall(OPENED, shown) == [opened]


def test_each_version_of_compose_that_a_block_was_run_with_is_said_once_newest_engine_first(project: Project) -> None:
    for engine, compose in (("20.10", "1.29.2"), ("28", "2.40.3-3"), ("28c", "2.40.3-3")):
        project.prove(PS, engine=engine, command="docker compose ps", tools={"compose": compose})
    project.prove(PS, engine="26", command="docker compose ps")  # none is installed
    [line] = proofs(project.show(PS))
    assert " · Compose 2.40.3, 1.29.2 · 2026-11-24" in line


def declare_ended(project: Project, *names: str) -> None:
    ended = DECLARED
    for name in names:
        ended = ended.replace(f'name = "{name}"\n', f'name = "{name}"\nsupport = {{ ended = "2025-02-17" }}\n')
    project.write("tests/labs/engines.toml", ended)


@pytest.mark.parametrize(
    ("engines", "said"),
    [
        (["28"], "Docker 28.5.2 (지원 종료)"),
        (["28c", "28"], "Docker 28.5.2 (containerd), 28.5.2 (모두 지원 종료)"),
        (["29", "28"], "Docker 29.7.2, 28.5.2"),
    ],
)
def test_a_proof_on_nothing_but_engines_that_upstream_has_ended_says_so(
    project: Project, engines: list[str], said: str
) -> None:
    declare_ended(project, "28")
    for engine in engines:
        project.prove(PS, engine=engine)
    shown = project.show(PS)
    assert proofs(shown) == [f"확인됨 · {said} · 2026-11-24 · 대체 이미지"]
    assert re.findall(OPENED, shown)[-1] == "<small>지원 종료 2025-02-17</small>"


def test_a_tab_of_nothing_but_engines_that_upstream_has_ended_says_so(project: Project) -> None:
    declare_ended(project, "20.10", "26")
    for variant in ("until-26", "28"):
        project.write(f"snippets/page/shown@{variant}.console", f"$ docker ps\nas {variant} prints it\n")
    shown = project.show(PS)
    assert [text_of(label) for label in re.findall(r"<label .*?</label>", shown)] == [
        "Docker 28 (containerd) 이상", "Docker 28", "Docker 26 이하 지원 종료",
    ]  # fmt: skip


def test_a_tab_is_remembered_by_a_release_and_not_by_one_of_its_image_stores(project: Project) -> None:
    project.write("snippets/page/shown@until-28c.console", "$ docker ps\nold\n")
    shown = project.show(PS)
    assert re.findall(r'data-engines="(.*?)" data-engine="(.*?)"', shown) == [("29", "29"), ("28c 28 26 20.10", "28")]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Outcome.DIFFERS, "달라짐 · Docker 26.1.5 · 2026-11-24 · 대체 이미지"),
        (Outcome.BROKEN, "확인하지 않음"),
        (Outcome.BLOCKED, "확인하지 않음"),
    ],
)
def test_the_worst_of_several_engines_decides(project: Project, other: Outcome, said: str) -> None:
    project.prove(PS, engine="28")
    project.prove(PS, other, engine="26")
    assert proofs(project.show(PS)) == [said]


def test_drift_on_one_engine_is_not_hidden_by_a_fault_of_another(project: Project) -> None:
    project.prove(PS, Outcome.BROKEN, engine="28")
    project.prove(PS, Outcome.DIFFERS, engine="26")
    assert proofs(project.show(PS)) == ["달라짐 · Docker 26.1.5 · 2026-11-24 · 대체 이미지"]


def test_a_text_that_two_pages_show_is_not_proved_by_the_one_where_it_passed(project: Project) -> None:
    project.write("docs/other.md", "")
    project.prove(PS, page="docs/page.md")
    project.prove(PS, Outcome.DIFFERS, page="docs/other.md")
    assert proofs(project.show(PS)) == ["달라짐 · Docker 28.5.2 · 2026-11-24 · 대체 이미지"]


def test_evidence_of_a_page_that_is_gone_counts_for_nothing(project: Project) -> None:
    project.prove(PS)
    project.prove(PS, Outcome.DIFFERS, page="docs/gone.md")
    assert proofs(project.show(PS)) == ["확인됨 · Docker 28.5.2 · 2026-11-24 · 대체 이미지"]


def test_the_date_is_that_of_the_newest_run(project: Project) -> None:
    project.prove(PS, engine="26", started="2026-11-20T08:00:00+00:00")
    project.prove(PS, engine="28", started="2026-11-22T08:00:00+00:00")
    assert proofs(project.show(PS)) == ["확인됨 · Docker 28.5.2, 26.1.5 · 2026-11-22 · 대체 이미지"]


@pytest.mark.parametrize(
    "text",
    ["$ docker builder prune -f\nTotal:\t0B\n", "$ show\na\n   \nb\n", "$ show\n    four\n", "$ show\na  \n\n"],
)
@pytest.mark.parametrize("indent", ["", "    "])
def test_a_proof_is_found_for_a_text_with_tabs_and_blanks_also_inside_a_tab(
    project: Project, text: str, indent: str
) -> None:
    project.prove(text)
    project.write("snippets/page/shown.console", text)
    fence = f'{indent}``` console\n{indent}--8<-- "page/shown.console"\n{indent}```\n'
    page = f'=== "Linux"\n\n{fence}' if indent else fence
    assert proofs(project.render(page)) == ["확인됨 · Docker 28.5.2 · 2026-11-24 · 대체 이미지"]


# -- tabs by engine


def labels(shown: str) -> list[str]:
    return [html.unescape(label) for label in re.findall(r"<label [^>]*>([^<]*)</label>", shown)]


@pytest.mark.parametrize(
    ("variants", "expected"),
    [
        ([], []),
        (["until-28c"], ["Docker 29", "Docker 28 이하"]),
        (["20.10"], ["Docker 26 이상", "Docker 20.10"]),
        (["until-28c", "20.10"], ["Docker 29", "Docker 26~28", "Docker 20.10"]),
        (["until-26", "until-28c"], ["Docker 29", "Docker 28", "Docker 26 이하"]),
        (["until-26", "until-28"], ["Docker 28 (containerd) 이상", "Docker 28", "Docker 26 이하"]),
        (["28c"], ["Docker 29", "Docker 28 (containerd)"]),
    ],
)
def test_each_text_has_a_tab_named_after_its_engines_newest_first(
    project: Project, variants: list[str], expected: list[str]
) -> None:
    for variant in variants:
        project.write(f"snippets/page/shown@{variant}.console", f"$ docker ps\nas {variant} prints it\n")
    assert labels(project.show(PS)) == expected


def test_the_newest_engines_tab_is_open_and_works_without_javascript(project: Project) -> None:
    project.write("snippets/page/shown@until-28c.console", "$ docker ps\nold\n")
    shown = project.show(PS)
    inputs = re.findall(r"<input[^>]*>", shown)
    ids = [re.findall(r'id="([^"]*)"', tag)[0] for tag in inputs]
    assert ["checked" in tag for tag in inputs] == [True, False]
    assert re.findall(r'for="([^"]*)"', shown) == ids
    assert len(set(ids)) == 2
    assert len(set(re.findall(r'name="([^"]*)"', shown))) == 1


def test_the_same_tabs_twice_on_a_page_have_ids_of_their_own(project: Project) -> None:
    project.write("snippets/page/shown@until-28c.console", "$ docker ps\nold\n")
    project.write("snippets/page/shown.console", PS)
    fence = '``` console\n--8<-- "page/shown.console"\n```\n'
    ids = re.findall(r' id="([^"]*)"', project.render(f"{fence}\n{fence}"))
    assert len(ids) == 4
    assert len(set(ids)) == 4


def test_each_tab_has_its_own_commands_title_and_proof(project: Project) -> None:
    old = "$ docker container ls\nold\n"
    project.write("snippets/page/shown@until-28c.console", old)
    project.prove(old)
    shown = project.show(PS, title="터미널 2")
    assert typed(shown) == ["docker ps", "docker container ls"]
    assert spans("filename", shown) == ["터미널 2", "터미널 2"]
    assert proofs(shown) == ["확인하지 않음", "확인됨 · Docker 28.5.2 · 2026-11-24 · 대체 이미지"]


def test_a_variant_written_or_removed_shows_in_the_next_build(project: Project) -> None:
    """`nox -s serve` builds again and again in one process."""
    variant = project.root / "snippets" / "page" / "shown@until-28c.console"
    assert labels(project.show(PS)) == []
    project.write("snippets/page/shown@until-28c.console", "$ docker ps\nold\n")
    assert labels(project.show(PS)) == ["Docker 29", "Docker 28 이하"]
    variant.unlink()
    assert labels(project.show(PS)) == []


def test_a_run_since_the_last_build_shows_in_the_next(project: Project) -> None:
    assert proofs(project.show(PS)) == ["확인하지 않음"]
    project.prove(PS)
    assert proofs(project.show(PS)) == ["확인됨 · Docker 28.5.2 · 2026-11-24 · 대체 이미지"]
    project.prove(PS, Outcome.DIFFERS)
    assert proofs(project.show(PS)) == ["달라짐 · Docker 28.5.2 · 2026-11-24 · 대체 이미지"]


# -- what a page says of all its examples


def page_says(project: Project, *texts: str) -> tuple[str, list[bool]]:
    """The line under a page's title, and of each example whether that has said it all."""
    for number, text in enumerate(texts):
        project.write(f"snippets/page/{number}.console", text)
    fences_of = "".join(f'``` console\n--8<-- "page/{number}.console"\n```\n\n' for number in range(len(texts)))
    shown = project.render(f"# Title\n\n{fences_of}")
    [line] = re.findall(r'</h1>\n<p class="page-proof.*?</p>', shown)
    return text_of(line).strip(), ["--same" in proof for proof in re.findall(r'class="(proof proof--.*?)"', shown)]


def test_a_page_says_once_what_is_proved_of_all_its_examples(project: Project) -> None:
    for engine in ("28", "26"):
        project.prove(PS, engine=engine)
    line, same = page_says(project, PS, PS)
    assert line == ("예제 2개 모두 확인됨 · Docker 28.5.2, 26.1.5 · 2026-11-24 · 대체 이미지 무슨 뜻인가요?")
    assert same == [True, True]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("$ ls\na\n", {"outcome": Outcome.DIFFERS}),
        ("$ ls\na\n", {"outcome": Outcome.BROKEN}),
        ("$ ls\na\n", {"outcome": Outcome.UNCHECKED, "reason": "인터넷이 필요합니다"}),
        ("$ ls\na\n", {"engine": "26"}),
        ("$ ls\na\n", {"started": "2026-11-20T08:00:00+00:00"}),
        ("$ ls\na\n", {"lane": Lane.HUB, "images": REAL}),
    ],
)
def test_an_example_speaks_where_it_differs_from_what_its_page_says(
    project: Project, text: str, fields: dict[str, Any]
) -> None:
    names = ["one", "two"]
    for name in names:
        project.write(f"docs/{name}.md", "")
        project.prove(f"$ echo {name}\n{name}\n", page=f"docs/{name}.md")
    project.write("docs/other.md", "")
    project.prove(text, page="docs/other.md", **fields)
    line, same = page_says(project, *(f"$ echo {name}\n{name}\n" for name in names), text)
    assert line.startswith("예제 3개 가운데 2개 확인됨 · Docker 28.5.2 · 2026-11-24 · 대체 이미지. 나머지는")
    assert same == [True, True, False]


def test_a_page_of_which_nothing_is_proved_says_so_and_each_example_too(project: Project) -> None:
    line, same = page_says(project, PS)
    assert line == "예제 1개를 실행해 확인한 기록이 아직 없습니다. 무슨 뜻인가요?"
    assert same == [False]


def test_a_tab_that_was_run_on_the_engines_that_print_it_says_no_more_than_its_page(project: Project) -> None:
    project.write("docs/other.md", "")
    for engine in ("28", "26"):
        project.prove("$ ls\na\n", engine=engine, page="docs/other.md")
    project.write("snippets/page/0@until-26.console", "$ docker ps\nold\n")
    project.prove("$ docker ps\nold\n", engine="26")
    project.prove(PS, engine="28")
    line, same = page_says(project, PS, "$ ls\na\n")
    assert line.startswith("예제 2개 모두 확인됨 · Docker 28.5.2, 26.1.5 ·")
    assert same == [True, True, True]


def test_a_page_that_used_no_image_says_nothing_of_images(project: Project) -> None:
    project.prove("$ ls\na\n", images={})
    line, same = page_says(project, "$ ls\na\n", "$ ls\na\n")
    assert line == "예제 2개 모두 확인됨 · Docker 28.5.2 · 2026-11-24 무슨 뜻인가요?"
    assert same == [True, True]


def test_what_was_run_for_tabs_alone_is_said_of_the_page(project: Project) -> None:
    """On a page of Compose each output has tabs, and only `mkdir` is the same on all engines."""
    project.write("docs/other.md", "")
    project.prove("$ mkdir a\n", page="docs/other.md", images={})
    project.write("snippets/page/0@until-28c.console", "$ docker compose ps\nold\n")
    old = "$ docker compose ps\nold\n"
    project.prove(old, command="docker compose ps", tools={"compose": "2.40.3-3"})
    line, same = page_says(project, "$ docker compose ps\nnew\n", "$ mkdir a\n")
    assert line.startswith("예제 2개 모두 확인됨 · Docker 28.5.2 · Compose 2.40.3 · 2026-11-24 · 대체 이미지")
    assert sorted(same) == [False, True, True]


def test_the_tab_opens_of_the_newest_engine_that_was_proved(project: Project) -> None:
    project.write("snippets/page/shown@until-28c.console", "$ docker ps\nold\n")
    opened = r"<input checked [^>]*data-engines=\"([^\"]*)\""
    assert re.findall(opened, project.show(PS)) == ["29"]
    project.prove("$ docker ps\nold\n")
    shown = project.show(PS)
    assert re.findall(opened, shown) == ["28c 28 26 20.10"]
    assert "Docker 29 <small>확인하지 않음</small>" in shown
    project.prove(PS, engine="29")
    assert re.findall(opened, project.show(PS)) == ["29"]
