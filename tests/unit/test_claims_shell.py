"""What a shell makes of a text: simple commands, the files they write, and what stands in quotes."""

import pytest

from harness.claims.shell import SimpleCommand, simple_commands


def texts(text: str) -> list[list[str]]:
    return [command.texts for command in simple_commands(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("echo 'a b' \"c d\" e\\ f", [["echo", "a b", "c d", "e f"]]),
        ("a; b && c || d | e & f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]),
        ("a \\\n  b\nc # d", [["a", "b"], ["c"]]),
        ('a "$(b "c d")" e', [["a", '$(b "c d")', "e"]]),
        ('a "$(b "it\'s )")" e', [["a", '$(b "it\'s )")', "e"]]),
        ('a "\\$b \\c \\"" d', [["a", '$b \\c "', "d"]]),
        ('a ""b \'\' ""', [["a", "b", "", ""]]),
        ("a 2>&1 > b < c", [["a"]]),
        ("a&>b c", [["a", "c"]]),
        ("cat > a <<EOF\nuntil b\nEOF\nc", [["cat"], ["c"]]),
        ("cat <<-'EOF'\n\tx\n\tEOF\nc", [["cat"], ["c"]]),
        ("(cd a && b)", [["cd", "a"], ["b"]]),
        ("diff <(a b) <(c)", [["diff"], ["a", "b"], ["c"]]),
        ("((n = 1 << 2)) && a\nb", [["a"], ["b"]]),
        ("((a; b) | c)", [["a"], ["b"], ["c"]]),
        ("echo $((1 + 2)) ${a:-b c}", [["echo", "$((1 + 2))", "${a:-b c}"]]),
    ],
)
def test_a_text_is_read_as_a_shell_reads_it(text: str, words: list[list[str]]) -> None:
    assert texts(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("echo 'a b", [["echo", "a b"]]),
        ('echo "a b', [["echo", "a b"]]),
        ("echo $(a", [["echo", "$(a"]]),
        ("echo `a", [["echo", "`a"]]),
        ("echo a\\", [["echo", "a\\"]]),
        ("cat <<EOF\na", [["cat"]]),
        ("a >", [["a"]]),
        ("((a; b", [["a"], ["b"]]),
        ("a > (b)", [["a"], ["b"]]),
    ],
)
def test_an_unfinished_text_is_what_is_there(text: str, words: list[list[str]]) -> None:
    assert texts(text) == words


@pytest.mark.parametrize(
    ("word", "expandable"),
    [
        ("$a", "$a"), ("'$a'", ""), ('"$a"', "$a"), ("\\$a", "a"), ('"\\$a"', "a"), ("$'$a'", ""), ("a$(b)c", "a$(b)c"),
        ("'$a'\"`b` $c\"", "`b` $c"), ('"${a} b"', "${a} b"), ("plain", ""),
    ],
)  # fmt: skip
def test_a_shell_puts_nothing_into_what_is_quoted_for_it(word: str, expandable: str) -> None:
    [command] = simple_commands(f"echo {word}")
    assert command.words[1].expandable == expandable


def test_what_a_redirection_names_is_no_argument_but_a_file_that_is_written() -> None:
    [command] = simple_commands("echo a 2>&1 > one >> 'two three' < four 2>/dev/null")
    assert (command.texts, command.writes) == (["echo", "a"], ("one", "two three", "/dev/null"))


@pytest.mark.parametrize(
    ("text", "is_written"),
    [
        ("ls > a", True),
        ("ls 1>> a", True),
        ("ls &> a", True),
        ("ls 2> a", False),
        ("ls > a 2> b", True),
        ("ls >&2", False),
        ("ls < a", False),
    ],
)
def test_an_output_that_goes_into_a_file_is_told_from_errors_that_do(text: str, is_written: bool) -> None:
    [command] = simple_commands(text)
    assert command.is_written == is_written


def test_a_stream_that_another_one_joins_is_no_file() -> None:
    found = simple_commands("echo a >&2; { make; } 2>&1; ls >&-")
    assert [(command.joins, command.writes) for command in found] == [
        (("2",), ()),
        ((), ()),
        (("1",), ()),
        (("-",), ()),
    ]


@pytest.mark.parametrize(
    "text", ["A=1 docker ps", "if ! docker ps", "do docker ps", "time -p docker ps", "{ docker ps"]
)
def test_the_program_is_what_stands_behind_the_shell_s_own_words(text: str) -> None:
    assert simple_commands(text)[0].program == ("docker", "ps")


@pytest.mark.parametrize("text", ["done", "fi", "for n in 1 2", "A=1", "> a", "}"])
def test_the_shell_s_own_words_are_no_program(text: str) -> None:
    assert [command.program for command in simple_commands(text)] == [()]


def test_a_word_that_is_quoted_is_never_the_shell_s_own() -> None:
    words = ["until", "'until'", '"until"', "\\until", "un'til'"]
    assert [simple_commands(f"{word} a")[0].keyword for word in words] == ["until", "", "", "", ""]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('a "$(b $(c))" `d`', ("b $(c)", "d")),
        ("a '$(b)'", ()),
        ('a "$(b "$(c ")")" d) e" f', ('b "$(c ")")" d',)),
        ('a $(b "(" c) d', ('b "(" c',)),
        ("a $((1 + 2)) ${b}", ()),
        ("a $(b", ("b",)),
        ("cat <<EOF\n$(a) it's `b`\nEOF", ("a", "b")),
        ("cat <<'EOF'\n$(a)\nEOF", ()),
    ],
)
def test_a_substitution_holds_code(text: str, code: tuple[str, ...]) -> None:
    assert simple_commands(text)[0].substitutions == code


def test_a_command_knows_its_line_and_how_it_is_joined_to_others() -> None:
    found = simple_commands("a |\nb &\n\nc \\\n d")
    assert [(command.line, command.piped, command.background) for command in found] == [
        (0, False, False),
        (1, True, True),
        (3, False, False),
    ]


def test_no_text_has_no_commands() -> None:
    assert simple_commands(" \n# a\n;") == ()
    assert SimpleCommand(0).program == ()
