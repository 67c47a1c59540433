"""What a reader gets who types a lesson's commands in the terminal beside it."""

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from bench.sight import settle
from harness.claims import pages, sessions, snippets
from harness.claims.sessions import Step
from harness.evidence import facts, files
from harness.evidence.facts import BlockFact, ImageFact, Lane, Outcome, PageFact, StepFact
from harness.evidence.recordings import asciicast

from .conftest import ENGINES, _build, _served
from .walk import findings

SCRIPTS = ("shell", "commands", "compare", "lesson", "screen", "layout", "panel")
AT_MOST = 60_000  # bytes, as they come over the line
_ID = re.compile(r"\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b")


def in_run(text: str) -> str:
    """What the page shows, as the run of these tests has it: other ids, another name."""
    return _ID.sub(lambda shown: shown[0][:12][::-1] + shown[0][12:], text).replace("priceless_swartz", "brave_turing")


@pytest.fixture(scope="module")
def practised(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a project in which only 컨테이너 was run, on engine 28: every line of an output came after a
    second.
    """
    root = tmp_path_factory.mktemp("practised") / "project"
    shutil.copytree(project, root)
    shutil.rmtree(root / "build", ignore_errors=True)
    page = pages.read(root / "docs" / "containers.md", root, ENGINES)
    images = {"centos:latest": ImageFact("sha256:" + "0" * 64, standin=True)}
    fact = PageFact("docs/containers.md", "28", "28.5.2+dfsg4", Lane.STANDIN, "2026-11-24T08:00:00+00:00", images)
    casts = {}
    for block in filter(lambda block: block.is_session, page.blocks):
        sample = snippets.sample_for(root / "snippets" / block.snippet, "28", ENGINES)
        session = sessions.parse(sample.read_text("utf-8"))
        casts[len(fact.blocks)] = asciicast(block.snippet, list(events(session)))
        steps = [ran(step) for step in session.steps]
        sha256 = facts.digest(sample.read_text("utf-8"))
        fact.blocks.append(BlockFact(block.line, "session", block.snippet, str(sample), sha256, steps, Outcome.PASSED))
    files.write_page(root / "build" / "evidence", fact, casts)
    return _build(root)


def ran(step: Step) -> StepFact:
    return StepFact(
        step.line,
        step.command,
        Outcome.PASSED,
        typed=in_run(step.command),
        status=step.status,
        sample=step.sample,
        actual=in_run(step.sample),
    )


def events(session: sessions.Session) -> Iterator[tuple[float, str]]:
    """What the terminal got: commands at once, each line of an output after a second."""
    seconds = 0.0
    for number, step in enumerate(session.steps):
        yield seconds, in_run(f"{step.command}\r\n")
        for line in step.sample.split("\n") if step.sample else []:
            seconds += 1
            yield seconds, in_run(f"{line}\r\n")
        yield seconds, in_run(session.prompt_after(number) or "$ ")


@pytest.fixture
def address(practised: Path) -> Iterator[str]:
    with _served(practised) as server:
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def still(browser: Browser) -> Iterator[Page]:
    """A tab of a reader who wants no motion."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def practise(tab: Page, address: str, name: str = "containers") -> Locator:
    """The page's practice, opened."""
    tab.goto(f"{address}/{name}.html")
    tab.locator("[data-practice]").click()
    panel = tab.get_by_role("region", name="연습 터미널")
    expect(panel.get_by_role("textbox")).to_be_focused()
    return panel


def type_in(panel: Locator, command: str) -> None:
    panel.get_by_role("textbox").fill(command)
    panel.get_by_role("textbox").press("Enter")


def printed(panel: Locator) -> str:
    return panel.get_by_role("log").inner_text()


def count(panel: Locator) -> Locator:
    return panel.locator(".practice-count")


def typed_on(page: str, root: Path) -> list[tuple[str, Step]]:
    """What a lesson has its reader type, each with the terminal's name."""
    blocks = pages.read(root / "docs" / f"{page}.md", root, ENGINES).blocks
    found = [(block.title or "터미널 1", sessions.parse(block.text)) for block in blocks if block.is_session]
    return [(title, step) for title, session in found for step in session.steps]


# Three wrong turns of 컨테이너: before the command that is right, what is typed, and what is answered to it.
WRONG = {
    "docker run -it centos:latest bash": (
        "docker run -it centos:lastest bash",
        ["manifest for centos:lastest not found: manifest unknown", "이름과 태그의 철자를 확인합니다"],
    ),
    "docker restart 588ec8830392": (
        "docker restart 588ec8830392",
        ["Error response from daemon: No such container: 588ec8830392", "이 화면에 나온 값을 입력합니다"],
    ),
    "docker ps -a": (
        "docker run --name mybox centos:latest",
        ['The container name "/mybox" is already in use by container', "그 이름의 컨테이너가 이미 있습니다"],
    ),
}


def test_all_of_a_lesson_is_typed_to_its_end_with_three_wrong_turns(still: Page, address: str, project: Path) -> None:
    panel = practise(still, address)
    steps = typed_on("containers", project)
    wrong, has_name = dict(WRONG), False
    for number, (terminal, step) in enumerate(steps):
        panel.get_by_role("button", name=terminal).click()
        if step.command in wrong and (has_name or step.command != "docker ps -a"):
            typed, answers = wrong.pop(step.command)
            type_in(panel, typed)
            for answer in answers:
                expect(panel.get_by_role("log")).to_contain_text(answer)
            expect(count(panel)).to_have_text(f"{number}/{len(steps)}")
        type_in(panel, _ID.sub(lambda shown: in_run(shown[0])[:5], step.command))  # a beginning, as it is on the screen
        has_name |= "--name mybox" in step.command
        expect(count(panel)).to_have_text(f"{number + 1}/{len(steps)}")
    assert wrong == {}
    expect(panel).to_contain_text("이 페이지의 연습을 모두 마쳤습니다. 수고하셨습니다.")
    expect(panel).to_contain_text("마친 페이지 1/")


RUN_WEB = 'docker run -d --name web -p 8080:80 -v "$PWD/site":/usr/share/nginx/html:ro nginx:1.30'
# Of 볼륨, by what is to be typed: what is typed before it, each with what is answered, and how it is typed at last.
TURNS = {
    "docker pull -q debian:13": (
        [
            ("docker pul -q debian:13", "unknown command: docker pul"),
            ("docker pull --quiet debian:lastest", "docker.io/library/debian:lastest: not found"),
            ("docker pull -q debian:12", "debian:12 부분이 본문과 다릅니다."),
        ],
        "docker image  pull --quiet debian:13",
    ),
    "docker run --rm debian:13 bash -c 'echo hello > /memo.txt'": (
        [("docker run --rm debian:13 bash -c echo hello", "빈칸이 든 부분은 따옴표로 묶습니다.")],
        'docker run --rm debian:13 bash -c "echo hello > /memo.txt"',
    ),
    "docker volume create memo": (
        [
            ("docker volume crate memo", "docker volume crate 명령은 없습니다. 철자를 확인합니다."),
            ("docker volume rm memo", "본문 뒤에 나오는 명령입니다."),
            ("docker pull -q debian:13", "앞에서 이미 한 명령입니다."),
        ],
        "docker volume create 'memo'",
    ),
    "docker volume inspect --format '{{.Mountpoint}}' memo": ([], "docker volume inspect memo -f {{.Mountpoint}}"),
    "docker rm -f -v temp": (
        [("docker rm -fv tmep", "No such container: tmep"), ("docker rm -f temp", "-v 옵션이 더 필요합니다.")],
        "docker container rm -vf temp",
    ),
    "mkdir site": ([("mkdri site", "mkdri 명령은 없습니다. mkdir의 철자를 확인합니다.")], "mkdir site/"),
    RUN_WEB: ([], "docker run -v ./site:/usr/share/nginx/html:ro -p8080:80 --name=web --detach nginx:1.30"),
    "curl -s http://localhost:8080": ([], "curl -s localhost:8080"),
    'docker run -d --name page -v "$PWD/site/index.html":/page.html:ro debian:13 sleep 1d': (
        [("docker run -d --name web debian:13 sleep 1d", 'container name "/web" is already in use')],
        'docker run -d --name page -v "$(pwd)/site/index.html:/page.html:ro" debian:13 sleep 1d',
    ),
    'docker run -d --name web --mount type=bind,src="$PWD/stie",dst=/usr/share/nginx/html,ro nginx:1.30': (
        [],
        "docker run -d --name web --mount source=$PWD/stie,target=/usr/share/nginx/html,type=bind,readonly nginx:1.30",
    ),
}


def test_a_second_lesson_is_typed_to_its_end_with_its_own_wrong_turns_and_spellings(
    still: Page, address: str, project: Path
) -> None:
    panel = practise(still, address, "volumes")
    steps, turns = [step.command for _, step in typed_on("volumes", project)], dict(TURNS)
    for number, command in enumerate(steps):
        wrong, right = turns.pop(command, ([], command))
        for typed, answer in wrong:
            type_in(panel, typed)
            expect(panel.get_by_role("log")).to_contain_text(answer)
            expect(count(panel)).to_have_text(f"{number}/{len(steps)}")
        type_in(panel, right)
        expect(count(panel)).to_have_text(f"{number + 1}/{len(steps)}")
    assert turns == {}
    expect(panel).to_contain_text("이 페이지의 연습을 모두 마쳤습니다. 수고하셨습니다.")


def test_what_answers_is_the_run_with_its_ids_and_the_containers_prompt(still: Page, address: str) -> None:
    panel = practise(still, address)
    type_in(panel, "mkdir -p ~/docker-note/containers && cd ~/docker-note/containers")
    type_in(panel, "docker run -it centos:latest bash")
    expect(panel.get_by_role("log")).to_contain_text(in_run("a1d0c7532777: Pull complete"))
    expect(panel.locator("label")).to_have_text(in_run("[root@588ec8830392 /]# "))
    expect(panel).to_contain_text("Docker 28.5.2 · 2026-11-24 실행 기록 · 대체 이미지")
    assert "588ec8830392" not in printed(panel)


def test_a_page_that_was_never_run_answers_with_its_samples_and_says_so(still: Page, address: str) -> None:
    panel = practise(still, address, "images")
    expect(panel).to_contain_text("본문의 예시 · 실행 기록 없음")


def test_a_command_is_typed_in_the_terminal_that_the_page_shows_it_in(still: Page, address: str) -> None:
    panel = practise(still, address)
    for command in ("mkdir -p ~/docker-note/containers && cd ~/docker-note/containers", "docker run -it centos bash"):
        type_in(panel, command)
    type_in(panel, "echo $$")
    type_in(panel, "docker ps")
    expect(panel.get_by_role("log")).to_contain_text("이 명령은 ‘터미널 2’에서 합니다.")
    panel.get_by_role("button", name="터미널 2").click()
    expect(panel.locator("label")).to_have_text("$ ")
    type_in(panel, "docker ps")
    expect(panel.get_by_role("log")).to_contain_text("brave_turing")
    panel.get_by_role("button", name="터미널 1").click()
    expect(panel.get_by_role("log")).to_contain_text("Pull complete")


def test_a_hint_comes_first_and_then_the_command(still: Page, address: str) -> None:
    panel = practise(still, address)
    type_in(panel, "mkdir -p ~/docker-note/containers && cd ~/docker-note/containers")
    panel.get_by_role("button", name="힌트").click()
    expect(panel.get_by_role("log")).to_contain_text("이렇게 시작합니다: docker run -it …")
    assert "centos" not in printed(panel)
    panel.get_by_role("button", name="정답 보기").click()
    expect(panel.get_by_role("log")).to_contain_text("docker run -it centos:latest bash")
    expect(panel.get_by_role("textbox")).to_be_focused()


def test_a_hint_can_be_typed(still: Page, address: str) -> None:
    panel = practise(still, address)
    type_in(panel, "힌트")
    type_in(panel, "정답")
    expect(panel.get_by_role("log")).to_contain_text("mkdir -p ~/docker-note/containers && cd ~/docker-note/containers")
    expect(count(panel)).to_have_text("0/26")


def test_outputs_come_line_by_line_and_enter_brings_the_rest(tab: Page, address: str) -> None:
    tab.clock.install()
    panel = practise(tab, address)
    type_in(panel, "mkdir -p ~/docker-note/containers && cd ~/docker-note/containers")
    type_in(panel, "docker run -it centos:latest bash")
    tab.clock.run_for(1100)
    expect(panel.get_by_role("log")).to_contain_text("Unable to find image")
    assert "Pulling from library/centos" not in printed(panel)
    panel.get_by_role("textbox").press("Enter")
    expect(panel.get_by_role("log")).to_contain_text("Status: Downloaded newer image for centos:latest")


def test_with_reduced_motion_outputs_come_at_once(still: Page, address: str) -> None:
    still.clock.install()  # and stands still
    panel = practise(still, address)
    type_in(panel, "mkdir -p ~/docker-note/containers && cd ~/docker-note/containers")
    type_in(panel, "docker run -it centos:latest bash")
    expect(panel.get_by_role("log")).to_contain_text("Status: Downloaded newer image for centos:latest")


def test_the_keyboard_alone_opens_it_types_and_gets_back(tab: Page, address: str) -> None:
    tab.goto(f"{address}/containers.html")
    button = tab.get_by_role("button", name="연습", exact=True)
    for _ in range(60):
        tab.keyboard.press("Tab")
        if button.evaluate("(button) => button === document.activeElement"):
            break
    tab.keyboard.press("Enter")
    panel = tab.get_by_role("region", name="연습 터미널")
    expect(panel.get_by_role("textbox")).to_be_focused()
    tab.keyboard.type("mkdir -p ~/docker-note/containers && cd ~/docker-note/containers\n")
    expect(count(panel)).to_have_text("1/26")
    tab.keyboard.press("ArrowUp")
    expect(panel.get_by_role("textbox")).to_have_value(
        "mkdir -p ~/docker-note/containers && cd ~/docker-note/containers"
    )
    names = []
    for _ in range(3):
        tab.keyboard.press("Tab")
        names.append(tab.evaluate("document.activeElement.textContent"))
    assert names == ["⏎", "힌트", "처음부터"]
    tab.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(tab.get_by_role("button", name="연습 1/26")).to_be_focused()


def test_what_was_done_is_kept_in_the_browser(still: Page, address: str) -> None:
    panel = practise(still, address)
    type_in(panel, "mkdir -p ~/docker-note/containers && cd ~/docker-note/containers")
    type_in(panel, "docker run -it centos:latest bash")
    expect(count(panel)).to_have_text("2/26")
    panel.get_by_role("textbox").press("Escape")
    expect(still.locator("[data-practice]")).to_have_text("연습 2/26")
    panel = practise(still, address)
    expect(count(panel)).to_have_text("2/26")
    expect(panel.get_by_role("log")).to_contain_text("Pull complete")
    expect(panel.locator("label")).to_have_text(in_run("[root@588ec8830392 /]# "))
    panel.get_by_role("button", name="처음부터").click()
    expect(count(panel)).to_have_text("0/26")
    expect(panel.get_by_role("log")).to_have_text("")


def test_in_a_readers_own_colours_the_bar_of_what_was_done_is_drawn(still: Page, address: str) -> None:
    still.emulate_media(forced_colors="active")
    bar = practise(still, address).get_by_role("progressbar")
    nothing = bar.screenshot()
    bar.evaluate("(one) => { one.value = one.max }")
    assert bar.screenshot() != nothing


def test_a_server_runs_until_ctrl_c(still: Page, address: str, project: Path) -> None:
    panel = practise(still, address, "logs")
    for _, step in typed_on("logs", project):
        type_in(panel, step.command)
        if step.interrupted_after is not None:
            break
    expect(panel.get_by_role("log")).to_contain_text("Ctrl+C를 눌러 끝냅니다.")
    before = count(panel).inner_text()
    panel.get_by_role("textbox").press("Control+c")
    expect(panel.get_by_role("button", name="Ctrl+C")).to_be_hidden()
    expect(panel.get_by_role("log")).to_contain_text("^C")
    expect(count(panel)).not_to_have_text(before)


def test_in_a_container_a_command_of_docker_is_told_where_it_is(still: Page, address: str) -> None:
    panel = practise(still, address)
    for command in ("mkdir -p ~/docker-note/containers && cd ~/docker-note/containers", "docker run -it centos bash"):
        type_in(panel, command)
    type_in(panel, "docker ps")
    expect(panel.get_by_role("log")).to_contain_text("그 안에는 docker 명령이 없습니다")
    expect(count(panel)).to_have_text("2/26")


def test_ctrl_c_at_a_prompt_throws_the_line_away(still: Page, address: str) -> None:
    panel = practise(still, address)
    panel.get_by_role("textbox").fill("docker")
    panel.get_by_role("textbox").press("Control+c")
    expect(panel.get_by_role("textbox")).to_have_value("")
    expect(panel.get_by_role("log")).to_contain_text("$ docker^C")


def test_an_unfinished_command_goes_on_in_the_next_line(still: Page, address: str) -> None:
    panel = practise(still, address)
    panel.get_by_role("textbox").press_sequentially("mkdir -p ~/docker-note/containers \\\n  && ")
    expect(panel.get_by_role("log")).not_to_contain_text("mkdir")
    panel.get_by_role("textbox").press_sequentially("\ncd ~/docker-note/containers\n")
    expect(count(panel)).to_have_text("1/26")


def test_several_commands_are_pasted_and_the_first_wrong_one_ends_them(still: Page, address: str) -> None:
    panel = practise(still, address)
    type_in(panel, "mkdir -p ~/docker-note/containers && cd ~/docker-note/containers\ndokcer ps\ndocker images")
    expect(panel.get_by_role("log")).to_contain_text("docker의 철자를 확인합니다.")
    expect(panel.get_by_role("log")).not_to_contain_text("docker images")
    expect(count(panel)).to_have_text("1/26")


def test_what_the_page_joins_may_be_typed_one_after_another(still: Page, address: str) -> None:
    panel = practise(still, address)
    type_in(panel, "mkdir -p ~/docker-note/containers")
    expect(panel.get_by_role("log")).to_contain_text("여기까지는 맞습니다.")
    type_in(panel, "ls")
    expect(count(panel)).to_have_text("0/26")
    type_in(panel, "cd ~/docker-note/containers")
    expect(count(panel)).to_have_text("1/26")
    panel.get_by_role("button", name="처음부터").click()
    type_in(panel, "mkdir -p ~/docker-note/containers\ncd ~/docker-note/containers\ndocker run -it centos bash")
    expect(count(panel)).to_have_text("2/26")


def test_a_name_that_is_misspelt_is_told_whatever_is_to_be_done(still: Page, address: str) -> None:
    panel = practise(still, address)
    for typed, note in (
        ("dokcer ps", "docker의 철자를 확인합니다."),
        ("docker rnu -it centos bash", "docker rnu 명령은 없습니다."),
        ("docker restart 588ec8830392", "본문 뒤에 나오는 명령입니다."),
    ):
        type_in(panel, typed)
        expect(panel.get_by_role("log")).to_contain_text(note)


def test_history_lists_what_was_typed_and_ctrl_l_clears_the_screen(still: Page, address: str) -> None:
    panel = practise(still, address)
    for typed in ("ls", "history"):
        type_in(panel, typed)
    expect(panel.locator(".practice-output")).to_have_text("    1  ls\n    2  history")
    panel.get_by_role("textbox").press("Control+l")
    expect(panel.get_by_role("log")).to_have_text("")
    expect(panel.get_by_role("textbox")).to_be_focused()


SAME = [
    ("docker run -it centos:latest bash", "docker   run --tty -i 'centos' bash"),
    ("docker run -d -p 8080:80 --name web nginx:1.30", "docker container run --name=web -dp8080:80 nginx:1.30"),
    ("docker run -e A=1 -e B=2 busybox env", "docker run --env B=2 --env A=1 busybox env"),
    ("docker ps -a", "docker container ls --all"),
    ("docker images", "docker image ls"),
    ("docker ps --format '{{.Names}}'", 'docker ps --format="{{.Names}}"'),
    ("docker stop -t 1 web", "docker stop --time=1 web"),
    ("docker restart 123456789abc", "docker restart 1234"),
    ("docker restart 123456789abc", "docker restart brave_turing"),
    ("docker rm 123456789abc mybox", "docker rm mybox brave_turing"),
    ("docker compose up -d", "docker compose up --detach"),
    ("cat > a <<EOF\nx\nEOF", "cat >a << 'END'\nx\nEND"),
    ("docker run --rm busybox \\\n  true", "docker run --rm busybox true"),
    ('echo "$HOME"', "echo $HOME"),
    ('docker run -v "$PWD/a":/a busybox', "docker run -v `pwd`/a:/a busybox"),
    ("docker run --mount type=volume,dst=/a,ro nginx", "docker run --mount destination=/a,type=volume,readonly nginx"),
    ("rmdir a", "rmdir a/"),
    ("curl http://localhost:80/", "curl localhost:80"),
]
OTHER = [
    ("docker run -it centos:latest bash", "docker run centos:latest -it bash", "-i, -t 옵션이 더 필요합니다."),
    ("docker run -d web", "docker run web -d", "-d 옵션이 더 필요합니다."),
    ("docker ps", "docker ps -a", "-a 옵션은 여기서 쓰지 않습니다."),
    ("docker run --name web nginx", "docker run --nmae web nginx", "--nmae 옵션은 없습니다."),
    ("docker run -p 8080:80 nginx", "docker run -p 80:8080 nginx", "-p 옵션의 값이 본문과 다릅니다."),
    ("echo '$HOME'", "echo $HOME", "$HOME 부분이 본문과 다릅니다."),
    ("docker images", "docker imgaes", "docker imgaes 명령은 없습니다."),
    ("docker restart mybox", "docker restart brave_turing", "다른 컨테이너"),
    ("docker restart mybox", "docker restart mybx", "그런 이름이나 ID는 없습니다."),
    ("cd a && ls", "cd a", "여기까지는 맞습니다."),
    ("cd a && ls", "cd a; ls", "명령을 잇는 기호가 본문과 다릅니다."),
    ("ls > a", "ls > b", "파일에 쓰거나"),
    ("cat > a <<EOF\nx\nEOF", "cat > a <<EOF\ny\nEOF", "파일에 쓰거나"),
    ("sleep 9 &", "sleep 9", "파일에 쓰거나"),
    ("docker run busybox sh", "docker run busybox hs", "hs 프로그램이 없습니다."),
    ("docker pull nginx:1.30", "docker pull ngnix:1.30", "ngnix:1.30 이미지는 레지스트리에 없습니다."),
    ("docker ps", "sudo docker ps", "sudo 없이 실행합니다."),
    ("sudo docker ps", "docker ps", "앞에 sudo를 붙입니다."),
    ("docker pull nginx", "docker run nginx", "docker run 명령은 지금 할 일과 다릅니다."),
    ("docker start web", "docker restart web", "docker restart 명령은 지금 할 일과 다릅니다."),
    ("docker run nginx:1.30", "docker run nginx:1.31", "nginx:1.31 부분이 본문과 다릅니다."),
    ("docker pull nginx:1.30", "docker pull nginx:lastest", "nginx:lastest 이미지는 레지스트리에 없습니다."),
    ("docker network create a", "docker network creat a", "docker network creat 명령은 없습니다."),
    ("docker network ls", "docker network rm a", "docker network rm 명령은 지금 할 일과 다릅니다."),
    ("docker run -v $PWD/a:/a nginx", "docker run -v ./b:/a nginx", "-v 옵션의 값이 본문과 다릅니다."),
    ("docker run --mount src=a,dst=/a nginx", "docker run --mount src=/a,dst=a nginx", "--mount 옵션의 값이"),
    ("curl http://localhost:80/a", "curl https://localhost:80/a", "https://localhost:80/a 부분이 본문과 다릅니다."),
    ("sh -c 'echo a'", "sh -c echo a", "빈칸이 든 부분은 따옴표로 묶습니다."),
    ("rmdir old", "mkdir old", "mkdir 명령은 지금 할 일과 다릅니다."),
]
COMPARE = """([wanted, typed]) => {
    const names = { "123456789abc": "brave_turing", "abc123456789": "mybox" };
    return practiceCompare.compare({ names, ids: {}, errors: {}, steps: [] }, wanted, typed);
}"""


def test_what_means_the_same_is_taken_and_what_does_not_is_told(still: Page, address: str) -> None:
    practise(still, address)
    for wanted, typed in SAME:
        assert (typed, still.evaluate(COMPARE, [wanted, typed])) == (typed, None)
    for wanted, typed, note in OTHER:
        said = still.evaluate(COMPARE, [wanted, typed])
        assert note in (said or {"note": ""})["note"].replace("`", ""), (wanted, typed, said)


ALL = """() => {
    const lesson = practiceLesson.begin(practicePage, 0);
    const commands = practicePage.steps.filter((step) => step.command);
    return commands.filter(({ command, terminal }) => practiceShell.split(command).commands.length !== 1
        || !lesson.answer(command, terminal).step).map(({ command }) => command);
}"""


def test_every_command_of_every_lesson_is_taken_as_its_page_has_it(still: Page, address: str, practised: Path) -> None:
    practise(still, address)
    lessons = [path for path in (practised / "practice").rglob("*.js") if path.name != "options.js"]
    for path in lessons:
        still.add_script_tag(url=f"{address}/{path.relative_to(practised)}")
        assert (path.stem, still.evaluate(ALL)) == (path.stem, [])
    assert len(lessons) > 40


def test_every_lesson_has_a_button_and_no_other_page(names: list[str], practised: Path) -> None:
    found = {name for name in names if "data-practice" in (practised / name[1:]).read_text("utf-8")}
    assert {"/taste.html", "/containers.html", "/pid1.html"} <= found
    assert found & {"/index.html", "/errors.html", "/versions.html", "/glossary.html", "/status.html"} == set()


def test_the_home_says_how_many_commands_can_be_typed(still: Page, address: str, practised: Path) -> None:
    still.goto(address)
    commands = 0
    for path in (practised / "practice").rglob("*.js"):
        if path.name != "options.js":
            still.add_script_tag(url=f"{address}/{path.relative_to(practised)}")
            commands += still.evaluate("practicePage.steps.filter(({ command }) => command).length")
    assert commands > 500
    expect(still.get_by_text(f"연습할 수 있는 명령은 모두 {commands}개입니다.")).to_be_visible()


def test_nothing_of_it_is_loaded_before_it_is_opened_and_then_at_most_60_kb(
    tab: Page, address: str, practised: Path
) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.removeprefix(f"{address}/")))
    tab.goto(f"{address}/containers.html")
    settle(tab)
    assert {path for path in asked if "practice" in path} == {"assets/practice/button.css", "assets/practice/open.js"}
    asked.clear()
    tab.get_by_role("button", name="연습", exact=True).click()
    expect(tab.get_by_role("textbox", name="터미널 1에 명령 입력")).to_be_focused()
    ours = {f"assets/practice/{name}.js" for name in SCRIPTS}
    ours |= {"assets/distance.js", "assets/practice/practice.css", "practice/options.js"}
    assert set(asked) == ours | {"practice/containers.js"}
    scripts = sum(len(gzip.compress((practised / path).read_bytes(), 9)) for path in ours)
    for path in (practised / "practice").rglob("*.js"):
        assert scripts + len(gzip.compress(path.read_bytes(), 9)) <= AT_MOST


def test_the_page_makes_room_at_once_and_moves_no_more_when_practice_has_come(tab: Page, address: str) -> None:
    held: list[Route] = []
    tab.route("**/practice/panel.js", lambda route: held.append(route))
    tab.goto(f"{address}/containers.html")
    article = tab.locator(".md-content")
    before = article.bounding_box()
    tab.get_by_role("button", name="연습", exact=True).click()
    expect(tab.locator(".md-sidebar--secondary")).to_be_hidden()
    room = article.bounding_box()
    assert room != before
    for route in held:
        route.continue_()
    expect(tab.get_by_role("textbox", name="터미널 1에 명령 입력")).to_be_focused()
    assert article.bounding_box() == room


def test_it_works_from_files(still: Page, practised: Path) -> None:
    panel = practise(still, practised.as_uri())
    type_in(panel, "mkdir -p ~/docker-note/containers && cd ~/docker-note/containers")
    expect(count(panel)).to_have_text("1/26")


def test_without_javascript_there_is_no_button(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/containers.html")
    expect(tab.locator(".practice-open")).to_be_hidden()
    expect(tab.locator(".language-console").first).to_be_visible()
    context.close()


def test_a_script_that_did_not_come_is_asked_for_again(tab: Page, address: str) -> None:
    tab.goto(f"{address}/containers.html")
    tab.route("**/practice/containers.js", lambda route: route.abort())
    tab.get_by_role("button", name="연습", exact=True).click()
    tab.get_by_role("button", name="연습을 읽지 못했습니다").wait_for()
    tab.unroute("**/practice/containers.js")
    tab.locator("[data-practice]").click()
    expect(tab.get_by_role("textbox", name="터미널 1에 명령 입력")).to_be_focused()


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[390, 1400])
def sized(browser: Browser, scheme: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": request.param, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    yield context
    context.close()


def test_axe_finds_nothing_in_it(sized: BrowserContext, address: str) -> None:
    tab = sized.new_page()
    panel = practise(tab, address)
    for command in ("mkdir -p ~/docker-note/containers && cd ~/docker-note/containers", "docker run -it centos bash"):
        type_in(panel, command)
    type_in(panel, "echo $$")
    panel.get_by_role("button", name="터미널 2").click()
    type_in(panel, "docker ps")
    panel.get_by_role("button", name="터미널 1").click()
    for command in ("exit", "docker run -it centos:lastest bash", "힌트"):
        type_in(panel, command)
    expect(panel.get_by_role("log")).to_contain_text("이렇게 시작합니다")
    assert findings(tab) == []


def test_text_and_terminal_stand_side_by_side_at_a_desk_and_one_above_the_other_on_a_phone(
    browser: Browser, address: str
) -> None:
    for width, side in ((1400, "left"), (390, "top")):
        context = browser.new_context(viewport={"width": width, "height": 900})
        tab = context.new_page()
        panel = practise(tab, address)
        text, terminal = tab.locator("article p").first.bounding_box(), panel.bounding_box()
        assert text
        assert terminal
        if side == "left":
            assert text["x"] + text["width"] <= terminal["x"]
        else:
            assert text["y"] + text["height"] <= terminal["y"]
            assert tab.evaluate("document.documentElement.scrollWidth") == width
        context.close()


def test_what_is_kept_is_small_and_says_which_steps_were_done(still: Page, address: str) -> None:
    panel = practise(still, address)
    type_in(panel, "mkdir -p ~/docker-note/containers && cd ~/docker-note/containers")
    expect(count(panel)).to_have_text("1/26")
    assert json.loads(still.evaluate("localStorage.practice")) == {"containers": [1, 26]}
