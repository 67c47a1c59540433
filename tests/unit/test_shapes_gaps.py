"""`...` inside a line of a sample takes up what stands there, and nothing beside it."""

import pytest

from harness.shapes import Bindings, compare

_TOKEN = "SWMTKN-1-08z884vt4yyhdj6yt8xki487k1t7916qhqbxdtd7mq7wegpa8v-kabmmxsvg9vw7hc6dp41cu7b9"
_LONG = "sha256:22b1be4d40db045ef1cd3734e94755754bd1f45e848e7714b4c3b671c4ab1829"


@pytest.mark.parametrize(
    ("sample", "actual"),
    [
        ('{"A":0, ...}', '{"A":0,"B":1}'),
        ("a b ... c d ... e", "a b 1 2 c d 3 e"),
        ("x=..., y=2", "x=5, y=2"),
        ("... and no more", "This and no more"),
        ("token SWMTKN-1-...", f"token {_TOKEN}"),
        ("token SWMTKN-1-49nj1cmql0... 10.0.0.2:2377", f"token {_TOKEN} 10.0.0.3:2377"),
        ("...4bc6f whole", "09b1829 whole"),
        ("MIIBazCCARCgAwIBAgI...", "MIIBaTCCARCgAwIBAgIUceyn0nMwFdAKag2JmKuQLbkjEfswCgYIKoZIzj0EAwIw"),
        ("token eyJhbGciOi... ok", "token eyJraWQiOi1 ok"),
        ("sha256:db48... x", f"{_LONG} x"),
        ("Removing web ... done", "Removing web ... done"),
        ("Waiting...", "Waiting..."),
        ("x ... y\n...\na", "x 1 y\na"),
        ("...\na ... b", "a x b\na ... b"),
        ("a ... b\na ... b", "a 1 b\na 2 b"),
    ],
)
def test_dots_inside_a_line_take_up_what_stands_there(sample: str, actual: str) -> None:
    assert compare(sample, actual, Bindings()) == []


@pytest.mark.parametrize(
    ("sample", "actual"),
    [
        ('{"A":0, ...}', '{"A":3,"B":1}'),
        ('{"A":0, ...}', '{"A":05,"B":1}'),
        ("a b ... c d ... e", "a b 1 2 c f 3 e"),
        ("a ... b", "a bx c"),
        ("x ... ok", "x y nok"),
        ("token SWMTKN-2-49nj1cmql0...", f"token {_TOKEN}"),
        ("token SWMTKN-1-49nj1cmql0... 10.0.0.2:2377", f"token {_TOKEN} 10.0.0.3:2378"),
        ("Waiting...", "Waiting for ever"),
        ("NumberOfContainers...", "NumbersOfImages"),
        ("Removing web ... done", "Removing web ... failed"),
        ("Removing web ... done", "Removing web_1 ... done"),
        ("#7 ...", "#7 [1/2] FROM busybox"),
        ("...\n#7 ...\n#8 x", "#1 a\n#7 y\n#8 x"),
        ("Pulling ... done", "Pulling db ... done"),
        ("Pull ...done", "Pull of x gone"),
        ("a ... b", "a x b c"),
        ("a ... key abc123x", "a b key abd999y"),
        ("...4bc6f1 whole", "hello whole"),
        ("token eyJhbGciOi... ok", "token ... ok"),
    ],
)
def test_what_stands_beside_the_dots_is_compared(sample: str, actual: str) -> None:
    assert compare(sample, actual, Bindings()) != []


def test_a_cell_may_be_left_out() -> None:
    header = "NAME      IMAGE     COMMAND\n"
    assert (
        compare(f"{header}web       nginx     run ...", f"{header}web       nginx     run for ever", Bindings()) == []
    )
    assert (
        compare(f"{header}web       nginx     run ...", f"{header}web       redis     run for ever", Bindings()) != []
    )


def test_what_is_bound_beside_the_dots_is_learnt_and_held() -> None:
    bindings = Bindings()
    assert compare("588ec8830392 is ... up", "67a0a9af86f4 is still up", bindings) == []
    assert compare("588ec8830392", "67a0a9af86f4", bindings) == []
    assert compare("588ec8830392", "000000000000", bindings) != []


def test_many_lines_with_dots_are_looked_for_a_bounded_number_of_times() -> None:
    sample = "\n".join(f"a ... {number}" for number in range(300))
    assert compare(sample, "\n".join(["a x b"] * 300), Bindings()) != []


def test_a_line_with_dots_in_a_cell_fits_no_line_of_another_table() -> None:
    header = "NAME      IMAGE     COMMAND\n"
    assert compare(f"{header}web       nginx     run ...", f"{header}run", Bindings()) != []


def test_a_piece_of_a_token_that_was_typed_is_literal() -> None:
    bindings = Bindings()
    bindings.resolve("login --key abc123def")
    assert compare("key abc123def... ok", "key 99fe5512345 ok", Bindings()) == []
    assert compare("key abc123def... ok", "key 99fe5512345 ok", bindings) != []
