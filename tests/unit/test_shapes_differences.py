"""A difference says in a contributor's words what is not as the page says, and no more of it than that."""

import dataclasses
import json

import pytest

from harness.shapes import Bindings, Difference, compare

TABLE = """\
CONTAINER ID   IMAGE         STATUS                     PORTS     NAMES
87547266a786   centos        Exited (3) 1 second ago              test1
27e57aa36520   hello-world   Exited (0) 3 seconds ago             brave_babbage"""
WITHOUT_PORTS = """\
CONTAINER ID   IMAGE         STATUS                     NAMES
87547266a786   centos        Exited (3) 1 second ago    test1
27e57aa36520   hello-world   Exited (0) 3 seconds ago   brave_babbage"""
WITH_A_PORT = TABLE.replace("          test1", "80/tcp    test1")


def said(sample: str, actual: str, bindings: Bindings | None = None) -> list[str]:
    return [str(difference) for difference in compare(sample, actual, bindings or Bindings())]


def learnt() -> Bindings:
    bindings = Bindings()
    assert compare("588ec8830392 priceless_swartz", "67a0a9af86f4 zen_tu", bindings) == []
    return bindings


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("(3)", "(137)", "STATUS: `Exited (137) 1 second ago`, the page says `Exited (3) 1 second ago`"),
        ("hello-world", "hello      ", "IMAGE: `hello`, the page says `hello-world`"),
        ("87547266a786", "8754726     ", "CONTAINER ID: `8754726`, the page says `87547266a786`"),
    ],
)
def test_a_cell_is_told_with_its_column(old: str, new: str, sentence: str) -> None:
    assert said(TABLE, TABLE.replace(old, new)) == [sentence]


def test_an_empty_cell_is_nothing() -> None:
    assert said(TABLE, WITH_A_PORT) == ["PORTS: `80/tcp`, the page says nothing there"]
    assert said(WITH_A_PORT, TABLE) == ["PORTS: nothing, the page says `80/tcp`"]


def test_a_column_is_missing_too_many_or_has_another_name_and_its_rows_are_not_told_as_well() -> None:
    assert said(TABLE, WITHOUT_PORTS) == ["the page's column `PORTS` is missing"]
    assert said(WITHOUT_PORTS, TABLE) == ["a column too many: `PORTS`"]
    assert said(TABLE, TABLE.replace("NAMES", "NAME")) == ["column: `NAME`, the page says `NAMES`"]


def test_under_a_changed_header_the_other_cells_are_compared() -> None:
    assert said(TABLE, WITHOUT_PORTS.replace("centos", "debian")) == [
        "the page's column `PORTS` is missing",
        "IMAGE: `debian`, the page says `centos`",
    ]


def test_a_row_is_missing_or_too_many() -> None:
    shorter = TABLE.replace(TABLE.split("\n")[1] + "\n", "")
    row = "`87547266a786  centos  Exited (3) 1 second ago  test1`"
    assert said(TABLE, shorter) == [f"the page's row {row} is missing"]
    assert said(shorter, TABLE) == [f"a row too many: {row}"]


def test_a_line_is_missing_or_too_many_even_if_there_is_nothing_in_it() -> None:
    assert said("one\ntwo", "one") == ["the page's line `two` is missing"]
    assert said("one", "one\ntwo") == ["a line too many: `two`"]
    assert said("one\n\ntwo", "one\ntwo") == ["a blank line is missing"]
    assert said("one\ntwo", "one\n\ntwo") == ["a line too many: blank"]


@pytest.mark.parametrize(
    ("sample", "actual", "sentence"),
    [
        (
            "Status: Downloaded newer image for centos:latest",
            "Status: Image is up to date for centos:latest",
            "line `Status: Downloaded newer image for cento`: `Image is up to date`, "
            "the page says `Downloaded newer image`",
        ),
        ("Total: 2", "Total: 2 MB", "line `Total: 2`: `2 MB`, the page says `2`"),
        ("one", "two", "line: `two`, the page says `one`"),
        ("a" * 100, "b", f"line: `b`, the page says `{'a' * 79}…`"),
        (
            f"sha256:{'a' * 64} is {'x ' * 100} good",
            f"sha256:{'b' * 64} is {'x ' * 100} bad",
            "line `sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`: `bad`, the page says `good`",
        ),
    ],
)
def test_of_a_line_only_the_words_that_differ_are_told(sample: str, actual: str, sentence: str) -> None:
    assert said(sample, actual) == [sentence]


def test_of_a_broken_binding_is_told_what_was_bound_to_what() -> None:
    assert said("[root@588ec8830392 /]#", "[root@0123456789ab /]#", learnt()) == [
        "short id: `588ec8830392` was `67a0a9af86f4` earlier in this run, here it is `0123456789ab`"
    ]
    assert said(TABLE.replace("brave_babbage", "priceless_swartz"), TABLE, learnt()) == [
        "NAMES: `priceless_swartz` was `zen_tu` earlier in this run, here it is `brave_babbage`"
    ]
    assert said("stopped 0123456789ab", "stopped 67a0a9af86f4", learnt()) == [
        "short id: `67a0a9af86f4` was the page's `588ec8830392` earlier in this run, here the page says `0123456789ab`"
    ]


def test_of_two_ids_that_change_within_one_output_the_second_is_told() -> None:
    [difference] = compare("588ec8830392\n588ec8830392", "67a0a9af86f4\n0123456789ab", Bindings())
    assert (difference.line, difference.bound) == (2, ("588ec8830392", "67a0a9af86f4"))


def test_a_sentence_is_one_line_without_control_characters() -> None:
    sentence = said("web", "\x1b[31mred\x07\t\x9b\u202e\ud800\n")
    assert sentence == [r"line: `␛[31mred␇␉\x9b\u202e\ud800`, the page says `web`"]


def test_a_difference_knows_its_place_in_both_texts() -> None:
    actual = TABLE.replace("(3) 1 second", "(137) 22 seconds").replace("CONTAINER", "\nCONTAINER", 1)
    [difference] = compare(TABLE, actual, Bindings())
    assert TABLE.split("\n")[difference.line - 1][difference.start :].startswith("Exited (3) 1 second ago ")
    printed = actual.split("\n")[difference.actual_line - 1][difference.actual_start :]
    assert printed.startswith("Exited (137) 22 seconds ago ")


def test_a_line_too_many_comes_after_one_of_the_samples() -> None:
    found = compare("a\nb\nc\nd", "a\nx\nb\nd", Bindings())
    assert found == [Difference(1, "", "x", "line", actual_line=2), Difference(3, "c", "", "line")]


def test_differences_can_be_kept_as_json() -> None:
    [difference] = compare("stopped 588ec8830392", "stopped 0123456789ab", learnt())
    kept = json.loads(json.dumps(dataclasses.asdict(difference)))
    assert Difference(**{**kept, "bound": tuple(kept["bound"])}) == difference


def test_a_line_that_comes_too_early_is_too_many_there_and_missing_here() -> None:
    assert said("one\ntwo", "two\none") == ["a line too many: `two`", "the page's line `two` is missing"]


def test_a_single_word_under_a_table_is_no_row_of_it() -> None:
    table = "NAME      DRIVER\nbridge    bridge\n{}"
    assert said(table.format("done"), table.format("failed")) == ["line: `failed`, the page says `done`"]


def test_the_first_letter_of_a_row_counts() -> None:
    table = "NAME      DRIVER\n{}    bridge"
    assert said(table.format("bridge"), table.format("fridge")) == ["NAME: `fridge`, the page says `bridge`"]


def test_blanks_that_a_tab_stands_for_are_padding() -> None:
    assert said("Server:\tdns", "Server:     dns") == []
    assert said("Server:\tdns", "Server: dns") == ["line: `Server: dns`, the page says `Server:\u2409dns`"]


def test_several_gaps_leave_out_what_stands_between_the_lines_of_the_page() -> None:
    sample = "one\n...\ntwo\n...\nthree\n...\nfour"
    assert said(sample, "one\na\ntwo\nb\nthree\nc\nfour") == []
    assert said(sample, "one\na\nthree\nb\ntwo\nc\nfour") == ["line: `c`, the page says `three`"]


def test_a_text_that_goes_on_is_quoted_with_the_word_before() -> None:
    assert said("web is up", "web is up and running") == ["line `web is up`: `up and running`, the page says `up`"]
    assert said("up", "it is up") == ["line: `it is up`, the page says `up`"]


def test_known_things_in_another_order_are_lines_that_moved() -> None:
    bindings = Bindings()
    assert compare("588ec8830392\n27e57aa36520", "67a0a9af86f4\n0123456789ab", bindings) == []
    assert said("588ec8830392\n27e57aa36520", "0123456789ab\n67a0a9af86f4", bindings) == [
        "a line too many: `0123456789ab`",
        "the page's line `27e57aa36520` is missing",
    ]


def test_a_line_that_comes_less_often_or_elsewhere_is_told_without_a_difference_of_its_text() -> None:
    bindings = Bindings()
    bindings.resolve("docker run -d --name clock busybox sh -c 'while :; do echo tick; sleep 1; done'")
    bindings.resolve("docker logs clock")
    sentence = "line `tick`: it comes more or less often than on the page, or in another place"
    assert said("tick\ntick\nend", "tick\nend", bindings) == [sentence]
