"""What is read in notes as people keep them: commands in any fence, at any prompt, their outputs, what is neither."""

import pytest

from harness.claims.notes import reading, sessions
from harness.claims.notes.note import Note, NoteBlock

PROGRAMS = {"docker", "cat", "curl", "echo", "ls", "sudo", "test", "sh", "usermod", "xargs", "printf", "grep"}
PS = "CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES"


def read(text: str) -> Note:
    return reading.read(text, PROGRAMS)


def block(text: str, language: str = "") -> NoteBlock:
    """The only fence of a note."""
    [found] = read(f"```{language}\n{text}\n```\n").blocks
    return found


def typed(found: NoteBlock) -> list[tuple[str, str]]:
    return [(step.prompt, step.command) for step in found.steps]


def samples(found: NoteBlock) -> list[list[str] | None]:
    return [step.sample for step in found.steps]


def said(found: NoteBlock) -> list[tuple[str, str]]:
    return [(guess.key, guess.about) for guess in found.said()]


def kinds(note: Note) -> list[str]:
    return [str(found.kind) for found in note.blocks]


@pytest.mark.parametrize("language", ["", "bash", "sh", "shell", "zsh", "console", "text", "shell-session"])
def test_a_prompt_makes_a_command_in_a_fence_of_any_language(language: str) -> None:
    found = block(f"$ docker ps\n{PS}", language)
    assert (typed(found), samples(found), said(found)) == ([("$ ", "docker ps")], [[PS]], [])


@pytest.mark.parametrize(
    ("line", "prompt"),
    [
        ("$\tdocker ps", "$ "),
        ("$\u00a0docker ps", "$ "),
        ("$docker ps", "$ "),
        ("minji@MacBook-Pro ~ % docker ps", "$ "),
        ("% docker ps", "$ "),
        ("➜  ~ docker ps", "$ "),
        ("➜  app git:(main) ✗ docker ps", "$ "),
        ("❯ docker ps", "$ "),
        ("minji@box ~> docker ps", "$ "),
        ("ubuntu@ip-172-31-3-21:~$ docker ps", "$ "),
        ("(venv) $ docker ps", "$ "),
        ("[root@host ~]# docker ps", "# "),
        ("# docker ps", "# "),
    ],
)
def test_the_prompts_of_other_shells_and_machines_are_the_readers_own(line: str, prompt: str) -> None:
    assert typed(block(line)) == [(prompt, "docker ps")]


@pytest.mark.parametrize("line", [r"C:\Users\park>docker ps", r"PS C:\> docker ps"])
def test_a_prompt_of_windows_is_named_as_what_it_is(line: str) -> None:
    [step] = block(line).steps
    assert step.refused is not None
    assert (step.command, step.refused.key) == ("docker ps", "windows")


def test_a_fence_for_a_shell_of_windows_is_refused_as_that() -> None:
    [step] = block("wsl --install", "powershell").steps
    assert step.refused == ("windows", "powershell")


def test_commands_without_prompts_are_known_by_their_first_word_which_is_a_guess() -> None:
    found = block("docker pull busybox\n\n# 목록\ndocker ps\nsudo docker ps", "bash")
    assert typed(found) == [("$ ", "docker pull busybox"), ("$ ", "docker ps"), ("$ ", "sudo docker ps")]
    assert said(found) == [("unprompted", "")]
    assert samples(found) == [None, None, None]


def test_what_follows_a_command_without_a_prompt_is_its_output_which_is_a_guess() -> None:
    found = block("docker run --rm app echo bye\nbye", "bash")
    assert (samples(found), said(found)) == ([["bye"]], [("unprompted", ""), ("inline-output", "bye")])


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("$ docker run -d \\\n    --name box \\\n    busybox", ["docker run -d \\\n    --name box \\\n    busybox"]),
        ("docker run -d \\  \n  busybox\ndocker ps", ["docker run -d \\\n  busybox", "docker ps"]),
        ("$ cat > a <<EOF\n$ one\nEOF\n$ ls", ["cat > a <<EOF\n$ one\nEOF", "ls"]),
        ("$ echo 'a\n> b'", ["echo 'a\nb'"]),
    ],
)
def test_an_unfinished_line_goes_on(text: str, commands: list[str]) -> None:
    assert [step.command for step in block(text).steps] == commands


def test_a_command_that_never_ends_costs_itself_alone() -> None:
    first, second = block("$ docker ps\n$ echo 'a").steps
    assert (first.is_run, second.is_run) == (True, False)
    assert second.refused is not None
    assert second.refused.key == "unfinished"


@pytest.mark.parametrize(
    ("line", "command", "guess"),
    [
        ("docker ps -a   // 전부", "docker ps -a", ("remark", "// 전부")),
        ("docker ps ← 실행 중인 것", "docker ps", ("remark", "← 실행 중인 것")),
        ("docker ps (실행 중인 것만)", "docker ps", ("remark", "(실행 중인 것만)")),
        ("docker ps      실행 중인 컨테이너", "docker ps", ("remark", "실행 중인 컨테이너")),
        ("docker ps : 목록 보기", "docker ps", ("remark", ": 목록 보기")),
        ("ex) docker ps", "docker ps", ("example", "ex)")),
    ],
)
def test_what_stands_beside_a_command_is_left_out_and_told(line: str, command: str, guess: tuple[str, str]) -> None:
    found = block(line)
    assert ([step.command for step in found.steps], guess in said(found)) == ([command], True)


def test_a_comment_behind_a_command_is_the_shells_to_leave_out() -> None:
    found = block("$ docker volume create mydata   # 이름을 안 주면 해시\nmydata")
    assert (samples(found), found.steps[0].open_value) == ([["mydata"]], "")


def test_a_line_with_a_hash_is_a_comment_beside_other_prompts_and_roots_alone() -> None:
    assert typed(block("# 목록 보기\n$ docker ps")) == [("$ ", "docker ps")]
    assert typed(block("# docker ps 목록\ndocker ps")) == [("$ ", "docker ps")]
    assert typed(block("# docker ps\n# docker images")) == [("# ", "docker ps"), ("# ", "docker images")]


def test_roots_named_prompts_stay_beside_those_of_a_container() -> None:
    found = block("[root@box ~]# docker exec -it a sh\n[root@a1b2c3d4e5f6 /]# exit\n[root@box ~]# docker stop a")
    assert typed(found) == [
        ("# ", "docker exec -it a sh"),
        ("[root@a1b2c3d4e5f6 /]# ", "exit"),
        ("# ", "docker stop a"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "이미지는 환경을 저장해 놓은 파일들의 집합이다.\n컨테이너는 프로세스이다.",
        "docker ps 명령어로 목록을 확인한다.",
        "+---+\n| a |\n+---+",
    ],
)
def test_a_fence_of_prose_is_no_command(text: str) -> None:
    found = block(text)
    assert (found.kind, found.steps, found.reason) == ("no command", [], ("no-command", ""))


def test_an_empty_fence_and_one_that_nobody_closes_say_so() -> None:
    assert block("").reason == ("empty", "")
    [found] = read("```\n$ docker ps\n").blocks
    assert found.reason == ("unclosed", "```")


def test_a_fence_of_code_is_no_command() -> None:
    assert kinds(read("```python\nprint(1)\n```\n\n```diff\n- 도커\n```\n")) == ["no command", "no command"]


def test_an_output_in_the_next_fence_is_the_commands_above() -> None:
    note = read(f"```\n# docker ps\n```\n```\n{PS}\n```\n\n```bash\necho test\n```\n출력:\n```\ntest\n```\n")
    assert kinds(note) == ["commands", "output", "commands", "output"]
    assert [samples(found) for found in note.blocks] == [[[PS]], [], [["test"]], []]
    assert note.blocks[1].reason == ("output-of", "2")
    assert said(note.blocks[0]) == [("next-fence", "4")]


@pytest.mark.parametrize(
    "between", ["## 다른 이야기\n", "하나\n\n둘\n\n셋\n\n넷\n\n다섯\n", "```\n설명이 이렇게 이어진다\n```\n"]
)
def test_an_output_far_away_or_behind_something_else_is_nobodys(between: str) -> None:
    note = read(f"```\n$ echo a\n```\n\n{between}\n```\nError: a\n```\n")
    assert (samples(note.blocks[0]), note.blocks[-1].kind) == ([None], "no command")


def test_fences_in_lists_lose_their_indentation() -> None:
    note = read("1. 확인\n\n   ```\n   $ docker ps\n   ```\n\n* 또\n\n    ```bash\n    docker ps\n    ```\n")
    assert [typed(found) for found in note.blocks] == [[("$ ", "docker ps")]] * 2


def test_prose_among_an_output_is_a_gap_and_around_it_nothing() -> None:
    text = "$ docker run busybox echo hello\n(기다림)\nlatest: Pulling\n(여기서 잠깐)\nhello\n끝!"
    found = block(text)
    assert samples(found) == [["latest: Pulling", "...", "hello"]]
    assert said(found) == [("prose", "(기다림)"), ("prose", "(여기서 잠깐)"), ("prose", "끝!")]


def test_blank_lines_around_an_output_are_no_part_of_it() -> None:
    assert samples(block("$ echo a\n\n\na\n\nb\n")) == [["a", "", "b"]]


def test_korean_that_was_typed_is_an_output() -> None:
    assert samples(block("$ echo 안녕 > a\n$ cat a\n안녕")) == [None, ["안녕"]]


@pytest.mark.parametrize("line", ["...", "    ...", "(생략)", "(중략)", "⋮", "… "])
def test_what_is_left_out_is_a_gap(line: str) -> None:
    assert samples(block(f"$ docker info\nClient:\n{line}\nServer:")) == [["Client:", "...", "Server:"]]


def test_an_output_that_is_prose_alone_is_any_output() -> None:
    assert samples(block("$ docker ps\n(권한이 없으면 실패)")) == [["..."]]


@pytest.mark.parametrize(
    ("command", "value"),
    [
        ("docker rmi <이미지 ID>", "<이미지 ID>"),
        ("docker rm <container>", "<container>"),
        ("docker run [OPTIONS] IMAGE", "[OPTIONS]"),
        ("docker pull [이미지이름]:[태그]", "[이미지이름]"),
        ("docker rm {컨테이너명}", "{컨테이너명}"),
        ("docker logs CONTAINER_ID", "CONTAINER_ID"),
        ("docker logs 컨테이너이름", "컨테이너이름"),
        ("docker run ... nginx", "..."),
        ("docker push your-id/app", "your-id/app"),
        ("docker rm 0123456789ab", "0123456789ab"),
        ("docker run --rm busybox echo '<h1>안녕</h1>'", ""),
        ("docker inspect -f '{{.State.Pid}}' web", ""),
        ("docker run --rm busybox echo 이미지 안에서", ""),
        ("cat < a.txt > b.txt", ""),
        ("docker run -e A=${B} busybox", ""),
    ],
)
def test_a_value_that_the_note_leaves_open_is_told(command: str, value: str) -> None:
    [step] = block(f"$ {command}").steps
    assert (step.open_value, step.is_run) == (value, not value)


def test_an_id_that_the_note_has_shown_is_no_open_value() -> None:
    assert block("$ docker run -d redis\n0123456789ab\n$ docker stop 0123456789ab").steps[1].open_value == ""


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("brew install docker", "elsewhere"),
        ("sudo systemctl status docker", "absent"),
        ("vi Dockerfile", "watched"),
        ("sudo reboot", "ends"),
    ],
)
def test_what_this_machine_has_not_and_nobody_watches_is_refused(command: str, key: str) -> None:
    [step] = block(f"$ {command}").steps
    assert step.refused is not None
    assert step.refused.key == key


def test_a_program_that_the_note_installs_is_run() -> None:
    assert [step.refused for step in block("$ sudo sh get.sh jq\n$ jq .").steps] == [None, None]


@pytest.mark.parametrize(
    ("note", "name", "is_guess"),
    [
        ('```dockerfile title="Dockerfile.dev"\nFROM a\n```', "Dockerfile.dev", False),
        ("```dockerfile\nFROM a\n```", "Dockerfile", True),
        ("```\nFROM busybox\nCMD echo\n```", "Dockerfile", True),
        ("`Dockerfile.prod`을 만든다\n```docker\nFROM a\n```", "Dockerfile.prod", True),
        ("```yaml\nversion: '3'\nservices:\n  web:\n```", "docker-compose.yml", True),
        ("`compose.yaml`\n```yaml\nservices:\n  web:\n```", "compose.yaml", True),
        ("```python\n# app.py\nprint(1)\n```", "app.py", True),
        ("`hello.sh`를 만든다\n```sh\necho a\n```", "hello.sh", True),
        ("index.html\n```html\n<h1>\n```", "index.html", True),
        ("### 2) app.py :\n```python\nprint(1)\n```", "app.py", True),
        ("**app.js**\n```js\nlet a\n```", "app.js", True),
    ],
)
def test_a_file_that_the_reader_writes_is_known_by_what_it_is_and_the_line_above(
    note: str, name: str, is_guess: bool
) -> None:
    [found] = read(f"{note}\n").blocks
    assert (found.kind, found.file, said(found)) == ("file", name, [("file", name)] if is_guess else [])


def test_a_script_that_is_run_is_no_file() -> None:
    [found] = read("`run.sh`를 실행한다\n```sh\n./run.sh\n```\n").blocks
    assert typed(found) == [("$ ", "./run.sh")]


# -- who types where


def test_a_shell_that_the_note_leaves_open_is_left() -> None:
    first, second = read("```\n$ docker run -it centos bash\n```\n\n```\n$ docker ps\n```\n").blocks
    assert typed(first) == [("$ ", "docker run -it centos bash"), ("[root@0123456789ab /]# ", "exit")]
    assert (said(first), second.terminal) == ([("left", "[root@0123456789ab /]# exit")], "")


@pytest.mark.parametrize(
    ("command", "prompt", "leave"),
    [
        ("docker run -it busybox", "/ # ", "exit"),
        ("docker run -it debian sh", "# ", "exit"),
        ("docker run -it debian bash", "root@0123456789ab:/# ", "exit"),
        ("docker run -it redis bash", "root@0123456789ab:/data# ", "exit"),
        ("docker run -it python python", ">>> ", "^D"),
        ("docker exec -it db mysql -uroot", "mysql> ", "^D"),
    ],
)
def test_the_prompt_of_a_shell_that_is_not_shown_is_guessed_by_its_image(command: str, prompt: str, leave: str) -> None:
    assert typed(block(f"$ {command}")) == [("$ ", command), (prompt, leave)]


@pytest.mark.parametrize(
    "command", ["docker run -d -it debian bash", "docker exec -it web redis-cli ping", "docker run -it a ls"]
)
def test_what_opens_no_shell_is_not_left(command: str) -> None:
    assert typed(block(f"$ {command}")) == [("$ ", command)]


def test_beside_a_shell_to_which_the_note_comes_back_there_is_a_second_terminal() -> None:
    note = read(
        "```\n$ docker run -it centos bash\n[root@588ec8830392 /]#\n```\n\n```\n$ docker ps\n```\n\n"
        "```\n[root@6f2e357b1082 /]# exit\nexit\n$ docker ps -a\n```\n\n```\n$ docker ps\n```\n"
    )
    assert [found.terminal for found in note.blocks] == ["", "터미널 2", "", ""]
    assert note.blocks[0].waiting == "[root@6f2e357b1082 /]# "
    assert said(note.blocks[2]) == [("same-id", "588ec8830392 = 6f2e357b1082")]


def test_a_waiting_shell_to_which_nobody_comes_back_is_left_before_the_next_block() -> None:
    first, second = read(
        "```\n$ docker run -it centos bash\n[root@588ec8830392 /]#\n```\n\n```\n$ docker ps\n```\n"
    ).blocks
    assert typed(first) == [("$ ", "docker run -it centos bash"), ("[root@588ec8830392 /]# ", "exit")]
    assert (first.waiting, second.terminal) == ("", "")


def test_a_block_that_begins_in_the_container_goes_on_where_the_last_one_stopped() -> None:
    first, _ = read("```\ndocker run -it debian bash\n```\n안에서\n```\nroot@3f2a8b7c6d5e:/# exit\nexit\n```\n").blocks
    assert (typed(first), first.waiting) == ([("$ ", "docker run -it debian bash")], "root@3f2a8b7c6d5e:/# ")


def test_a_shell_that_waits_is_left_before_the_next_is_opened_and_not_come_back_to() -> None:
    shell = "```\n$ docker run -it centos bash\n[root@588ec8830392 /]#{}\n```\n\n"
    first, second = read(shell.format("") + shell.format(" exit\nexit").replace("588e", "6f2e")).blocks
    assert (typed(first)[1], second.terminal) == (("[root@588ec8830392 /]# ", "exit"), "")


def test_a_shell_that_is_left_without_exit_within_a_block_is_left() -> None:
    found = block("$ docker run -it centos bash\n[root@588ec8830392 /]# ls\n$ docker ps")
    prompt = "[root@588ec8830392 /]# "
    assert typed(found)[1:] == [(prompt, "ls"), (prompt, "exit"), ("$ ", "docker ps")]


def test_an_attached_container_that_shows_no_prompt_is_left() -> None:
    assert typed(block("$ docker attach web"))[1:] == [("root@0123456789ab:/# ", "exit")]


def test_without_prompts_what_stands_before_exit_is_typed_inside() -> None:
    found = block("docker run -it --name c debian bash\nls\nexit\ndocker ps", "bash")
    inside = "root@0123456789ab:/# "
    assert typed(found) == [
        ("$ ", "docker run -it --name c debian bash"),
        *[(inside, "ls"), (inside, "exit")],
        ("$ ", "docker ps"),
    ]
    assert ("inside", inside.strip()) in said(found)


def test_roots_commands_have_a_terminal_of_their_own_beside_the_readers() -> None:
    note = read("```\n$ docker ps\n```\n\n```\n# docker ps\n```\n\n```\n$ sudo -i\n```\n\n```\n# docker ps\n```\n")
    assert [found.terminal for found in note.blocks] == ["", "root", "", ""]


@pytest.mark.parametrize("command", ["docker logs -f web", "docker run nginx", "docker stats", "docker compose up"])
def test_what_does_not_end_is_stopped_with_ctrl_c(command: str) -> None:
    found = block(f"$ {command}")
    assert said(found) == [("stopped", "")]
    assert sessions.text(found.steps) == f"$ {command}\n...\n^C\n"


# -- as a session


def test_a_block_is_a_session_with_the_notes_lines() -> None:
    [found] = read("# 노트\n\n```\n$ echo a\n\n$ echo b\nb\n```\n").blocks
    first, second = sessions.session(found.steps).steps
    assert (first.line, first.sample, first.may_end_with(1)) == (4, "...", False)
    assert (second.line, second.first_line, second.sample, second.may_end_with(1)) == (6, 7, "b", True)


def test_the_words_that_may_be_programs_are_asked_for() -> None:
    note = "```\n$ sudo ls | grep a\nminji@mac ~ % jq .\n➜  ~ tree\n가나다\n```\n"
    assert reading.words(note) == ["grep", "jq", "ls", "sudo", "tree"]
