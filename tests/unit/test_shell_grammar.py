"""Where bash asks for more behind what was typed: held against a real one."""

import random
import subprocess

import pytest

from harness.claims.shell_grammar import complete_lines, unfinished

# What `bash -n` says where a text ends too early. It has no words for a backslash at the end.
TOO_EARLY = ("unexpected end of file", "unexpected EOF", "delimited by end-of-file", "token `EOF'")
WORDS = """
a a b if then elif else fi while do done case in esac b) { } ( ) ; ; ; \n \n ;; && | & f() ! # 'q' $(a) >n
""".strip().split(" ")


def asks_for_more(text: str) -> bool:
    said = subprocess.run(["bash", "-n"], input=f"{text}\n", capture_output=True, text=True, check=False).stderr
    return any(words in said for words in TOO_EARLY)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a \\", "the backslash at the line's end"),
        ("a &&", "`&&`"),
        ("a ||  ", "`||`"),
        ("a | # b", "`|`"),
        ("echo 'a", "`'`"),
        ('echo "a \\"', '`"`'),
        ("echo $'it\\'", "`'`"),
        ("echo $(a", "`$(`"),
        ("echo ${a", "`${`"),
        ("echo `a", "a backquote"),
        ("sh -c '\na\n", "`'`"),
        ("cat <<EOF", "the here-document that `EOF` ends"),
        ("cat <<'EOF'\na\n\tEOF", "the here-document that `EOF` ends"),
        ("cat <<A <<B\na\nA\nb", "the here-document that `B` ends"),
        ("cat <<EOF |\na\nEOF", "`|`"),
        ("(a; b", "`(`, which `)` ends"),
        ("a=(1", "`(`, which `)` ends"),
        ("f() {", "`{`, which `}` ends"),
        ("for n in 1 2", "`for`, which `done` ends"),
        ("a | while read n; do", "`while`, which `done` ends"),
        ("if a; then b; else", "`if`, which `fi` ends"),
        ("! if a", "`if`, which `fi` ends"),
        ("case a in\nb) c;;", "`case`, which `esac` ends"),
        ("for n in 1; do\n  if a; then", "`if`, which `fi` ends"),
        ("f()", "`f()`"),
        ("function f", "`function f`"),
        ("[[ -n $a &&", "`&&`"),
        ("[[ a == b", "`[[`, which `]]` ends"),
        ("((n = 1", "`((`, which `))` ends"),
        ("a <(b", "`(`, which `)` ends"),
    ],
)
def test_what_a_shell_would_ask_more_for_is_named(text: str, what: str) -> None:
    assert (unfinished(text), asks_for_more(text) or text.endswith("\\")) == (what, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "echo 'a' \"b\" $(c) ${d} `e`",
        "echo \"it's\" 'say \"no\"' it\\'s $'it\\'s'",
        "echo a\\\\",
        "echo a \\ ",
        "echo a # don't \\",
        "a \\\n  b",
        "a |\n  b && # c\n  d",
        "cat <<EOF\nit's (\nEOF",
        "cat <<-EOF\n\ta\n\tEOF",
        "cat <<< EOF",
        "echo $((1 << 2)) $#",
        "diff <(a) <(b)",
        "if a; then if b; then c; fi fi",
        "until a; do b; done | sort",
        "case a in\nb) c;;\n*) d;;\nesac",
        "case a in (b) c;; esac",
        "f() {\n  a\n}",
        "for ((n = 0; n < 3; n++)); do a; done",
        "echo if for { do }",
        "find . -exec ls {} \\;",
        "{ a; } > b 2>&1 && (a; b) | c &",
        "a; b; c;",
        "! a && time -p b",
        "time",
        "if a; then b; elif c; then d; else e; fi",
        "while a; do (b) done",
        "for x in; do a; done; for x do a; done; select x in a b; do c; done",
        "for ((;;)) { a; }",
        "for x\nin a b\ndo c\ndone",
        "case $a in b|c) d;& (e) f;;& g) esac; case a in esac",
        "f() (a) > b; function g { a; }; function h() [[ a ]]",
        "a=(1 2) b=3 c; declare -a d=(4\n5); a[0]=(6)",
        "[[ -n $a && ! ( b == c* || $d =~ ^(e|f)$ ) ]] && [[ 1 < 2 ]]",
        "((a = 1)) || ((b))",
        "((a; b) | c)",
        "a 2>&1 >&- &> b >| c <> d {e}> f",
        "echo }; echo fi",
        "\\if; 'then' a",
    ],
)
def test_what_a_shell_would_run_is_complete(text: str) -> None:
    assert (unfinished(text), asks_for_more(text)) == ("", False)


REFUSED = [
    "echo (", "echo (a)", "echo )", ")", "a; }", "fi", "done", "esac", "then a", "a; do", "in a", "]]", "()", "( )",
    "{ }", "(a) b", "(a) (b)", "if a; fi", "if; then", "if a; then fi", "while a; done", "while; do", "for", "for;",
    "for (a)", "for x in a b do c; done; done", "for x in a (b", "for x in |", "case a b", "case a in b c", "case | in",
    "case a in b) c;; d", "&& a", "a && && b", "a && ;", "| a", "a | | b", "a | ! b", "a ; ; b", "a ;; b", "a & ; b",
    "& a", "f() a", "f() { }", "function f a", "f(a) {", "A=1 (a)", "a >", "a > (b)", "a < | b", "docker run <이미지>",
    "[[ a", "[[ ( ;", "[[ a b c ]]", "[[ -f", "[[ a ==", "[[ a == b c ]]", "echo a=(1", "echo ((", "b ((1", "a `b` (c",
    "! | a", "a &&&", "echo 'a' (", 'echo "a" (', "echo a # b (\n)", "time ! ;;", "f() if a; fi",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_bash_refuses_at_once_is_run_as_it_stands(text: str) -> None:
    assert (unfinished(text), asks_for_more(text)) == ("", False)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb", 1),
        ("if true\nfi\nnext", 2),
        ("if true; then\n  (a) b\nfi", 2),
        ("for x in a\nb\ndone", 2),
        ("f()\na\n}", 2),
        ("echo ()\na", 2),
        ("case a in\nb c\nesac", 2),
        ("a &&\n# b\n&& c", 3),
        ("a |\n\n b\nc", 3),
        ("[[ a ==\nb ]]", 1),
        ("[[ a &&\n ! ( b || c ) ]]\nd", 2),
        ("(a) 'b\nc'\nd", 2),
        ("cat <<A; cat <<-'B'\na\nA\nb\n\tB\nc", 5),
        ("cat <<EOF |\na\nEOF\nsort\nb", 4),
        ("a \\\nb\nc", 2),
        ("a \\\n\nb", 2),
        ('a $(b\nc) "d\ne" `f\ng`\nh', 4),
        ("((a\n+ b))\nc", 2),
        ("((a\n); b)\nc", 2),
        ("export a=(1\n2)\nb", 2),
    ],
)
def test_a_command_has_as_many_lines_as_bash_reads(text: str, lines: int) -> None:
    read = text.split("\n")
    asked = [asks_for_more("\n".join(read[:count])) or read[count - 1].endswith("\\") for count in range(1, lines + 1)]
    assert (complete_lines(text), asked) == (lines, [True] * (lines - 1) + [False])


@pytest.mark.parametrize("text", ["a \\", "a\\\n", "if a", "cat <<EOF\na", "'a\nb"])
def test_a_command_that_goes_on_has_no_last_line(text: str) -> None:
    assert complete_lines(text) == (2 if text.endswith("\n") else 0)


@pytest.mark.parametrize("seed", range(100))
def test_bash_asks_for_more_where_we_say_so(seed: int) -> None:
    choose = random.Random(seed)
    text = " ".join(choose.choices(WORDS, k=choose.randint(2, 9)))
    assert bool(unfinished(text)) == asks_for_more(text), text


def test_what_nobody_types_is_refused_and_ends() -> None:
    assert unfinished("{ " * 5000) == ""
