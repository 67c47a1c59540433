"""What becomes of a page that isn't this project's: it tells all its faults in one run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.claims import pages
from harness.evidence.facts import Lane
from harness.lab.host import Host
from harness.lab.machine import Machine
from harness.runner import PageRun
from unit.local_host import LocalHost

ENGINES = ["28"]
DOCKER = """
docker() {
  case $1-$2 in
    volume-create) echo $3;;
    run--it) bash --rcfile "$HOME/.containerrc" -i;;
    *) return 125;;
  esac
}
"""
Told = Callable[[str], list[str]]


@pytest.fixture
def told(tmp_path: Path, host: LocalHost) -> Told:
    """Runs a page, and gives its steps as `LINE outcome reason`, with what is wrong between them."""

    @contextmanager
    def open_host(machine: str) -> Iterator[Host]:
        yield host

    with (host.home / ".bashrc").open("a") as bashrc:
        bashrc.write(DOCKER)

    def run(text: str) -> list[str]:
        (tmp_path / "page.md").write_bytes(text.encode())
        page = pages.read(tmp_path / "page.md", tmp_path, ENGINES)
        ran = PageRun(page, tmp_path, "28", ENGINES, Lane.STANDIN, Machine(open_host), keep_going=True)
        try:
            facts = [ran.run(number) for number in range(len(page.blocks))]
        finally:
            ran.close()
        steps = [(step.line, f"{step.outcome} {step.reason}".rstrip()) for fact in facts for step in fact.steps]
        wrong = [(problem.line, problem.message) for place in page.wrong for problem in place.problems]
        return [f"{line} {words}" for line, words in sorted(steps + wrong)]

    return run


def fences(*sessions: str) -> str:
    return "\n".join(f"``` console\n{session}\n```\n" for session in sessions)


def test_after_a_difference_the_page_goes_on(told: Told) -> None:
    assert told(fences("$ echo one\ntwo\n$ echo three\nthree", "$ echo four\nfour")) == [
        "2 differs", "4 passed", "9 passed",
    ]  # fmt: skip


def test_what_hangs_on_a_step_that_failed_is_blocked_and_says_on_what(told: Told) -> None:
    assert told(fences("$ docker run -d --name web nginx", "$ docker logs web", "$ true")) == [
        "2 differs", "6 blocked `web` of page.md:2 isn't there", "10 passed",
    ]  # fmt: skip


def test_what_hangs_on_a_fence_that_cannot_be_read_is_blocked(told: Told) -> None:
    assert told(fences("docker run -d --name web nginx", "$ docker logs web", "$ true")) == [
        "2 no prompt: found `docker run -d --name web nginx`; write `$ ` before the command that prints it",
        "6 blocked `web` of page.md:1 isn't there",
        "10 passed",
    ]


def test_after_a_command_that_does_not_end_the_next_is_typed_in_a_new_terminal_in_the_same_folder(told: Told) -> None:
    page = fences("$ mkdir app; cd app; name=web\n$ sleep 60", "$ pwd | grep -o 'app$'\napp", "$ echo $name\nweb")
    assert told(f"---\ntimeout: 1\n---\n{page}") == [
        "5 passed",
        "6 broken did not end within its time (1 s)",
        "10 passed",
        "15 blocked `$name` of page.md:6 isn't set",
    ]


def test_a_container_that_the_page_forgot_to_leave_costs_no_later_step(told: Told) -> None:
    opened = "$ docker run -it centos"
    assert told(fences(f"{opened}\n$ echo one\none", f"{opened}\n[root@588ec8830392 ~]# echo two\ntwo")) == [
        "2 differs", "3 passed", "8 passed", "9 passed",
    ]  # fmt: skip


def test_a_fence_that_cannot_be_read_shows_at_which_prompt_it_would_have_been_typed(told: Told) -> None:
    opened, inside = "$ docker run -it centos", "[root@588ec8830392 ~]# echo 'a"
    outcomes = [line[:9] for line in told(fences(opened, inside, "$ echo one\none"))]
    assert outcomes == ["2 passed", "6 `echo '", "10 passed"]


def test_a_shell_that_was_not_opened_is_not_typed_into(told: Told) -> None:
    session = "$ docker exec -it web sh\n[root@588ec8830392 ~]# exit\nexit\n$ echo one\none"
    assert told(fences(session)) == [
        "2 differs", "3 blocked the shell that it is typed into was not opened", "5 passed",
    ]  # fmt: skip


def test_a_titled_fence_is_a_file_that_the_reader_writes(told: Told) -> None:
    file = '``` ini title="app/app.conf"\nname=1\n```\n\n'
    assert told(file + fences("$ cat app/app.conf\nname=1")) == ["1 passed", "6 passed"]


def fence(session: str, info: str = "console") -> str:
    return f"```{info}\n{session}\n```\n"


KEEP = "$ docker volume create keep\nkeep"
NAME = '$ echo "<$name>"\n<1>'
NO_PROMPT = "found nothing; write `$ ` before the command that prints it"
IS_ROOTS = (
    "is read as a command of root's; a comment belongs in the text above the block, and `$ ` before the command below "
    "it"
)
IS_ZSHS = "is zsh's prompt, and pages are run in bash; write `$ ` in its place"
FILLS_THE_SCREEN = (
    "waits for keys, which a session doesn't show: a file is shown as a fence with a title, a text with `cat`"
)
NO_KEY = (
    "presses no key: of those in an output only Ctrl+C does, as `^C` at the beginning of a line; what is typed into a "
    "program is shown as a here-document"
)
MAY_WAIT = "; it may wait for input, which is typed where a page shows it behind a question; a text is shown with `<<`"
WINDOWS = (
    "and pages are run in bash; write `$ ` and bash's command, or give the fence another language (```powershell), "
    "which is for reading only"
)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        # How a fence is written.
        pytest.param("> ```console\n> $ docker volume create three\n> FOUR\n> ```\n", ["2 differs"], id="in a quote"),
        pytest.param("~~~console\n$ docker volume create keep\nkept\n~~~\n", ["2 differs"], id="of tildes"),
        pytest.param(f"````markdown\n{fence(KEEP)}````\n\n{fence(KEEP)}",
            ["1 unchecked a fence of language `markdown` is for reading only", "9 passed"], id="in another"),
        pytest.param(fence(KEEP, "bash session"), ["2 passed"], id="bash session"),
        pytest.param(fence(KEEP, "ShellSession"), ["2 passed"], id="ShellSession"),
        pytest.param(fence("$ name=1", 'console title="a"') + fence(NAME, "console title='a'"),
            ["2 passed", "5 passed"], id="one terminal, titled twice"),
        pytest.param(fence("$ name=1") + fence(NAME, "console title='a'"),
            ["2 passed", "5 differs"], id="another terminal"),
        pytest.param(f"```console\n{KEEP}\n", ["1 this fence is never closed; write ``` below its last line"],
            id="never closed"),
        pytest.param(fence(""), [f"2 no prompt: {NO_PROMPT}"], id="empty"),
        pytest.param("", [], id="an empty page"),
        # What stands before a command, and in it.
        pytest.param("\ufeff" + fence(KEEP).replace("\n", "\r\n"), ["2 passed"], id="a mark, and Windows' line ends"),
        pytest.param(fence("$\tdocker volume create keep\nkeep"), ["2 passed"], id="a tab behind the prompt"),
        pytest.param(fence("$ docker\u00a0volume create keep\nkeep"), ["2 passed"], id="a no-break space"),
        pytest.param(fence("$\u00a0docker volume create keep\nkeep"), ["2 passed"], id="one behind the prompt"),
        pytest.param(fence("$ echo ａ\u3000ｂ\nａ\u3000ｂ"), ["2 passed"], id="a wide blank that is meant"),
        pytest.param(fence("$ printf 'a\\tb\\n'\na\tb"), ["2 passed"], id="a tab in an output"),
        pytest.param(fence("$ docker ps --format “table {{.Names}}”\nNAMES"), ["2 found U+201C LEFT DOUBLE QUOTATION "
            "MARK in `docker ps --format “table {{.Names}}”`, which a shell takes for a letter; write `\"`"],
            id="typographic marks"),
        pytest.param(fence("$ echo “a”\n“a”"), ["2 passed"], id="typographic marks that are meant"),
        pytest.param(fence("$docker ps\nNAMES"),
            ["2 `$docker ps` has no blank behind its prompt; write `$ docker ps`"], id="no blank"),
        pytest.param(fence(f"{KEEP}\n$docker ps"),
            ["4 `$docker ps` has no blank behind its prompt; write `$ docker ps`"], id="no blank, further down"),
        pytest.param(fence("$ $ docker ps"), ["2 found two prompts, `$ $ docker ps`; write `$ docker ps`"], id="two"),
        pytest.param(fence("$ "), ["2 found the prompt `$` and no command; write one behind it, or remove the fence"],
            id="a prompt alone"),
        pytest.param(fence("minji@MacBook ~ % docker ps"),
            [f"2 `minji@MacBook ~ %` {IS_ZSHS}"], id="zsh"),
        pytest.param(fence("➜  ~ docker ps"),
            [f"2 `➜  ~` {IS_ZSHS}"], id="a theme of zsh"),
        pytest.param(fence("minji@mac ~/shop> docker ps"),
            ["2 `minji@mac ~/shop>` is fish's prompt, and pages are run in bash; write `$ ` in its place"], id="fish"),
        pytest.param(fence("PS C:\\shop> docker ps"),
            [f"2 `PS C:\\shop>` is the prompt of another platform, Windows (PowerShell), {WINDOWS}"], id="PowerShell"),
        pytest.param(fence("C:\\shop>docker ps"),
            [f"2 `C:\\shop>` is the prompt of another platform, Windows (cmd), {WINDOWS}"], id="cmd"),
        pytest.param(fence(f"{KEEP}\n% docker ps"),
            [f"4 `%` {IS_ZSHS}"], id="zsh, further down"),
        pytest.param(fence("$ printf '%% done\\n'\n% done"), ["2 passed"], id="an output that begins as zsh's prompt"),
        pytest.param(fence("$ docker run --rm -v C:\\data:/data busybox ls"), ["2 `C:\\data` is a path of Windows, and "
            "pages are run on Linux; write one of Linux, such as `~/data`"], id="a path of Windows"),
        pytest.param(fence("$ docker volume create keep   # 볼륨을 만든다\nkeep"), ["2 passed"], id="a comment behind"),
        pytest.param(fence("# 볼륨을 만든다\ndocker volume create keep"),
            [f"2 `# 볼륨을 만든다` {IS_ROOTS}"], id="a comment above"),
        pytest.param(fence("# Make one\ndocker volume create keep"),
            [f"2 `# Make one` {IS_ROOTS}"], id="in English"),
        pytest.param(fence('--8<-- "../README.md"'), ["2 `../README.md` is included, which only pages under docs/ can; "
            "write the session itself"], id="an include"),
        # What is left out.
        *(pytest.param(fence(f"$ seq 9\n1\n{gap}\n9"), ["2 passed"], id=f"left out: {gap}")
          for gap in ("...", "…", "(중략)", "(생략)", "[...]", "<snip>")),
        pytest.param(fence("$ name=0123456789abcdef01234567\n$ echo \"<$name>\"\n<0123456789ab…>\n$ echo abcdef\nabc…"),
            ["2 passed", "3 passed", "5 differs"], id="the end of an id"),
        pytest.param(fence("$ seq 3\n1\n(다음)\n3"), ["2 differs"], id="a remark"),
        pytest.param(fence("$ seq 3\n" + "1\n2\n4"), ["2 differs"], id="another line"),
        # What never ends, or ends the terminal.
        pytest.param(f"---\ntimeout: 1\n---\n{fence('$ sleep 30')}{fence(KEEP)}",
            ["5 broken did not end within its time (1 s)", "8 passed"], id="sleep"),
        *(pytest.param(f"---\ntimeout: 1\n---\n{fence(f'$ sleep 30{shown}')}",
            [f"5 broken did not end within its time (1 s); the page's `{key}` {NO_KEY}"], id=key)
          for shown, key in (("\n^Z", "^Z"), ("\nhello\n^D", "^D"), ("\ntwo^C", "two^C"))),
        *(pytest.param(f"---\ntimeout: 1\n---\n{fence(f'$ {command}')}",
            [f"5 broken did not end within its time (1 s){why}"], id=command)
          for command, why in (("cat", MAY_WAIT), ("read -r name", MAY_WAIT), ("true | sleep 9", ""))),
        pytest.param(f"---\ntimeout: 1\n---\n{fence('$ vi() { sleep 30; }')}{fence('$ vi Dockerfile')}",
            ["5 passed", f"8 broken did not end within its time (1 s); `vi` {FILLS_THE_SCREEN}"], id="vi"),
        pytest.param(fence(f"{KEEP}\n$ exit") + fence(KEEP), ["2 passed",
            "4 broken closed the terminal; `exit` ends the reader's own shell: leave it out", "7 passed"], id="exit"),
    ],
)  # fmt: skip
def test_an_odd_page_ends_with_what_a_person_would_say_of_it(told: Told, page: str, expected: list[str]) -> None:
    assert told(page) == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: [열린\ntimeout: soon", ["page.md:3: front matter is not YAML: did not find expected ',' or ']'"]),
        (
            "timeout: soon\nmachine: mac\nunchecked: later",
            [
                "page.md:2: found `timeout: soon`; write whole seconds, such as 300",
                "page.md:3: found `machine: mac`; write one of: engine, no-engine",
                "page.md:4: `unchecked` is no mapping from snippets to reasons; write `  folder/name.console: reason`",
            ],
        ),
    ],
)
def test_a_front_matter_that_says_nothing_right_of_the_machine_stops_the_page(
    told: Told, front: str, expected: list[str]
) -> None:
    with pytest.raises(pages.PageError) as refused:
        told(f"---\n{front}\n---\n{fence(KEEP)}")
    assert [str(problem) for problem in refused.value.problems] == expected
