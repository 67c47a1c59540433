"""What a snippet's text is read as."""

import random
from collections.abc import Iterator
from contextlib import suppress

import pytest

from harness.claims.sessions import Session, SessionError, Step, parse, write
from harness.claims.terminals import explain_prompts

RUN_AND_LEAVE = """\
$ docker run -it centos:latest bash
[root@588ec8830392 /]# exit 3
exit
[3]
$ docker ps -a
CONTAINER ID   IMAGE           COMMAND   CREATED         STATUS                      PORTS     NAMES
588ec8830392   centos:latest   "bash"    4 minutes ago   Exited (3) 33 seconds ago             priceless_swartz
"""


def commands(session: Session) -> list[tuple[str, str]]:
    return [(step.prompt, step.command) for step in session.steps]


def wrong(*texts: str) -> list[tuple[int, int, str]]:
    return [(number, error.line, str(error)) for number, error in explain_prompts([parse(text) for text in texts])]


def test_a_session_is_read_as_prompts_commands_samples_and_statuses() -> None:
    session = parse(RUN_AND_LEAVE)
    assert commands(session) == [
        ("$ ", "docker run -it centos:latest bash"),
        ("[root@588ec8830392 /]# ", "exit 3"),
        ("$ ", "docker ps -a"),
    ]
    assert [step.sample for step in session.steps[:2]] == ["", "exit"]
    assert [step.status for step in session.steps] == [0, 3, 0]


def test_a_step_knows_the_lines_of_the_file_that_it_stands_on() -> None:
    assert parse(RUN_AND_LEAVE).steps[1] == Step(
        line=2, prompt="[root@588ec8830392 /]# ", command="exit 3", sample="exit", status=3, first_line=3, last_line=4
    )


def test_a_prompt_alone_on_the_last_line_is_left_waiting() -> None:
    session = parse("$ docker attach 588ec8830392\n[root@588ec8830392 /]#\n")
    assert (session.waiting, len(session.steps)) == ("[root@588ec8830392 /]# ", 1)
    assert session.prompt_after(0) == "[root@588ec8830392 /]# "


def test_a_step_is_followed_by_the_prompt_of_the_next_one() -> None:
    session = parse(RUN_AND_LEAVE)
    assert [session.prompt_after(index) for index in range(3)] == ["[root@588ec8830392 /]# ", "$ ", None]


def test_a_session_may_be_a_waiting_prompt_and_nothing_else() -> None:
    assert parse("[root@588ec8830392 /]#\n") == Session((), "[root@588ec8830392 /]# ")


def test_an_empty_command_between_two_prompts_is_a_command() -> None:
    assert commands(parse("$\n$ docker ps\n")) == [("$ ", ""), ("$ ", "docker ps")]


def test_continuation_lines_and_heredocs_belong_to_their_command() -> None:
    session = parse("$ cat > hello.txt <<EOF\n> one\n>\n> EOF\n$ docker run \\\n>   --rm debian\nhello\n")
    assert [step.command for step in session.steps] == [
        "cat > hello.txt <<EOF\none\n\nEOF",
        "docker run \\\n  --rm debian",
    ]
    assert session.steps[1].sample == "hello"


def test_a_line_of_output_that_begins_like_a_root_prompt_stays_output() -> None:
    session = parse("$ docker run web cat Dockerfile\n# syntax=docker/dockerfile:1\nFROM debian\n")
    assert session.steps[0].sample == "# syntax=docker/dockerfile:1\nFROM debian"


def test_a_root_prompt_is_one_after_a_command_that_opens_a_root_shell() -> None:
    assert commands(parse("$ sudo -i\n# docker ps\n# exit\n")) == [
        ("$ ", "sudo -i"),
        ("# ", "docker ps"),
        ("# ", "exit"),
    ]


def test_a_shell_that_reads_a_script_shows_no_prompt() -> None:
    session = parse("$ curl -fsSL https://get.docker.com | sudo sh\n# Executing docker install script\n$ ls\n")
    assert [step.sample for step in session.steps] == ["# Executing docker install script", ""]


@pytest.mark.parametrize(
    "prompt", ["root@588ec8830392:/# ", "[root@588ec8830392 /]# ", "/ # ", "bash-5.1# ", "~ $ ", "588ec8830392:/app# "]
)
def test_the_prompts_of_containers_shells_are_known(prompt: str) -> None:
    session = parse(f"$ docker run -it some/image\n{prompt}ls\nbin\n{prompt}exit\n")
    assert commands(session) == [("$ ", "docker run -it some/image"), (prompt, "ls"), (prompt, "exit")]


def test_a_status_is_one_only_on_the_last_line_of_an_output() -> None:
    step = parse("$ echo '[1]'; echo x\n[1]\nx\n").steps[0]
    assert (step.sample, step.status) == ("[1]\nx", 0)
    assert [parse(f"$ a\n[{number}]\n").steps[0].status for number in (7, 42, 130, 255)] == [7, 42, 130, 255]
    assert parse("$ a\n[256]\n").steps[0].sample == "[256]"


@pytest.mark.parametrize(
    ("sample", "lines"),
    [
        ("one\ntwo\n^C\n[130]", 2),
        ("^C", 0),
        ("one\n^C\ntwo", 1),
        ("one\n^CGracefully stopping...\n...", 1),
        ("one ^C", None),
        ("", None),
    ],
)
def test_the_reader_presses_ctrl_c_where_a_line_begins_with_it(sample: str, lines: int | None) -> None:
    assert parse(f"$ docker logs -f web\n{sample}\n").steps[0].interrupted_after == lines


@pytest.mark.parametrize(
    ("sample", "allowed"),
    [
        ("one\n^C", [0, 130]),
        ("one\n^C\ntwo", [0, 130]),
        ("one\n^C\n[130]", [130]),
        ("one\n^C\n[0]", [0]),
        ("one\n^C\n[1]", [1]),
        ("one", [0]),
        ("one\n[130]", [130]),
    ],
)
def test_what_ctrl_c_ends_may_end_with_0_or_130_unless_the_page_says_which(sample: str, allowed: list[int]) -> None:
    step = parse(f"$ docker logs -f web\n{sample}\n").steps[0]
    assert [status for status in (0, 1, 2, 130) if step.may_end_with(status)] == allowed


@pytest.mark.parametrize(("command", "allowed"), [("^P^Q", [0, 1]), ("^P^Q\n[1]", [1]), ("^D", [0]), ("exit", [0])])
def test_a_shell_that_is_left_alone_with_keys_may_end_with_0_or_1_unless_the_page_says_which(
    command: str, allowed: list[int]
) -> None:
    step = parse(f"$ docker attach box\n/ # {command}\n$ ls\n").steps[1]
    assert [status for status in (0, 1, 130) if step.may_end_with(status)] == allowed


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Are you sure you want to continue? [y/N] y", [("[y/N]", "y")]),
        ("Are you sure you want to continue? [y/N]", [("[y/N]", "")]),
        ("Do you want to continue? [Y/n] no\nAbort.", [("[Y/n]", "no")]),
        ("Continue (yes/no)? yes\nReally [y/n]: n", [("(yes/no)?", "yes"), ("[y/n]:", "n")]),
        ("Continue connecting (yes/no/[fingerprint])? yes", [("(yes/no/[fingerprint])?", "yes")]),
        ("Continue (yes/no/again)? again", [("(yes/no/again)?", "again")]),
        ("[Y/Nx] y", [("[Y/Nx] ", "y")]),
        ("y/N y", []),
        ("Password: secret", [("Password:", "secret")]),
        ("[sudo] password for minji: secret", [("[sudo] password for minji:", "secret")]),
        ("Password: ", []),
        ("Enter a name: two words\nPort [80]: 81", [("Enter a name:", "two words"), ("Port [80]:", "81")]),
    ],
)
def test_what_stands_behind_a_question_is_the_answer(line: str, found: list[tuple[str, str]]) -> None:
    [step] = parse(f"$ docker volume prune\nWARNING!\n{line}\nTotal reclaimed space: 0B\n").steps
    assert [(answer.question, answer.typed) for answer in step.answers if not answer.is_guess] == found


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("./ask", [("City:", "Seoul", True)]),
        ("read -p 'City: ' city", [("City:", "Seoul", False)]),
        ("docker run -it python:3 python3 -c 'city = input(\"City: \")'", [("City:", "Seoul", False)]),
        ("read -p 'Town: ' city", [("City:", "Seoul", True)]),
    ],
)
def test_a_label_is_a_question_for_certain_where_the_command_asks_it(
    command: str, found: list[tuple[str, str, bool]]
) -> None:
    [step] = parse(f"$ {command}\nCity: Seoul\nhttp://a\nTown:\n").steps
    assert [(answer.question, answer.typed, answer.is_guess) for answer in step.answers] == found


def test_ctrl_c_alone_implies_its_exit_status() -> None:
    assert [step.status for step in parse("$ ping web\n^C\n$ ping web\n^C\n[0]\n$ true\n").steps] == [130, 0, 0]


def test_a_text_without_a_prompt_is_refused_with_what_to_write() -> None:
    with pytest.raises(SessionError) as refused:
        parse("CONTAINER ID   IMAGE\n")
    assert (refused.value.line, str(refused.value)) == (
        1,
        "no prompt: found `CONTAINER ID   IMAGE`; write `$ ` before the command that prints it",
    )


def test_prompts_that_a_page_opens_continues_and_leaves_are_explained() -> None:
    assert (
        wrong(
            "$ docker run -it centos bash\n[root@588 /]#\n", "[root@588 /]# cd /etc\n[root@588 etc]# exit\nexit\n$ ls\n"
        )
        == []
    )


def test_a_session_that_begins_inside_a_container_nobody_opened_is_refused() -> None:
    [(number, line, message)] = wrong("[root@588ec8830392 /]# exit\nexit\n")
    assert (number, line) == (0, 1)
    assert message.startswith("nothing explains the prompt `[root@588ec8830392 /]#`")


def test_a_prompt_after_a_command_that_opens_no_shell_is_refused_where_it_stands() -> None:
    [(number, line, message)] = wrong("$ docker ps\n", "$ docker images\nroot@588ec8830392:/# ls\n")
    assert (number, line) == (1, 2)
    assert message.startswith("nothing explains the prompt `root@588ec8830392:/#`")


def test_an_exit_status_that_nobody_can_see_is_refused() -> None:
    [(_, line, message)] = wrong("$ docker run -it centos bash\n[root@588 /]# ls /no\n[2]\n[root@588 /]# exit\n")
    assert line == 2
    assert message.startswith("`[2]` after `ls /no`: the exit status of a command inside a container isn't seen")


@pytest.mark.parametrize(
    ("text", "command", "sample"),
    [
        ("docker run \\\n    busybox \\\n    id\nroot", "docker run \\\n    busybox \\\n    id", "root"),
        ("cat > a <<EOF\nFROM busybox\n\nEOF\ndone", "cat > a <<EOF\nFROM busybox\n\nEOF", "done"),
        ("cat > a <<EOF\n$ no\n> prompt\n# here\nEOF", "cat > a <<EOF\n$ no\n> prompt\n# here\nEOF", ""),
        ("echo one &&\n  echo two\none\ntwo", "echo one &&\n  echo two", "one\ntwo"),
        ("sh -c '\necho a\n'\na", "sh -c '\necho a\n'", "a"),
        ("for n in 1 2; do\n  echo $n\ndone\n1\n2", "for n in 1 2; do\n  echo $n\ndone", "1\n2"),
        ("sh -c '\n> echo a\n> '\na", "sh -c '\necho a\n'", "a"),
        ("echo one \\\n> two \\\nthree\none two three", "echo one \\\ntwo \\\nthree", "one two three"),
        ("echo one \\\n\nnext", "echo one \\\n", "next"),
        ("echo 'a'\n  an indented output", "echo 'a'", "  an indented output"),
        ("echo a\\\\\nb", "echo a\\\\", "b"),
        ("echo (\nbash: syntax error", "echo (", "bash: syntax error"),
        ("if true\nfi\nbash: syntax error", "if true\nfi", "bash: syntax error"),
    ],
)  # fmt: skip
def test_a_command_goes_on_as_long_as_a_shell_would_ask_for_more(text: str, command: str, sample: str) -> None:
    step, after = parse(f"$ {text}\n$ true\n").steps
    assert (step.command, step.sample, after.command) == (command, sample, "true")


def test_a_command_in_a_container_goes_on_as_well() -> None:
    session = parse("$ docker run -it some/image\n/ # ls \\\n  /bin\nls\n/ # exit\n")
    assert [(step.command, step.sample) for step in session.steps][1:] == [("ls \\\n  /bin", "ls"), ("exit", "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "$ true\n$ docker run \\\n$ docker ps\n",
            "`docker run \\` is unfinished: the backslash at the line's end still waits for more where the prompt `$` "
            "comes; finish the command, or write its other lines below it",
        ),
        (
            "$ true\n$ echo it's\nits ok\nlast\n",
            "`echo it's` is unfinished: `'` still waits for more where the block ends; "
            "finish the command, or write its other lines below it",
        ),
        (
            "$ true\n$ cat <<EOF\n> one\n$ true\n",
            "`cat <<EOF` is unfinished: the here-document that `EOF` ends still waits for more where the block ends; "
            "finish the command, or write its other lines below it",
        ),
        (
            "$ true\n$ echo one \\ \n> two\n",
            "`echo one \\ ` has blanks behind its backslash, so the command ends there for a shell; "
            "remove them, and the next line goes on with it",
        ),
        (
            "$ true\n$ echo one \\  \n  two\n",
            "`echo one \\  ` has blanks behind its backslash, so the command ends there for a shell; "
            "remove them, and the next line goes on with it",
        ),
    ],
)
def test_a_command_that_a_shell_would_not_run_is_refused_with_what_is_open(text: str, message: str) -> None:
    with pytest.raises(SessionError) as refused:
        parse(text)
    assert (refused.value.line, str(refused.value)) == (2, message)


def test_a_blank_that_is_meant_behind_a_backslash_is_a_command_s() -> None:
    assert parse("$ echo one \\ \none\n").steps[0].sample == "one"


# Writing a session.

PROMPTS = ["$ ", "[root@588ec8830392 /]# ", "root@588ec8830392:/# "]
COMMANDS = [
    "true", "docker run -it web", "echo 'a", "'", "# no", "cat <<EOF\n$ no\n> no\n\nEOF", "a \\\n  b", "echo \\ ",
    "> a", "[1]", "^C", "for n in 1; do\n\n  b\ndone", "", "  indented", "echo $'\\''",
]  # fmt: skip
SAMPLE_LINES = [
    "one", "", "  two", "[1]", "[0]", "[1000]", "^C", "^CINT", "a ^C", "...", "> a", ">", "$ a", "$", "#", "# a",
    " $ a", "[130]", "root@588ec8830392:/# ", "[root@588ec8830392 /]# ls", "a: `b`", "한글 ",
]  # fmt: skip


def texts(seed: int) -> Iterator[str]:
    """Texts of prompts, commands, marks and outputs of all kinds, in any order."""
    draw = random.Random(seed)
    for _ in range(400):
        lines = ["$ docker run -it web"]
        for _ in range(draw.randrange(8)):
            lines += (draw.choice(PROMPTS) + draw.choice(COMMANDS)).split("\n") * draw.randrange(2)
            lines += ["> b \\", "> 'c"][draw.randrange(2) :] * (draw.randrange(6) == 0)
            lines += draw.choices(SAMPLE_LINES, k=draw.randrange(4))
        yield "\n" * draw.randrange(2) + "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(10))
def test_a_session_that_is_written_is_read_as_it_was(seed: int) -> None:
    read = 0
    for text in texts(seed):
        with suppress(SessionError):
            session = parse(text)
            assert parse(write(session)) == session
            read += 1
    assert read > 100


def test_a_session_is_written_as_it_stands() -> None:
    for text in [
        RUN_AND_LEAVE,
        "$ docker attach web\n[root@588 /]#\n",
        "\n$ a \\\n>   b\n\n[3]\n$\n$ ping web\n^C\n[0]\n",
    ]:
        assert write(parse(text)) == text


def test_a_command_that_goes_on_without_marks_is_written_with_them() -> None:
    assert write(parse("$ cat <<EOF\na\n\nEOF\na\n")) == "$ cat <<EOF\n> a\n>\n> EOF\na\n"


def test_a_bare_prompt_after_a_shell_was_opened_in_a_container_is_that_shells() -> None:
    session = parse("$ docker exec -it web sh\n# echo hi\nhi\n# exit\n$ echo out\nout\n")
    assert [(step.prompt, step.command, step.at_host) for step in session.steps] == [
        ("$ ", "docker exec -it web sh", True),
        ("# ", "echo hi", False),
        ("# ", "exit", False),
        ("$ ", "echo out", True),
    ]


@pytest.mark.parametrize(
    "opens",
    ["docker run -it debian sh", "docker exec -ti web bash", "docker compose exec web sh", "sudo docker exec -it a sh"],
)  # fmt: skip
def test_the_prompt_of_another_user_in_a_container_is_no_readers_until_that_shell_is_left(opens: str) -> None:
    session = parse(f"$ {opens}\n$ id -u\n1000\n$ exit 3\n[3]\n$ whoami\nreader\n")
    assert [step.at_host for step in session.steps] == [True, False, False, True]


@pytest.mark.parametrize(
    ("command", "above"),
    [
        ("docker exec -it gone sh", "Error response from daemon: No such container: gone\n[1]\n"),
        ("docker run -dit debian sh", ""),
        ("docker exec -it web sh -c ls", ""),
        ("docker exec -i web sh", ""),
        ("docker compose exec -T web sh", ""),
        ("docker run -it -u 1000 some/image", ""),
    ],
)
def test_the_prompt_behind_what_leaves_no_shell_open_is_the_readers(command: str, above: str) -> None:
    session = parse(f"$ {command}\n{above}$ whoami\nreader\n")
    assert [step.at_host for step in session.steps] == [True, True]


def test_a_comment_that_a_container_prints_is_no_prompt_of_its_shell() -> None:
    session = parse(
        "$ docker run -it web cat Dockerfile\n# syntax=docker/dockerfile:1\n$ docker run -it busybox\n/ # cat a\n# b\n"
    )
    assert [step.sample for step in session.steps] == ["# syntax=docker/dockerfile:1", "", "# b"]


def test_a_user_without_a_name_has_a_prompt() -> None:
    prompt = "I have no name!@0123456789ab:/$ "
    assert commands(parse(f"$ docker run -it -u 1000 debian bash\n{prompt}id -u\n1000\n"))[1] == (prompt, "id -u")


@pytest.mark.parametrize("prompt", [">>> ", "postgres=# ", "app=> ", "mysql> ", "127.0.0.1:6379> ", "sqlite> "])
def test_a_program_that_reads_commands_has_a_prompt_in_a_container(prompt: str) -> None:
    session = parse(f"$ docker exec -it db client\n{prompt}one\nmade\n{prompt}exit\n$ docker logs db\n{prompt}x\n")
    assert commands(session)[:3] == [("$ ", "docker exec -it db client"), (prompt, "one"), (prompt, "exit")]
    assert session.steps[-1].sample == f"{prompt}x"


@pytest.mark.parametrize("further", ["   ...> ", "    ... ", "    -> "])
def test_a_program_that_reads_commands_asks_for_further_lines(further: str) -> None:
    text = f"$ docker exec -it db client\nsqlite> select\n{further}1;\n1\n    ...\nsqlite> .quit\n$ cat a\n{further}b\n"
    session = parse(text)
    assert commands(session)[1:4] == [("sqlite> ", "select"), (further, "1;"), ("sqlite> ", ".quit")]
    assert [step.sample for step in session.steps[2:]] == ["1\n    ...", "", f"{further}b"]
    assert write(session) == text


@pytest.mark.parametrize(
    "prompt", ["[root@box ~]# ", "minji@ubuntu:~$ ", "(venv) $ ", "(venv) minji@ubuntu:~/shop$ ", "$ ", "# "]
)
def test_a_terminal_may_begin_at_the_readers_own_prompt(prompt: str) -> None:
    text = f"{prompt}docker ps\n{prompt}docker run -it debian bash\nroot@588ec8830392:/# exit\nexit\n{prompt}ls\n"
    assert commands(parse(text)) == [
        (prompt, "docker ps"),
        (prompt, "docker run -it debian bash"),
        ("root@588ec8830392:/# ", "exit"),
        (prompt, "ls"),
    ]
    assert wrong(text, f"{prompt}ls\n") == []


def test_a_root_shell_on_the_machine_may_show_its_name() -> None:
    assert wrong("$ sudo su -\n[root@myhost ~]# whoami\nroot\n[root@myhost ~]# exit\nlogout\n$ echo ok\nok\n") == []


@pytest.mark.parametrize("prompt", ["C:\\>", "C:\\Users\\minji> ", "PS C:\\shop> ", "PS> "])
def test_a_prompt_of_windows_is_told_as_one_of_another_platform(prompt: str) -> None:
    with pytest.raises(SessionError, match=r"is the prompt of another platform, Windows.*```powershell"):
        parse(f"{prompt}docker ps\n")


def test_a_comment_above_a_command_is_told_apart_from_roots_prompt() -> None:
    [(number, line, message)] = wrong("# 볼륨 만들기\n$ docker volume create keep\nkeep\n")
    assert (number, line) == (0, 1)
    assert message == (
        "`# 볼륨 만들기` is read as a command of root's, and `$` comes after it; a comment belongs in the text above "
        "the block, or behind a prompt: `$ # 볼륨 만들기`"
    )


def test_roots_prompt_on_a_readers_terminal_is_refused_with_the_ways_out() -> None:
    [(number, line, message)] = wrong("$ docker ps\n", "# apt-get install nginx\n")
    assert (number, line) == (1, 1)
    assert message.startswith("root's prompt `#` on a terminal where the reader's shell waits; show `$ sudo -i`")


def test_a_bare_prompt_of_a_container_goes_on_in_the_next_block() -> None:
    assert wrong("$ docker exec -it web sh\n#\n", "# echo hi\nhi\n# exit\n$ ls\n", "$ ls\n") == []


def test_a_status_that_nobody_can_see_is_told_where_it_stands() -> None:
    assert [found[:2] for found in wrong("$ docker exec -it web sh\n# false\n[1]\n", "# exit\n")] == [(0, 2)]


def test_a_shell_that_is_attached_to_may_have_a_bare_prompt_of_root() -> None:
    root = parse("$ docker attach box\n# exit\n$ ls\n").steps
    reader = parse("$ docker attach box\n$ ls\n").steps
    assert [[step.at_host for step in steps] for steps in (root, reader)] == [[True, False, True], [True, True]]


def test_a_program_that_reads_commands_may_be_opened_by_a_shell() -> None:
    text = (
        "$ docker exec -it db bash\nroot@588ec8830392:/# psql -U postgres\npostgres=# select 1;\n1\npostgres=# \\q\n"
        "root@588ec8830392:/# exit\nexit\n$ ls\n"
    )
    assert [step.prompt for step in parse(text).steps][2:4] == ["postgres=# ", "postgres=# "]
    assert wrong(text) == []


def test_a_shell_is_left_with_a_key() -> None:
    steps = parse("$ docker exec -it web sh\n# ^D\n$ docker attach box\n# ^P^Q\n$ ls\n").steps
    assert [step.at_host for step in steps] == [True, False, True, False, True]


@pytest.mark.parametrize("first", ["$ docker run -it debian bash\n", ""])
def test_a_shell_in_a_container_may_open_another_that_looks_as_one_that_is_open(first: str) -> None:
    text = (
        f"{first}root@588ec8830392:/# sh\n# bash\nroot@588ec8830392:/# echo a\na\nroot@588ec8830392:/# exit\nexit\n"
        "# exit\nroot@588ec8830392:/# exit\nexit\n$ echo b\nb\n"
    )
    steps = parse(text).steps[-7:]
    assert [step.command for step in steps] == ["sh", "bash", "echo a", "exit", "exit", "exit", "echo b"]
    assert [step.at_host for step in steps] == [False] * 6 + [True]
    assert wrong(f"$ docker run -it debian bash\n{text}" if not first else text) == []


@pytest.mark.parametrize(
    ("below", "command", "sample"),
    [
        ("...     print(i)\n...\n0\n1\n", "for i in range(2):\n    print(i)\n", "0\n1"),
        ("...     print(i)\n...\n...\n1\n", "for i in range(2):\n    print(i)\n", "...\n1"),
        ("...     x = (i,\n...\n...     i)\n...\n", "for i in range(2):\n    x = (i,\n\n    i)\n", ""),
        ("... print(i)\n  File x\n", "for i in range(2):\nprint(i)", "  File x"),
    ],
)
def test_a_block_at_pythons_prompt_goes_on_to_its_blank_line(below: str, command: str, sample: str) -> None:
    text = f"$ docker run -it python\n>>> for i in range(2):\n{below}"
    step = parse(text).steps[-1]
    assert (step.command, step.sample) == (command, sample)
    assert write(parse(text)) == text


@pytest.mark.parametrize("command", ["print(1)", "x = " + "(" * 20_000, "\0"])
def test_dots_below_what_python_finds_complete_are_lines_left_out(command: str) -> None:
    step = parse(f"$ docker run -it python\n>>> {command}\n...\n3\n").steps[-1]
    assert (step.command, step.sample) == (command, "...\n3")


def test_what_python_waits_for_in_vain_is_refused_with_its_line() -> None:
    said = "`print(` is unfinished: Python still waits for more; write its other lines below it, each behind `... `"
    for below in ("", "...\n", "... 1\n>>> 2\n"):
        with pytest.raises(SessionError) as refused:
            parse(f"$ docker run -it python\n>>> 1\n1\n>>> print(\n{below}")
        assert (refused.value.line, str(refused.value)) == (4, said)
