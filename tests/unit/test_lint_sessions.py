"""What the lint finds in what a page has its reader type: waits without an end, and what is left on the machine."""

from pathlib import Path

import pytest

from lint import housekeeping, texts, waits

START = "$ mkdir -p ~/docker-note/page && cd ~/docker-note/page\n"
CLEAN = "$ cd ~ && rm -r ~/docker-note/page\n"


def console(name: str) -> str:
    """A block that shows snippets/page/NAME.console."""
    return f'\n``` console\n--8<-- "page/{name}.console"\n```\n'


def titled(title: str) -> str:
    """A block that shows snippets/page/file as a file to write."""
    return f'\n``` text title="{title}"\n--8<-- "page/file"\n```\n'


def blocks(root: Path, text: str, snippets: dict[str, str]) -> list[texts.Block]:
    folder = root / "snippets" / "page"
    folder.mkdir(parents=True)
    for name, snippet in {"file": "hello\n", **snippets}.items():
        (folder / name).write_text(snippet, "utf-8")
    return list(texts.blocks(root / "docs" / "page.md", text, root / "snippets"))


def waiting(root: Path, snippets: dict[str, str]) -> list[str]:
    """`FILE:LINE: the beginning of what is wrong`, of a page that shows one.console."""
    wrong = waits.wrong(blocks(root, console("one"), snippets))
    return [f"{where.path.name}:{line}: {message[:24]}" for where, line, message in wrong]


def kept(root: Path, text: str, snippets: dict[str, str]) -> list[str]:
    """`FILE:LINE: what is wrong`, up to the way out, of a page's bookkeeping."""
    wrong = housekeeping.wrong("page", text, blocks(root, text, snippets))
    return [
        f"{where.path.name if where else 'page.md'}:{line}: {message.split(';')[0]}" for where, line, message in wrong
    ]


# -- waits


@pytest.mark.parametrize(
    "command",
    [
        "until curl -s localhost; do sleep 1; done",
        "while true; do date; done",
        "sleep 1 && until a; do b; done",
        "if a; then while b; do c; done; fi",
        "sh -c 'until a; do b; done'",
        "sudo bash -ec 'until a; do b; done'",
        "docker exec db sh -c 'until pg_isready; do sleep 1; done'",
        "docker compose exec -T db sh -c 'until a; do b; done'",
        "docker run --rm busybox sh -c 'while true; do date; done'",
        "docker run --rm --entrypoint sh nginx -c 'while true; do date; done'",
        "docker run --rm busybox sh -c 'ls -d; while true; do date; done'",
        "timeout 0 sh -c 'until a; do b; done'",
        "for n in 1 2; do until a; do b; done; done",
        'echo "$(until a; do b; done)"',
        "until a; do b & done",
        "a | while true; do b; done",
    ],
)
def test_a_loop_that_the_reader_waits_for_without_a_limit_is_found(tmp_path: Path, command: str) -> None:
    assert waiting(tmp_path, {"one.console": f"$ true\n$ {command}\n"}) == ["one.console:2: a loop without an end: w"]


@pytest.mark.parametrize(
    "command",
    [
        "timeout 60 sh -c 'until a; do b; done'",
        "timeout -k 5 60 docker exec db sh -c 'until a; do b; done'",
        "sudo timeout 1m sh -c 'while a; do b; done'",
        "docker exec db timeout 9 sh -c 'until a; do b; done'",
        "for try in $(seq 60); do a && break; sleep 1; done",
        "docker run -d --name clock debian:13 bash -c 'while true; do date; sleep 1; done'",
        "docker run --detach busybox sh -c 'while true; do date; done'",
        "docker exec -d web sh -c 'while true; do date; done'",
        "while true; do curl localhost; done &",
        "sh -c 'while true; do date; done' &",
        "seq 3 | while read line; do echo $line; done",
        "echo until",
        "echo 'while true; do date; done'",
        "docker events --since 10m --until 0s",
        "docker ps --format '{{while}}'",
        "'until' a",
        "cat > wait.sh <<'EOF'\n> until a; do b; done\n> EOF",
    ],
)
def test_what_ends_or_what_nobody_waits_for_is_no_endless_loop(tmp_path: Path, command: str) -> None:
    assert waiting(tmp_path, {"one.console": f"$ {command}\n"}) == []


def test_a_loop_that_the_reader_ends_with_ctrl_c_is_none(tmp_path: Path) -> None:
    assert waiting(tmp_path, {"one.console": "$ while true; do date; done\nThu Nov 26\n^C\n"}) == []


def test_a_loop_is_found_on_its_line_in_a_container_s_shell_and_in_a_variant(tmp_path: Path) -> None:
    snippets = {
        "one.console": "$ docker run -it busybox\n/ # true\n/ # until a; do b; done\n",
        "one@until-28.console": "$ true && \\\n> until a; do b; done\n",
    }
    assert waiting(tmp_path, snippets) == [
        "one.console:3: a loop without an end: w",
        "one@until-28.console:2: a loop without an end: w",
    ]


@pytest.mark.parametrize(
    "command",
    [
        "docker ps | grep web",
        "docker ps -a | grep -q '(healthy)'",
        "sudo docker container ls | grep web",
        "docker ps --format '{{.Names}}' | egrep web | wc -l",
        "timeout 9 sh -c 'until docker ps | grep -q healthy; do sleep 1; done'",
        'docker rm "$(docker ps -a | grep web)"',
    ],
)
def test_a_list_of_all_containers_that_is_searched_for_one_is_found(tmp_path: Path, command: str) -> None:
    assert waiting(tmp_path, {"one.console": f"$ {command}\n"}) == ["one.console:1: `docker ps | grep` looks"]


@pytest.mark.parametrize(
    "command",
    [
        "docker ps --filter name=web | grep healthy",
        "docker ps -q | wc -l",
        "docker images | grep nginx",
        "echo docker ps | grep docker",
        "docker ps; grep web list",
        "echo 'docker ps | grep web'",
    ],
)
def test_other_lists_and_searches_are_fine(tmp_path: Path, command: str) -> None:
    assert waiting(tmp_path, {"one.console": f"$ {command}\n"}) == []


def test_the_way_out_of_a_loop_is_said_with_its_own_word() -> None:
    assert "`timeout 60 sh -c '{keyword} …'`" in waits.ENDLESS
    assert waits.endless("a\nwhile b; do c; done") == [(1, "while")]


# -- what a page leaves


def test_a_page_that_makes_a_folder_enters_it_and_removes_it_is_fine(tmp_path: Path) -> None:
    text = console("start") + titled("Dockerfile") + "\n## 정리\n" + console("clean") + "\n## 확인\n" + console("more")
    snippets = {"start.console": START, "clean.console": CLEAN, "more.console": "$ true\n"}
    assert kept(tmp_path, text, snippets) == []


def test_a_page_that_writes_nothing_needs_no_folder(tmp_path: Path) -> None:
    assert kept(tmp_path, console("one"), {"one.console": "$ docker ps > /dev/null\n$ sudo tee /etc/x < /a\n"}) == []


def test_a_page_on_a_machine_without_an_engine_is_left_alone(tmp_path: Path) -> None:
    text = "---\nmachine: no-engine\n---\n" + console("one")
    assert kept(tmp_path, text, {"one.console": "$ curl -o install.sh https://a\n"}) == []


def test_a_page_without_console_blocks_is_left_alone(tmp_path: Path) -> None:
    assert kept(tmp_path, titled("Dockerfile"), {}) == []


def test_a_file_to_write_before_the_folder_is_entered_is_found(tmp_path: Path) -> None:
    made = "$ mkdir -p ~/docker-note/page\n"
    text = console("start") + titled("Dockerfile") + titled("app.py") + console("clean")
    assert kept(tmp_path, text, {"start.console": made, "clean.console": CLEAN}) == [
        "page.md:6: `Dockerfile` is written into the reader's home directory, where other pages' files lie"
    ]


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("echo a > note", "note"),
        ("mkdir empty", "empty"),
        ("cd /tmp && cd ~ && touch ~/a", "~/a"),
        ('echo a >> "$HOME/.bashrc"', "$HOME/.bashrc"),
        ("cp /etc/passwd .", "."),
        ("docker cp web:/etc/passwd here", "here"),
        ("docker save -o box.tar busybox", "box.tar"),
        ("curl -so page.html localhost", "page.html"),
        ("git clone https://a/b.git", "b"),
    ],
)
def test_what_a_command_writes_into_the_home_directory_is_found(tmp_path: Path, command: str, path: str) -> None:
    found = kept(tmp_path, console("one"), {"one.console": f"$ true\n$ {command}\n"})
    assert found == [
        f"one.console:2: `{path}` is written into the reader's home directory, where other pages' files lie"
    ]


@pytest.mark.parametrize(
    "command",
    [
        "docker cp note web:/tmp/",
        "docker exec web sh -c 'echo a > /b'",
        "echo a > /tmp/b",
        "mkdir -p ~/docker-note/page && cd $_ && touch a && cd ~ && rm -rf ~/docker-note/page",
        "mkdir -p ~/docker-note/page; cd; cd docker-note/page; touch a; cd ../..; sudo rm -r docker-note/page",
        "cat < note",
    ],
)
def test_what_is_written_elsewhere_is_fine(tmp_path: Path, command: str) -> None:
    assert kept(tmp_path, console("one"), {"one.console": f"$ {command}\n"}) == []


def test_a_folder_that_nothing_removes_is_found_where_it_is_made(tmp_path: Path) -> None:
    assert kept(tmp_path, console("start") + console("end"), {"start.console": START, "end.console": "$ cd ~\n"}) == [
        "start.console:1: nothing removes ~/docker-note/page at the page's end"
    ]


def test_a_folder_that_goes_before_the_page_s_end_is_not_removed_by_its_clean_up(tmp_path: Path) -> None:
    snippets = {"start.console": START + CLEAN + START, "end.console": "$ true\n"}
    assert kept(tmp_path, console("start") + console("end"), snippets) == [
        "start.console:1: nothing removes ~/docker-note/page at the page's end"
    ]


def test_another_folder_s_removal_does_not_count(tmp_path: Path) -> None:
    snippets = {"start.console": START, "clean.console": "$ cd ~ && rm -r ~/docker-note/pages\n"}
    assert kept(tmp_path, console("start") + console("clean"), snippets) == [
        "start.console:1: nothing removes ~/docker-note/page at the page's end"
    ]


def test_a_folder_that_goes_under_its_reader_s_feet_is_found(tmp_path: Path) -> None:
    snippets = {"start.console": START, "clean.console": "$ true\n$ rm -r ~/docker-note/page\n"}
    assert kept(tmp_path, console("start") + console("clean"), snippets) == [
        "clean.console:2: the reader still stands in ~/docker-note/page, which goes"
    ]


def test_a_variant_that_leaves_the_folder_is_found(tmp_path: Path) -> None:
    snippets = {"start.console": START, "clean.console": CLEAN, "clean@20.10.console": "$ docker rm a\n"}
    assert kept(tmp_path, console("start") + console("clean"), snippets) == [
        "start.console:1: nothing removes ~/docker-note/page at the page's end"
    ]


def test_each_terminal_has_a_directory_of_its_own(tmp_path: Path) -> None:
    second = console("two").replace("console\n", 'console title="터미널 2"\n', 1)
    snippets = {"start.console": START, "two.console": "$ touch a\n", "clean.console": CLEAN}
    assert kept(tmp_path, console("start") + second + console("clean"), snippets) == [
        "two.console:1: `a` is written into the reader's home directory, where other pages' files lie"
    ]


def test_a_block_whose_snippet_is_missing_or_no_session_is_for_others_to_tell(tmp_path: Path) -> None:
    assert waiting(tmp_path, {"other.console": "$ until a; do b; done\n", "one.console": "until a; do b; done\n"}) == []


def test_the_ways_out_are_quoted_for_a_shell(tmp_path: Path) -> None:
    snippets = {"one.console": "$ mkdir -p ~/docker-note/'a; b'\n$ touch ~/x\n"}
    shown = blocks(tmp_path, console("one"), snippets)
    messages = [message for _, _, message in housekeeping.wrong("내 글", console("one"), shown)]
    assert [message.rpartition("`$ ")[2].partition("`")[0] for message in messages] == [
        "mkdir -p ~/docker-note/'내 글' && cd ~/docker-note/'내 글'",
        "cd ~ && rm -r ~/docker-note/'a; b'",
    ]
