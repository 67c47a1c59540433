"""What a terminal makes of commands, prompts and output, on a bash of this machine that has the labs' marks."""

import itertools
import os
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.claims.answers import Answer, answers
from harness.lab import follower
from harness.lab.host import Ran, Shell, TerminalError
from harness.lab.screen import screen_text
from unit.local_host import LocalHost

BASH_VERSION = subprocess.check_output(["bash", "-c", "echo ${BASH_VERSION%.*}"], text=True).strip()
IN_CONTAINER = re.compile(r"\[root@588ec8830392 [^ ]{1,20}\]# \Z")


def lines(number: int) -> Callable[[str], bool]:
    """Whether so many lines have come."""
    return lambda text: len(text.splitlines()) >= number


def test_a_command_gives_its_output_and_status(shell: Shell) -> None:
    assert shell.run("echo one; echo two; (exit 3)", None, 10) == Ran("one\ntwo", "$ ", 3)


def test_a_command_that_prints_nothing_gives_nothing(shell: Shell) -> None:
    assert shell.run("true", None, 10) == Ran("", "$ ", 0)


def test_one_command_after_the_other_each_has_its_own_output(shell: Shell) -> None:
    assert [shell.run(f"echo {number}", None, 10).text for number in range(5)] == ["0", "1", "2", "3", "4"]


def test_a_heredoc_is_typed_line_by_line(shell: Shell) -> None:
    assert shell.run("cat <<EOF\none\n\n한글\nEOF", None, 10) == Ran("one\n\n한글", "$ ", 0)


def test_a_tab_is_typed_as_a_tab(shell: Shell) -> None:
    command = "cat <<-EOF\n\tone\n\ta\tb\n\tEOF"
    assert shell.run(command, None, 10).text == "one\na       b"
    shell.run("docker run -it centos", IN_CONTAINER, 10)
    assert shell.run(command, IN_CONTAINER, 10).text == "one\na       b"


def test_a_command_longer_than_the_terminal_is_wide_is_typed_whole(shell: Shell) -> None:
    words = " ".join(f"word{number}" for number in range(100))
    assert shell.run(f"echo {words}", None, 10).text == words


def test_a_program_that_prints_without_end_is_stopped_before_it_fills_the_memory(shell: Shell) -> None:
    before = len(shell.events)  # the prompt's: where each read is a full one, the command's come to 4 MiB exactly
    with pytest.raises(TerminalError, match="printed more than 4 MiB") as stopped:
        shell.run("yes", None, 60)
    lines = stopped.value.screen.split("\n")
    assert (len(lines), set(lines[1:-1])) == (50, {"y"})
    assert sum(len(text) for _, text in shell.events[before:]) <= 4 << 20


def test_output_that_looks_like_a_prompt_does_not_end_a_command(shell: Shell) -> None:
    assert shell.run("echo '$ '; sleep 0.1; echo done", None, 10).text == "$\ndone"


MARK = r"\033]133;D;0\007"


@pytest.mark.parametrize(
    "forged",
    [
        MARK,
        MARK + r"\033]7;file://docker-note/tmp\007",
        r"\033]133;D;0;aid=0123456789abcdef\007",
        r"\033]133;D;0;aid=$NONCE\007",
        r"\033]133;D;0;aid=\007",
    ],
)
@pytest.mark.parametrize("then", ["exit 3", "sleep 0.3; echo more; exit 3", r"printf '\033]133;C\007'; exit 3"])
def test_a_program_that_prints_the_mark_of_the_prompt_hides_no_status(shell: Shell, forged: str, then: str) -> None:
    ran = shell.run(f"sh -c \"printf '{forged}\\$ '; {then}\"", None, 20)
    assert (ran.prompt, ran.status, ran.text) == ("$ ", 3, "$ more" if "more" in then else "$")
    assert shell.run("echo next", None, 20) == Ran("next", "$ ", 0)


def test_a_program_in_a_container_that_prints_the_mark_does_not_leave_it(shell: Shell) -> None:
    shell.run("docker run -it centos", IN_CONTAINER, 10)
    command = rf"printf '{MARK}\n$ '; sleep 0.3; echo"
    assert shell.run(command, IN_CONTAINER, 10).prompt == "[root@588ec8830392 ~]# "


def test_the_shells_own_mark_counts_in_a_shell_that_another_opened(shell: Shell) -> None:
    assert shell.run("bash --rcfile ~/.bashrc -i", None, 10) == Ran("", "$ ", 0)
    assert shell.run("(exit 3)", None, 10).status == 3
    assert shell.run("exit 4", None, 10) == Ran("exit", "$ ", 4)


def test_a_program_is_told_nothing_of_what_the_marks_hold(shell: Shell) -> None:
    mark = re.search(r"aid=(\w+)", "".join(text for _, text in shell.events))
    assert mark
    assert mark[1] not in shell.run("env", None, 10).text


def test_a_shell_in_a_container_is_opened_used_and_left(shell: Shell) -> None:
    assert shell.run("docker run -it centos", IN_CONTAINER, 10) == Ran("", "[root@588ec8830392 ~]# ", None)
    assert shell.run("echo $((6*7))", IN_CONTAINER, 10) == Ran("42", "[root@588ec8830392 ~]# ", None)
    assert shell.run("exit 4", None, 10) == Ran("exit", "$ ", 4)


def test_a_long_command_in_a_container_is_typed_whole(shell: Shell) -> None:
    shell.run("docker run -it centos", IN_CONTAINER, 10)
    words = " ".join(f"word{number}" for number in range(100))
    assert shell.run(f"echo {words}", IN_CONTAINER, 10).text == words


def test_a_container_that_does_not_start_leaves_the_readers_shell(shell: Shell) -> None:
    assert shell.run("echo no such image; false", IN_CONTAINER, 10) == Ran("no such image", "$ ", 1)


@pytest.mark.parametrize(
    ("before", "again"),
    [
        (r"\r\n\r\e[K", r"\r\e[K\r"),  # docker attach: after an empty line
        (r"pulled\r\n", r"\r\e[K\r"),  # docker run, 20.10: after its output
    ],
)
@pytest.mark.parametrize("late", ["0", "0.05", "0.4"])
def test_a_prompt_that_is_drawn_anew_is_no_output(shell: Shell, before: str, again: str, late: str) -> None:
    prompt = "[root@588ec8830392 ~]# "
    command = f"printf '{before}{prompt}'; sleep {late}; printf '{again}'; docker run"
    assert shell.run(command, IN_CONTAINER, 10).text == ("pulled" if "pulled" in before else "")
    assert shell.run("echo next", IN_CONTAINER, 10).text == "next"
    assert shell.run("echo; echo last", IN_CONTAINER, 10).text == "\nlast"


@pytest.mark.parametrize("late", ["0.05", "0.3"])
def test_a_prompt_that_a_waiting_shell_draws_anew_is_no_output(shell: Shell, late: str) -> None:
    """As readline does where the window's size changes."""
    shell.run("docker run -it centos", IN_CONTAINER, 10)
    shell.run(f"(sleep {late}; kill -WINCH $$) & disown", IN_CONTAINER, 10)
    assert [shell.run(f"echo {number}", IN_CONTAINER, 10).text for number in range(40)] == list(map(str, range(40)))


def test_output_that_looks_like_the_awaited_prompt_of_a_line_editor_does_not_end_a_command(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "_QUIET", 30)  # however slowly the next line comes
    shell.run("docker run -it centos", IN_CONTAINER, 10)
    ran = shell.run("printf '[root@588ec8830392 ~]# '; sleep 0.05; echo more", IN_CONTAINER, 10)
    assert ran.text == "[root@588ec8830392 ~]# more"


def test_a_prompt_that_ends_with_a_question_to_the_terminal_is_known(shell: Shell) -> None:
    prompt = re.compile(r"/ # \Z")
    assert shell.run("ash", prompt, 10) == Ran("", "/ # ", None)
    assert shell.run("echo hi", prompt, 10) == Ran("hi", "/ # ", None)
    assert shell.run("printf 'no end'", prompt, 10) == Ran("no end", "/ # ", None)
    assert shell.run("exit", None, 10) == Ran("", "$ ", 0)


def test_a_shell_without_a_line_editor_is_opened_used_and_left(shell: Shell) -> None:
    prompt = re.compile(r"# \Z")
    assert shell.run("PS1='# ' dash -i", prompt, 10) == Ran("", "# ", None)
    assert shell.run("echo one; echo two", prompt, 10) == Ran("one\ntwo", "# ", None)
    assert shell.run("echo '# no prompt'", prompt, 10) == Ran("# no prompt", "# ", None)
    assert shell.run("exit 3", None, 10) == Ran("", "$ ", 3)


def test_a_key_is_pressed_in_a_container(shell: Shell) -> None:
    shell.run("docker run -it centos", IN_CONTAINER, 10)
    assert shell.run("(exit 5)", IN_CONTAINER, 10).text == ""
    assert shell.run("^D", None, 10) == Ran("exit", "$ ", 5)


def test_several_lines_are_typed_in_a_container_as_well(shell: Shell) -> None:
    shell.run("docker run -it centos", IN_CONTAINER, 10)
    assert shell.run("cat << END\none\n한글\nEND", IN_CONTAINER, 10).text == "one\n한글"


def test_lines_are_typed_in_a_container_when_its_shell_asks_for_them(shell: Shell) -> None:
    """dash leaves the echo to the kernel, which shows at once what is typed too early."""
    prompt = re.compile(r"# \Z")
    shell.run("PS1='# ' dash -i", prompt, 10)
    outputs = [shell.run("echo 'a\nb'", prompt, 10).text for _ in range(20)]
    assert outputs == ["a\nb"] * 20


@pytest.mark.parametrize(
    ("opens", "shown"),
    [
        ("docker run -it centos", "[root@588ec8830392 ~]# "),
        ("ash", "/ # "),
        ("PS1='# ' dash -i", "# "),
        ("bash --norc --noprofile -i", f"bash-{BASH_VERSION}$ " if os.geteuid() else f"bash-{BASH_VERSION}# "),
        ("python3 -q", ">>> "),
    ],
)
@pytest.mark.parametrize("awaited", [re.compile(r"bash-4\.4# \Z"), None])
def test_another_prompt_than_the_awaited_one_is_given_back(
    shell: Shell, opens: str, shown: str, awaited: re.Pattern[str] | None
) -> None:
    assert shell.run(opens, awaited, 30) == Ran("", shown, None)


# Line editors in raw mode. redis-cli takes no newline for Enter, and shows what may follow; Python begins a line of a
# block with the blanks of the one above.
KEYS = r"""
import os, sys, tty
prompt, hint, indent = sys.argv[1].encode(), b" value [NX|XX]", b"    "
tty.setraw(0)
def line(sign, text):
    while True:
        os.write(1, b"\r" + sign + text + (hint if b"SET" in text else b"") + b"\x1b[0K\r\x1b[%dC" % len(sign + text))
        key = os.read(0, 1)
        if key == b"\r":
            os.write(1, b"\r" + sign + text + b"\x1b[0K\r\n")
            return text
        text = text[:-1] if key == b"\x7f" else b"" if key == b"\x15" else text + key
while (typed := line(prompt, b"")) != b"exit":
    block = [typed]
    while block[0].endswith(b":") and block[-1]:
        block.append(line(b"... ", indent))
    os.write(1, b"<" + b"|".join(block) + b">\r\n")
os.system("stty sane")
"""


@pytest.mark.parametrize(
    ("prompt", "command", "output"),
    [
        ("127.0.0.1:6379> ", "SET greeting hello", "<SET greeting hello>"),
        (">>> ", "for i in x:\n    if i:\n        print(i)\n", "<for i in x:|    if i:|        print(i)|>"),
        (">>> ", "for i in x:\n    print(i)", "<for i in x:|    print(i)|>"),
    ],
)
def test_a_program_that_reads_keys_gets_the_lines_as_the_page_has_them(
    shell: Shell, tmp_path: Path, prompt: str, command: str, output: str
) -> None:
    (tmp_path / "keys.py").write_text(KEYS)
    awaited = re.compile(rf"{re.escape(prompt)}\Z")
    assert shell.run(f"python3 {tmp_path / 'keys.py'} '{prompt}'", awaited, 20) == Ran("", prompt, None)
    assert shell.run(command, awaited, 20) == Ran(output, prompt, None)
    assert shell.run("exit", awaited, 20) == Ran("", "$ ", 0)


def test_a_prompt_that_only_ends_as_the_awaited_one_is_another(shell: Shell) -> None:
    prompt = re.compile(r"# \Z")
    assert shell.run("docker exec -it centos sh", prompt, 10) == Ran("", "[root@588ec8830392 ~]# ", None)


def test_what_a_shell_traces_is_output_without_the_marks_and_leaves_the_status(shell: Shell) -> None:
    shell.run("set -x", None, 10)
    assert shell.run("echo one; (exit 3)", None, 10) == Ran("+ echo one\none\n+ exit 3", "$ ", 3)
    assert shell.run("set +x", None, 10) == Ran("+ set +x", "$ ", 0)


def test_an_error_in_the_syntax_is_output(shell: Shell) -> None:
    said = "bash: syntax error near unexpected token `newline'"
    assert shell.run("docker run -it <image>", None, 10) == Ran(said, "$ ", 2)
    assert shell.run("echo (a)", None, 10) == Ran("bash: syntax error near unexpected token `a'", "$ ", 2)
    assert shell.run("echo next", None, 10) == Ran("next", "$ ", 0)


def test_an_error_in_the_syntax_of_a_first_line_is_told(shell: Shell) -> None:
    with pytest.raises(TerminalError, match="the command was complete before its line `> two`"):
        shell.run("echo (a)\ntwo", None, 10)


def test_what_the_shell_says_of_its_jobs_is_output(shell: Shell) -> None:
    assert re.fullmatch(r"\[1\] \d+", shell.run("sleep 0.1 &", None, 10).text)
    done = shell.run("sleep 0.3", None, 10).text
    assert re.fullmatch(r"\[1\]\+  Done +sleep 0\.1", done)


def test_what_the_shell_says_of_a_job_that_ended_while_it_waited_is_output(shell: Shell) -> None:
    job = shell.run("sleep 0.1 & echo $!", None, 10).text.split("\n")[-1]
    while Path(f"/proc/{job}/stat").exists() and ") Z " not in Path(f"/proc/{job}/stat").read_text():
        time.sleep(0.01)
    done = r"\[1\]\+  Done +sleep 0\.1"
    assert re.fullmatch(rf"{done}\nnext|next\n{done}", shell.run("echo next", None, 10).text)


def test_what_the_shell_says_between_its_marks_and_its_prompt_is_output(shell: Shell) -> None:
    """A job may end there; said by hand, since nobody can time that."""
    shell.run('PROMPT_COMMAND+=\'; if [ "$done" ]; then echo "[1]+  Done"; done=; fi\'', None, 10)
    assert shell.run("done=1; echo one", None, 10) == Ran("one\n[1]+  Done", "$ ", 0)


@pytest.mark.parametrize(
    "question", ["Continue? [y/N] ", "Password: ", "Name? ", "Enter a name: ", "> ", "Port [80]: ", "(END)"]
)
def test_a_command_that_waits_for_input_is_told_with_its_question(shell: Shell, question: str) -> None:
    with pytest.raises(TerminalError) as asked:
        shell.run(f"printf '{question}'; read -r answer", None, 60)
    said = (
        f"waits for input: the screen ends with `{question.strip()}`, which the page does not answer; what is typed "
        "stands behind it on the page, also where a terminal does not show it"
    )
    assert str(asked.value) == said


def test_what_a_command_itself_says_that_it_asks_is_a_question(shell: Shell) -> None:
    with pytest.raises(TerminalError, match=r"^waits for input: the screen ends with `Which one`"):
        shell.run("read -p 'Which one ' answer", None, 60)


def test_a_program_that_is_seen_to_wait_for_input_is_told(
    host: LocalHost, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "_SILENCE", 0.1)
    host.waits = True
    with pytest.raises(TerminalError) as told:
        shell.run("echo one; cat", None, 60)
    assert str(told.value) == "waits for input, which the page does not give"
    assert told.value.screen.endswith("one")


def test_a_program_that_is_seen_to_wait_once_only_goes_on(
    host: LocalHost, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "_SILENCE", 0.1)
    seen = itertools.cycle([True, False])
    monkeypatch.setattr(LocalHost, "waits", property(lambda _: next(seen), lambda *_: None), raising=False)
    assert shell.run("sleep 2; echo one", None, 60).text == "one"


def test_a_program_that_waits_for_what_the_page_answers_is_answered(host: LocalHost, shell: Shell) -> None:
    host.waits = True
    command, sample = "printf 'City: '; read -r a; echo $a", "City: Seoul\nSeoul"
    assert shell.run(command, None, 60, answers=answers(sample, command)).text == sample


def test_a_line_that_is_finished_late_is_no_question(shell: Shell) -> None:
    sample = "Starting: done\nName: web"
    command = "printf 'Starting: '; sleep 2.5; echo done; echo 'Name: web'"
    assert shell.run(command, None, 20, answers=answers(sample, command)).text == sample


ASK = "read -p 'Sure? [y/N] ' a; echo \"<$a>\"; "
YES, ENTER = Answer("[y/N]", "y", at_once=True), Answer("[y/N] ", "", at_once=True)


def test_a_question_is_answered_when_it_comes(shell: Shell) -> None:
    ran = shell.run(f"sleep 0.3; {ASK * 2}", None, 10, answers=(YES, ENTER))
    assert ran == Ran("Sure? [y/N] y\n<y>\nSure? [y/N]\n<>", "$ ", 0)


def test_what_is_not_asked_is_not_answered(shell: Shell) -> None:
    assert shell.run("echo 'Sure? [y/N] '", None, 10, answers=(YES,)).text == "Sure? [y/N]"
    assert shell.run("echo next", None, 10).text == "next"


@pytest.mark.parametrize(
    ("command", "sample"),
    [
        ("read -s -p 'Password: ' a; echo; echo \"<$a>\"", "Password: secret\n<secret>"),
        ("read -s -p 'Password: ' a; echo \"<$a>\"", "Password: secret\n<secret>"),
        ("read -p 'Username: ' a; read -s -p 'Password: ' b; echo; echo $a$b", "Username: me\nPassword: two\nmetwo"),
        ("read -p 'Enter a name: ' a; echo $a", "Enter a name: me\nme"),
        ("read -p 'City: ' a; echo $a", "City: Seoul\nSeoul"),
        ("read -rp 'Which one ' a; echo $a", "Which one me\nme"),
        ("read -p 'Port [80]: ' a; echo \"<$a>\"", "Port [80]:\n<>"),
        ("read -n 1 -p 'Go on? ' a; echo; echo \"<$a>\"", "Go on? y\n<y>"),
        ("read -p 'Two: ' -rn2 a; echo; echo \"<$a>\"", "Two: ab\n<ab>"),
        ("read -n 3 -p 'Three: ' a; echo \"<$a>\"", "Three: ab\n<ab>"),
        ("python3 -c 'a = input(\"Two: \"); print(a * 2)'", "Two: ab\nabab"),
        ("ask() { printf 'City: '; read -r a; }; ask; echo $a", "City: Seoul\nSeoul"),
        ("echo Password: none; read -p 'Port [80]: ' a; echo $a", "Password: none\nPort [80]: 81\n81"),
    ],
)
def test_what_stands_behind_a_question_is_typed_whether_or_not_the_terminal_shows_it(
    shell: Shell, command: str, sample: str
) -> None:
    assert shell.run(command, None, 20, answers=answers(sample, command)).text == sample
    assert shell.run("echo next", None, 10).text == "next"


def test_a_question_in_a_container_is_answered_when_it_comes(shell: Shell) -> None:
    shell.run("docker run -it centos", IN_CONTAINER, 10)
    assert shell.run(ASK, IN_CONTAINER, 10, answers=(YES,)).text == "Sure? [y/N] y\n<y>"
    assert shell.run("echo none", IN_CONTAINER, 10, answers=(YES,)).text == "none"


def test_a_question_that_comes_once_more_than_it_is_answered_is_told(shell: Shell) -> None:
    with pytest.raises(TerminalError, match=r"waits for input: the screen ends with `Sure\? \[y/N\]`"):
        shell.run(ASK * 2, None, 10, answers=(YES,))


def test_a_command_that_only_prints_slowly_does_not_wait_for_input(shell: Shell) -> None:
    command = "printf 'Continue? '; sleep 0.5; echo yes; printf 'loading: '; sleep 2.2; echo done"
    assert shell.run(command, None, 10).text == "Continue? yes\nloading: done"


def test_ctrl_c_is_not_pressed_where_a_command_in_a_container_has_ended(shell: Shell) -> None:
    shell.run("docker run -it centos", IN_CONTAINER, 10)
    assert shell.run("echo one", IN_CONTAINER, 10, lines(2)).text == "one"


def test_a_program_that_ctrl_c_does_not_end_is_told(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one is that a container runs first, without `--init`."""
    monkeypatch.setattr(follower, "TO_END", 1)
    with pytest.raises(TerminalError) as refused:
        shell.run("sh -c 'trap : INT; echo one; while :; do sleep 0.1; done'", None, 4, lines(1))
    assert str(refused.value) == "goes on although Ctrl+C was pressed: for 1 s it has said nothing"


def test_a_program_that_goes_on_speaking_behind_ctrl_c_has_its_time(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "TO_END", 1)
    with pytest.raises(TerminalError, match=r"did not end within its time \(2 s\), although Ctrl\+C was pressed"):
        shell.run("sh -c 'trap : INT; while :; do echo one; sleep 0.1; done'", None, 2, lines(1))


def test_a_program_that_is_interrupted_in_the_end_has_time_to_end(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "TO_END", 5)
    ran = shell.run("(trap 'sleep 1; exit 3' INT; echo one; while :; do sleep 0.1; done)", None, 3, lines(2))
    assert (ran.text, ran.status) == ("one\n^C", 3)


@pytest.mark.parametrize(
    ("says", "shown"),
    [
        ("printf '\\e[0GStopping\\n'", "one\n^CStopping"),  # as compose does, whose menu reads keys
        ("true", "one\n^C"),
        ("printf '\\e[A\\e[KOne\\n'", "One\n^C"),
    ],
)
def test_a_key_that_the_program_hides_stands_where_it_was_pressed(shell: Shell, says: str, shown: str) -> None:
    command = f'(stty -echo; trap "{says}; exit 130" INT; echo one; while :; do sleep 0.1; done); stty echo'
    assert shell.run(command, None, 10, lines(1)).text == shown


def test_what_a_program_says_after_ctrl_c_is_output(shell: Shell) -> None:
    command = "(trap 'echo Gracefully stopping; exit 3' INT; echo ready; while :; do sleep 0.1; done)"
    ran = shell.run(command, None, 10, lines(1))
    assert (ran.text, ran.status) == ("ready\n^CGracefully stopping", 3)


@pytest.mark.parametrize("echo", ["true", "stty -echo"])
def test_a_screen_that_is_drawn_over_is_kept_as_it_was_when_ctrl_c_was_pressed(shell: Shell, echo: str) -> None:
    draw = r"draw() { printf '\e[2J\e[HNAME  CPU\nweb   %s\n' $1; }"
    frames = f"(trap 'draw last; exit 130' INT; {draw}; for n in 0 1 2 3 4 5 6 7 8 9; do draw $n; sleep 0.2; done)"
    ran = shell.run(f"{echo}; {frames}", None, 10, lambda text: text.endswith("1"))
    assert (ran.text, ran.status) == ("NAME  CPU\nweb   1\n^C", 130)


def test_ctrl_c_is_pressed_again_where_a_screen_is_drawn_on(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `docker stats NAME` does on 28, whose client gives up at the third key."""
    monkeypatch.setattr(follower, "_DRAWS_ON", 0.1)
    draws = (
        "trap 'n=$((n + 1)); [ $n -lt 3 ] || { echo forced; exit 1; }' INT; n=0; while :; do draw $n; sleep 0.05; done"
    )
    ran = shell.run(f"(draw() {{ printf '\\e[HNAME\\nweb %s\\n' $1; }}; {draws})", None, 10, lines(2))
    assert ran == Ran("NAME\nweb 0\n^C", "$ ", 130)


def test_ctrl_c_is_pressed_once_where_a_program_says_how_it_ends(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "_DRAWS_ON", 0.1)
    says = "for n in 1 2 3 4; do echo stopping $n; sleep 0.1; done; exit 3"
    ran = shell.run(
        f"(trap 'trap \"echo again\" INT; {says}' INT; echo one; while :; do sleep 0.1; done)", None, 10, lines(1)
    )
    assert ran == Ran("one\n^Cstopping 1\nstopping 2\nstopping 3\nstopping 4", "$ ", 3)


def test_a_screen_that_is_drawn_over_is_kept_where_ctrl_c_is_pressed_in_the_end(shell: Shell) -> None:
    """With the cursor on its last row, as top leaves it."""
    frames = r"stty -echo; printf '\e[Hone\ntwo\r'; sleep 30; stty echo"
    assert shell.run(frames, None, 3, lines(9)).text == "one\ntwo\n^C"


def test_a_prompt_that_nobody_saw_being_drawn_is_asked_for_with_enter(shell: Shell) -> None:
    shell.run("docker() { read -r -s; command bash --rcfile ~/.containerrc -i; }", None, 10)
    assert shell.run("docker attach 588ec8830392", IN_CONTAINER, 10) == Ran("", "[root@588ec8830392 ~]# ", None)


def test_a_command_that_does_not_end_is_told_with_what_the_screen_shows(shell: Shell) -> None:
    with pytest.raises(TerminalError) as ended:
        shell.run("echo waiting; sleep 30", None, 0.5)
    assert str(ended.value) == "did not end within its time (0.5 s)"
    assert ended.value.screen.split("\n")[-1] == "waiting"


def test_a_command_that_closes_the_terminal_is_told(shell: Shell) -> None:
    with pytest.raises(TerminalError, match="closed the terminal"):
        shell.run("exec true", None, 10)


def test_a_line_after_the_end_of_a_command_is_told(shell: Shell) -> None:
    with pytest.raises(TerminalError, match="the command was complete before its line `> two`"):
        shell.run("echo one\ntwo", None, 10)


def test_a_command_that_reads_its_input_does_not_eat_the_next_one(shell: Shell) -> None:
    assert shell.run("cat </dev/null; head -c0", None, 10).text == ""
    assert shell.run("echo next", None, 10).text == "next"


def test_a_command_that_goes_on_is_interrupted_after_the_lines_that_are_waited_for(shell: Shell) -> None:
    ran = shell.run("sh -c 'while echo tick; do sleep 0.2; done'", None, 10, lines(3))
    assert (ran.text.split("\n")[:3], ran.text.split("\n")[-1], ran.status) == (["tick"] * 3, "^C", 130)
    assert shell.run("echo next", None, 10).text == "next"


def test_a_command_that_prints_nothing_can_be_interrupted(shell: Shell) -> None:
    assert shell.run("sleep 30", None, 10, lines(0)) == Ran("^C", "$ ", 130)


def test_a_command_that_ends_before_it_is_interrupted_is_left_alone(shell: Shell) -> None:
    assert shell.run("echo one", None, 10, lines(3)) == Ran("one", "$ ", 0)
    assert shell.run("echo next", None, 10) == Ran("next", "$ ", 0)


def test_ctrl_c_is_pressed_in_the_end_where_what_is_waited_for_does_not_come(shell: Shell) -> None:
    assert shell.run("echo one; sleep 30", None, 3, lines(3)) == Ran("one\n^C", "$ ", 130)


def test_a_program_in_a_container_can_be_interrupted(shell: Shell) -> None:
    shell.run("docker run -it centos", IN_CONTAINER, 10)
    assert shell.run("echo one; sleep 30", IN_CONTAINER, 10, lines(1)).text == "one\n^C"


def test_the_recording_holds_what_the_terminal_got_in_order(shell: Shell) -> None:
    shell.run("echo 한글", None, 10)
    times = [seconds for seconds, _ in shell.events]
    assert times == sorted(times)
    assert "한글\r\n" in "".join(text for _, text in shell.events)


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        (b"plain\r\ntext\r\n", "plain\ntext"),
        (b"10%\r20%\r100%\r\ndone\r\n", "100%\ndone"),
        (b"a: Waiting\r\nb: Waiting\r\n\x1b[2A\x1b[2Ka: Done\r\n\x1b[1B", "a: Done\nb: Waiting"),
        (b"\x1b[1m\x1b[34mcentos\x1b[0m\r\n", "centos"),
        ("한글 \x1b[1m굵게\x1b[0m\r\n".encode(), "한글 굵게"),
        (b"broken \xff\xfe\r\n", "broken ��"),
        (b"half an escape \x1b[", "half an escape"),
        (b"name\tvalue\r\n", "name    value"),
        (b"\x1b]0;a title\x07\x1b]52;c;ZXZpbA==\x07text\r\n", "text"),
        ("eight bits \u009b31mred\u009d0;title\u009c\x7f\r\n".encode(), "eight bits red"),
        (b"null\x00 and bell\x07\r\n", "null and bell"),
        (b"x" * 500 + b"\r\n", "x" * 500),
        (b"\x1b[0m" + b"x" * 500 + b"\r\n", "x" * 500),
    ],
)
def test_the_screen_shows_what_a_person_sees_in_the_end(output: bytes, shown: str) -> None:
    assert screen_text(output) == shown
