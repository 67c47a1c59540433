"""What a page is read as, and what is said of a page that is wrong."""

from pathlib import Path

import pytest

from harness.claims.pages import Block, Page, PageError, check_snippet, read
from harness.claims.snippets import sample_for

ENGINES = ["20.10", "26", "28", "28c", "29"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "snippets" / "first").mkdir(parents=True)
    snippet(tmp_path, "first/ps.console", "$ docker ps\n")
    return tmp_path


def snippet(project: Path, name: str, text: str) -> None:
    (project / "snippets" / name).parent.mkdir(exist_ok=True)
    (project / "snippets" / name).write_text(text)


def page(project: Path, text: str, name: str = "docs/first.md") -> Path:
    (project / name).write_text(text)
    return project / name


def blocks(project: Path, text: str) -> list[tuple[int, str, str, str]]:
    found = read(page(project, text), project, ENGINES).blocks
    return [(block.line, block.language, block.title, block.snippet) for block in found]


def problems(project: Path, text: str, name: str = "docs/first.md") -> list[str]:
    with pytest.raises(PageError) as refused:
        read(page(project, text, name), project, ENGINES)
    return [str(problem) for problem in refused.value.problems]


def wrong_places(project: Path, text: str) -> list[tuple[int, str]]:
    """What is wrong with the fences of a page from elsewhere, which is run without them."""
    found = read(page(project, text, "README.md"), project, ENGINES).wrong
    return [(wrong.line, "\n".join(map(str, wrong.problems))) for wrong in found]


INCLUDED = '``` console\n--8<-- "first/ps.console"\n```\n'


def test_a_console_fence_shows_the_text_of_its_snippet(project: Path) -> None:
    found = read(page(project, f"# 첫 페이지\n\n{INCLUDED}"), project, ENGINES)
    assert found == Page(
        project / "docs/first.md",
        (
            Block(
                3, "console", "", "$ docker ps\n", snippet="first/ps.console", section="첫 페이지", anchor="첫-페이지"
            ),
        ),
    )


def test_fences_in_tabs_lists_and_admonitions_are_fences(project: Path) -> None:
    indented = "".join(f"    {line}\n" for line in INCLUDED.splitlines())
    text = f'=== "Linux"\n\n{indented}\n- 목록\n\n{indented}\n!!! note\n{indented}'
    assert [line for line, *_ in blocks(project, text)] == [3, 9, 14]


def test_what_stands_in_a_longer_fence_or_a_comment_is_no_block(project: Path) -> None:
    text = f"````markdown\n{INCLUDED}````\n\n<!--\n{INCLUDED}-->\n<!-- one line -->\n{INCLUDED}"
    assert [(line, language) for line, language, *_ in blocks(project, text)] == [(1, "markdown"), (13, "console")]


@pytest.mark.parametrize(
    "info", ['console title="터미널 2"', '{ .console title="터미널 2" }', '{.console title="터미널 2"}']
)
def test_a_title_names_the_terminal_however_the_fence_is_written(project: Path, info: str) -> None:
    text = f'```{info}\n--8<-- "first/ps.console"\n```\n'
    assert blocks(project, text) == [(1, "console", "터미널 2", "first/ps.console")]


def test_a_titled_fence_of_another_language_is_a_file_to_write(project: Path) -> None:
    snippet(project, "first/Dockerfile", "FROM debian:13\n")
    text = '``` dockerfile title="web/Dockerfile"\n--8<-- "first/Dockerfile"\n```\n'
    [block] = read(page(project, text), project, ENGINES).blocks
    assert (block.is_file, block.title, block.text) == (True, "web/Dockerfile", "FROM debian:13\n")


def test_a_titled_fence_of_a_page_from_elsewhere_is_a_file_to_write_and_later_what_becomes_of_it(
    project: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "guide.md"
    outside.write_text("".join(f'``` yaml title="compose.yaml"\n{name}: 1\n```\n\n' for name in "ab"))
    blocks = read(outside, project, ENGINES).blocks
    assert [(block.is_file, block.text) for block in blocks] == [(True, "a: 1\n"), (True, "b: 1\n")]


def test_a_titled_fence_under_docs_with_its_text_in_place_is_for_reading(project: Path) -> None:
    [block] = read(page(project, '``` yaml title="compose.yaml"\na: 1\n```\n'), project, ENGINES).blocks
    assert not block.is_file


def test_a_fence_for_reading_is_a_block_too(project: Path) -> None:
    [block] = read(page(project, "``` powershell\ndocker ps\n```\n"), project, ENGINES).blocks
    assert (block.language, block.is_session, block.is_file) == ("powershell", False, False)


def test_a_fence_without_text_is_a_place_that_the_site_fills_and_no_block(project: Path) -> None:
    assert blocks(project, "``` status\n```\n\n``` text\n\n  \n```\n") == []


def test_a_block_knows_the_heading_above_it(project: Path) -> None:
    text = f"{INCLUDED}\n# 제목\n\n``` text\n# no heading\n```\n\n## `ps` 보기 ##\n\n{INCLUDED}"
    assert [block.section for block in read(page(project, text), project, ENGINES).blocks] == ["", "제목", "ps 보기"]


def test_front_matter_says_what_the_machine_is_like(project: Path) -> None:
    text = (
        "---\ntitle: 설치\nmachine: no-engine\ntimeout: 300\nmemory: 6g\nprocesses: 8192\n"
        f"unchecked:\n  first/ps.console: 인터넷이 필요합니다\n---\n{INCLUDED}"
    )
    found = read(page(project, text), project, ENGINES)
    assert (found.memory, found.processes) == ("6g", 8192)
    assert (found.machine, found.timeout, found.unchecked) == (
        "no-engine", 300, {"first/ps.console": "인터넷이 필요합니다"},
    )  # fmt: skip


def test_a_markdown_file_from_elsewhere_holds_its_sessions_in_place(project: Path, tmp_path: Path) -> None:
    text = "---\nlayout: post\n---\n\n1. 목록\n\n   ``` console\n   $ docker ps\n   CONTAINER ID\n   ```\n"
    [block] = read(page(project, text, "README.md"), project, ENGINES).blocks
    assert (block.text, block.first_line) == ("$ docker ps\nCONTAINER ID\n", 8)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- item\n\n  ```console\n  $ ls\n  > -l\n  ```\n", id="in a list"),
        pytest.param("- ```console\n  $ ls\n  > -l\n  ```\n", id="on the list's own line"),
        pytest.param("10. ```console\n    $ ls\n    > -l\n    ```\n", id="numbered"),
        pytest.param("> ```console\n> $ ls\n> > -l\n> ```\n", id="in a quote"),
        pytest.param("> - ```console\n>   $ ls\n>   > -l\n>   ```\n", id="in a list in a quote"),
        pytest.param("\t```console\n\t$ ls\n\t> -l\n\t```\n", id="indented by a tab"),
        pytest.param("  ```console\n$ ls\n> -l\n```\n", id="less indented than its fence"),
        pytest.param("~~~ console\n$ ls\n> -l\n~~~\n", id="of tildes"),
        pytest.param("The mark `<!--` opens a comment.\n```console\n$ ls\n> -l\n```\n", id="after a mark in a text"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_fence_from_elsewhere_is_read_as_it_shows(project: Path, text: str, line_end: str, mark: str) -> None:
    path = project / "README.md"
    path.write_bytes(f"{mark}---\ntimeout: 5\n---\n{text}".replace("\n", line_end).encode())
    found = read(path, project, ENGINES)
    assert ([block.text for block in found.blocks], found.timeout) == (["$ ls\n> -l\n"], 5)


def test_only_a_line_end_ends_a_line(project: Path) -> None:
    text = "``` console\n$ printf 'a\\fb'\na\x0cb\u2028c\x85d\n```\n"
    [block] = read(page(project, text, "README.md"), project, ENGINES).blocks
    assert block.text.count("\n") == 2


def test_an_older_engine_has_the_nearest_variant_beside_the_snippet(project: Path) -> None:
    for name in ("ps@until-28c", "ps@until-26", "ps@28"):
        snippet(project, f"first/{name}.console", "$ docker ps\n")
    main = project / "snippets/first/ps.console"
    chosen = {engine: sample_for(main, engine, ENGINES).stem for engine in ENGINES}
    assert chosen == {
        "20.10": "ps@until-26", "26": "ps@until-26", "28": "ps@28", "28c": "ps@until-28c", "29": "ps",
    }  # fmt: skip


# What is wrong is said with file, line, what was found and what to write.


def test_an_include_that_names_no_file(project: Path) -> None:
    text = '# 제목\n\n``` console\n--8<-- "first/pss.console"\n```\n'
    assert problems(project, text) == [
        "docs/first.md:4: the include names no file: `first/pss.console`; did you mean `first/ps.console`?"
    ]


def test_an_include_that_leaves_the_snippets_folder(project: Path) -> None:
    text = '``` console\n--8<-- "../docs/first.md"\n```\n'
    [problem] = problems(project, text)
    assert problem.startswith("docs/first.md:2: the include names no file: `../docs/first.md`")


def test_a_console_fence_typed_by_hand(project: Path) -> None:
    assert problems(project, "``` console\n$ docker ps\n```\n") == [
        "docs/first.md:1: a console fence typed by hand, beginning with `$ docker ps`; move its text to "
        'snippets/first/NAME.console and write `--8<-- "first/NAME.console"`'
    ]


@pytest.mark.parametrize("include", ['> --8<-- "first/ps.console"', '--8<-- "first/ps.console" '])
def test_an_include_that_the_site_does_not_take(project: Path, include: str) -> None:
    quote = "> " if include.startswith(">") else ""
    assert problems(project, f"{quote}``` console\n{include}\n{quote}```\n") == [
        'docs/first.md:1: readers would see `--8<-- "first/ps.console"` as it stands; write it alone on its line, '
        "without `>` before it or blanks behind"
    ]


def test_a_fence_that_is_never_closed(project: Path) -> None:
    assert problems(project, "``` console\n$ docker ps\n") == [
        "docs/first.md:1: this fence is never closed; write ``` below its last line"
    ]


def test_a_page_that_is_not_utf_8(project: Path) -> None:
    path = project / "README.md"
    path.write_bytes(b"# Windows\r\n\r\n``` console\r\n$ echo \x93hi\x94\r\n```\r\n")
    with pytest.raises(PageError) as refused:
        read(path, project, ENGINES)
    assert str(refused.value) == "README.md:4: found the byte 0x93, which is not UTF-8; save the file as UTF-8"


def test_a_snippet_that_is_not_utf_8_or_begins_with_a_mark(project: Path) -> None:
    (project / "snippets/first/ps.console").write_bytes(b"$ docker ps\n\xff\n")
    [problem] = problems(project, INCLUDED)
    assert problem == "snippets/first/ps.console:2: found the byte 0xff, which is not UTF-8; save the file as UTF-8"
    (project / "snippets/first/ps.console").write_text("\ufeff$ docker ps\n")
    assert problems(project, INCLUDED) == [
        "snippets/first/ps.console:1: begins with a byte order mark, which readers would see; save the file without it"
    ]


def test_an_empty_console_fence(project: Path) -> None:
    assert wrong_places(project, "# 제목\n\n``` console\n```\n") == [
        (3, "README.md:4: no prompt: found nothing; write `$ ` before the command that prints it")
    ]


GOOD = "``` console\n$ true\n```\n"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("``` console\ndocker ps\n```\n", "README.md:2: no prompt: found `docker ps`; write `$ `"),
        ("``` console\n$ ls\n/ # ls\n# ls\n$ echo 'a\n```\n", "README.md:5: `echo 'a` is unfinished"),
        ("``` console\n$ true\nroot@588ec8830392:/# ls\n```\n", "README.md:3: nothing explains the prompt"),
        ('``` yaml title="app/"\na: 1\n```\n', "README.md:1: `app/` names a folder and no file"),
        ("``` console\n$ l\u200bs\n```\n", "README.md:2: found U+200B ZERO WIDTH SPACE, which readers would not see"),
        ("A text with a mark\u200b.\n\n", "README.md:1: found U+200B ZERO WIDTH SPACE, which readers would not see"),
    ],
)
def test_what_is_wrong_in_a_page_from_elsewhere_costs_itself_and_not_the_page(
    project: Path, wrong: str, told: str
) -> None:
    [(line, found)] = wrong_places(project, wrong + GOOD)
    assert (line, found[: len(told)]) == (1, told)
    assert [block.text for block in read(project / "README.md", project, ENGINES).blocks] == ["$ true\n"]


def test_every_prompt_that_nothing_explains_costs_its_own_fence(project: Path) -> None:
    odd = "``` console\nroot@588ec8830392:/# ls\n```\n"
    assert [line for line, _ in wrong_places(project, odd + GOOD + odd + GOOD)] == [1, 7]
    assert [block.line for block in read(project / "README.md", project, ENGINES).blocks] == [4, 10]


def test_a_fence_that_is_never_closed_is_the_rest_of_a_page_from_elsewhere(project: Path) -> None:
    assert wrong_places(project, GOOD + GOOD.removesuffix("```\n")) == [
        (4, "README.md:4: this fence is never closed; write ``` below its last line")
    ]
    assert [block.line for block in read(project / "README.md", project, ENGINES).blocks] == [1]


def test_a_page_from_elsewhere_whose_front_matter_is_wrong_is_not_run(project: Path) -> None:
    assert problems(project, f"---\ntimeout: soon\n---\n{GOOD}", "README.md") == [
        "README.md:2: found `timeout: soon`; write whole seconds, such as 300"
    ]


@pytest.mark.parametrize(
    "language", ["console", "Console", "shell-session", "ShellSession", "sh-session", "bash session", ".bash-session"]
)
def test_a_session_of_a_page_from_elsewhere_has_any_of_its_languages_names(project: Path, language: str) -> None:
    [block] = read(page(project, f"```{language}\n$ true\n```\n", "README.md"), project, ENGINES).blocks
    assert (block.is_session, block.language) == (True, "console")


@pytest.mark.parametrize("language", ["bash", "sh", "shell", "text", "session"])
def test_what_others_call_code_and_no_session_is_for_reading(project: Path, language: str) -> None:
    [block] = read(page(project, f"```{language}\n$ true\n```\n", "README.md"), project, ENGINES).blocks
    assert (block.is_session, block.language) == (False, language)


def test_a_session_of_the_guide_has_the_one_language_that_the_site_knows(project: Path) -> None:
    assert problems(project, INCLUDED.replace("console", "shell-session", 1)) == [
        "docs/first.md:1: found the language `shell-session`; write `console`, as the guide does"
    ]


@pytest.mark.parametrize(
    ("info", "title"),
    [
        ("console title='터미널 2'", "터미널 2"),
        (r'{.console title="터미널 \"둘\""}', '터미널 "둘"'),
        ("dockerfile {title=Dockerfile}", "Dockerfile"),
        ('yaml {hl_lines="1", title="compose.yaml"}', "compose.yaml"),
        ('yaml subtitle="no"', ""),
        ("yaml title=''", ""),
    ],
)
def test_a_title_is_read_however_it_is_quoted(project: Path, info: str, title: str) -> None:
    [block] = read(page(project, f"```{info}\n$ true\n```\n", "README.md"), project, ENGINES).blocks
    assert block.title == title


def test_what_can_only_be_a_mistake_is_told_in_the_snippet_and_in_its_variant(project: Path) -> None:
    snippet(project, "first/ps.console", "$ docker\u00a0ps\n")
    snippet(project, "first/ps@26.console", "$ docker ps\n% docker images\n")
    found = "found U+00A0 NO-BREAK SPACE in `docker\u00a0ps`, which a shell takes for a letter; write a blank"
    assert problems(project, INCLUDED) == [
        f"snippets/first/ps.console:1: {found} (shown at docs/first.md:1)",
        "snippets/first/ps@26.console:2: `%` is zsh's prompt, and pages are run in bash; write `$ ` in its place",
    ]


def test_a_session_without_a_prompt_is_told_in_the_snippet_and_on_the_page(project: Path) -> None:
    snippet(project, "first/ps.console", "CONTAINER ID\n$ docker ps\n")
    assert problems(project, INCLUDED) == [
        "snippets/first/ps.console:1: no prompt: found `CONTAINER ID`; write `$ ` before the command that prints it "
        "(shown at docs/first.md:1)"
    ]


def shown_one_after_the_other(project: Path, *texts: str) -> list[str]:
    """What is wrong with a page of these sessions, each as FILE:LINE: its first words."""
    for number, text in enumerate(texts):
        snippet(project, f"first/{number}.console", text)
    fences = [f'``` console\n--8<-- "first/{number}.console"\n```\n' for number in range(len(texts))]
    return [problem.removeprefix("snippets/first/")[:40] for problem in problems(project, "\n".join(fences))]


def test_an_exit_status_that_nobody_sees_is_told_where_it_stands_though_the_next_block_shows_it(project: Path) -> None:
    first = "$ docker run -it centos bash\n[root@588 /]# true\n[root@588 /]# ls /no\n[2]\n"
    assert shown_one_after_the_other(project, first, "[root@588 /]# exit\nexit\n") == [
        "0.console:3: `[2]` after `ls /no`: the e"
    ]


def test_a_prompt_is_told_where_it_stands_though_an_earlier_block_cannot_be_read(project: Path) -> None:
    found = shown_one_after_the_other(project, "$ true\n", "no prompt\n", "$ docker ps\n", "$ ls\nroot@588:/# ls\n")
    assert found == ["1.console:1: no prompt: found `no prompt", "3.console:2: nothing explains the prompt"]


def test_an_unfinished_command_is_told_where_it_begins(project: Path) -> None:
    assert shown_one_after_the_other(project, "$ true\n$ echo 'a\n") == ["0.console:2: `echo 'a` is unfinished: `'"]


def test_a_prompt_that_nothing_explains(project: Path) -> None:
    snippet(project, "first/ps.console", "$ docker ps\n[root@588ec8830392 /]# exit\n")
    [problem] = problems(project, INCLUDED)
    assert problem.startswith("snippets/first/ps.console:2: nothing explains the prompt `[root@588ec8830392 /]#`")


@pytest.mark.parametrize("title", ["..", ".", "app/", "app/..", "/"])
def test_a_title_that_names_a_folder(project: Path, title: str) -> None:
    snippet(project, "first/a.yaml", "a: 1\n")
    text = f'``` yaml title="{title}"\n--8<-- "first/a.yaml"\n```\n'
    assert problems(project, text) == [
        f"docs/first.md:1: `{title}` names a folder and no file; end the title with the file's name"
    ]


def test_two_files_with_one_title_and_different_text(project: Path) -> None:
    snippet(project, "first/a.yaml", "a: 1\n")
    snippet(project, "first/b.yaml", "b: 1\n")
    text = "".join(f'``` yaml title="compose.yaml"\n--8<-- "first/{name}.yaml"\n```\n\n' for name in "aba")
    assert problems(project, text) == [
        "docs/first.md:5: `compose.yaml` was written at line 1 with another text (first/a.yaml, now first/b.yaml); "
        "give the second file another title, or include the same snippet"
    ]


def test_an_unknown_front_matter_key(project: Path) -> None:
    assert problems(project, "---\ntitle: 첫\ntimout: 300\n---\n") == [
        "docs/first.md:3: unknown front-matter key `timout`; "
        "known: title, description, questions, hide, outputs, machine, timeout, memory, processes, disk, unchecked"
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("machine: windows", "found `machine: windows`; write one of: engine, no-engine"),
        ("timeout: 5m", "found `timeout: 5m`; write whole seconds, such as 300"),
        ("memory: 6", "found `memory: 6`; write MiB or GiB, such as 6g"),
        ("memory: 6 GB", "found `memory: 6 GB`; write MiB or GiB, such as 6g"),
        ("processes: many", "found `processes: many`; write a whole number, such as 8192"),
        ("timeout: true", "found `timeout: true`; write whole seconds, such as 300"),
        ("timeout: 0", "found `timeout: 0`; write whole seconds, such as 300"),
        ("unchecked: all", "`unchecked` is no mapping from snippets to reasons; write `  folder/name.console: reason`"),
        (
            "questions: all",
            "`questions` is no list of what readers ask; write `  - question` lines, those with `: ` in quotes",
        ),
        ("title: [", "front matter is not YAML: did not find expected node content"),
    ],
)
def test_a_front_matter_value_of_the_wrong_kind(project: Path, line: str, message: str) -> None:
    [problem] = problems(project, f"---\n{line}\n---\n")
    assert problem in (f"docs/first.md:2: {message}", f"docs/first.md:3: {message}")


def test_front_matter_that_is_no_mapping(project: Path) -> None:
    assert problems(project, "---\na text\n---\n") == [
        "docs/first.md:2: front matter is no mapping; write `key: value` lines"
    ]


def test_two_rules_that_begin_a_page_from_elsewhere_are_no_front_matter(project: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "elsewhere.md"
    foreign.write_text("---\na text\n---\n``` console\n$ ls\n```\n")
    assert [block.line for block in read(foreign, project, ENGINES).blocks] == [4]


def test_a_snippet_declared_as_unchecked_that_the_page_does_not_show(project: Path) -> None:
    [problem] = problems(project, "---\nunchecked:\n  first/x.console: 이유\n---\n")
    assert problem.startswith("docs/first.md:3: `unchecked` names `first/x.console`, which this page does not show")


def test_a_variant_for_an_unknown_engine(project: Path) -> None:
    snippet(project, "first/ps@until-27.console", "$ docker ps\n")
    assert problems(project, INCLUDED) == [
        "snippets/first/ps@until-27.console:1: unknown engine `27` in the file's name; "
        "known, oldest first: 20.10, 26, 28, 28c, 29"
    ]


def test_a_variant_is_read_as_its_snippet_is(project: Path) -> None:
    snippet(project, "first/ps@26.console", "no prompt\n")
    (project / "snippets/first/ps@28.console").write_bytes(b"$ docker ps\n\xff\n")
    assert [problem.partition(";")[0] for problem in problems(project, INCLUDED)] == [
        "snippets/first/ps@26.console:1: no prompt: found `no prompt`",
        "snippets/first/ps@28.console:2: found the byte 0xff, which is not UTF-8",
    ]


def test_everything_that_is_wrong_on_a_page_is_told_at_once(project: Path) -> None:
    text = '---\nauthor: x\n---\n``` console\n$ ls\n```\n\n``` console\n--8<-- "no.console"\n```\n'
    assert [problem.split(" ")[0] for problem in problems(project, text)] == [
        "docs/first.md:2:", "docs/first.md:4:", "docs/first.md:9:",
    ]  # fmt: skip


def test_a_snippet_that_no_page_shows(project: Path) -> None:
    snippet(project, "first/old.console", "$ docker ps\n")
    page(project, INCLUDED)
    assert check_snippet(project / "snippets/first/ps.console", project) == []
    assert [str(problem) for problem in check_snippet(project / "snippets/first/old.console", project)] == [
        "snippets/first/old.console:1: no page shows this snippet; "
        'include it with `--8<-- "first/old.console"` in a fence, or delete it'
    ]


def test_a_variant_is_shown_by_the_page_that_shows_its_snippet(project: Path) -> None:
    snippet(project, "first/ps@until-28c.console", "$ docker ps\n")
    page(project, INCLUDED)
    assert check_snippet(project / "snippets/first/ps@until-28c.console", project) == []
