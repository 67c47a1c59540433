"""Where a program waits for an answer."""

import pytest

from harness.claims.questions import asks


@pytest.mark.parametrize(
    "line",
    [
        "Are you sure you want to continue? [y/N] ",
        "Continue connecting (yes/no/[fingerprint])? ",
        "Overwrite? (y/n): ",
        "Port [8080]: ",
        "[sudo] password for minji: ",
        "Username: ",
        "Enter passphrase for key '/root/.ssh/id_rsa': ",
        "Please choose a number: ",
        "What is your name? ",
        "> ",
        ">>> ",
        "mysql> ",
        "127.0.0.1:6379> ",
        "postgres=# ",
        "shop-> ",
        ":",
        "(END)",
        "--More--(12%)",
    ],
)
def test_a_question_is_known_by_its_end(line: str) -> None:
    assert asks(line)


@pytest.mark.parametrize(
    "line",
    ["", "done", "loading...", "0% [Working]", "</html>", "<p>one</p>", "Step 1/3 :", "one: two", "45%", "a -> b",
     "[====>   ]", "Would you? No.", "password: hidden", "10:20:30"],
)  # fmt: skip
def test_an_unfinished_output_is_no_question(line: str) -> None:
    assert not asks(line)
