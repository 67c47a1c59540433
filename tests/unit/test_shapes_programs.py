"""What programs in containers and archives of images print anew in each run, from real runs, and damaged ones."""

import pytest

from harness.shapes import Bindings, compare

# docker exec ledger psql -U postgres -c 'select now(), pg_backend_pid()'
_NOW = """\
              now              | pg_backend_pid
-------------------------------+----------------
 2026-11-24 14:55:54.160357+00 |             82
(1 row)"""
_SHORTER = """\
             now              | pg_backend_pid
------------------------------+----------------
 2026-11-24 14:58:05.04196+00 |             81
(1 row)"""

# docker top ledger
_TOP = """\
UID     PID     PPID    C   STIME    TTY   TIME        CMD
101     4003    3983    1   14:55    ?     00:00:00    postgres
101     4095    4003    0   14:55    ?     00:00:00    postgres: io worker 1
101     4096    4003    0   14:55    ?     00:00:00    postgres: io worker 0
101     4098    4003    0   14:55    ?     00:00:00    postgres: checkpointer
101     4101    4003    0   14:55    ?     00:00:00    postgres: walwriter"""
_IN_TURN = """\
UID     PID     PPID    C   STIME    TTY   TIME        CMD
101     4007    3987    0   14:57    ?     00:00:00    postgres
101     4097    4007    0   14:57    ?     00:00:00    postgres: io worker 0
101     4098    4007    0   14:57    ?     00:00:00    postgres: io worker 1
101     4100    4007    0   14:57    ?     00:00:00    postgres: checkpointer
101     4103    4007    0   14:57    ?     00:00:00    postgres: walwriter"""

# docker logs --tail 3 ledger
_LOGGED = '2026-11-24 14:55:55.800 UTC [88] ERROR:  relation "vegetables" does not exist at character 15'
_LATER = '2026-11-24 14:58:00.851 UTC [86] ERROR:  relation "vegetables" does not exist at character 15'

# docker exec ledger pg_dump -U postgres -t fruit
_DUMP = "--\n\n\\restrict MUiL14czPST2Od8QriQEvl52NtRtWuk29LPr7wBimfiytxco5hHiNh8VKSLXgEs\n\n-- Dumped from database"
_ANOTHER = "--\n\n\\restrict qTZ2r3N4cBgOw9dg9QrUNm7eEmj5Kw4qz3JBaouxlB2syDiodqpAT3Ims8wgoRu\n\n-- Dumped from database"

# docker image ls --tree
_TREE = """\
IMAGE                        ID             DISK USAGE   CONTENT SIZE   EXTRA
cup:flat                     9d0937c04720       2.07MB             0B
tea:piped                    dd17426c9bea       2.07MB             0B
centos:latest                e2e2bd23480f       75.3MB             0B"""
_TIED = """\
IMAGE                        ID             DISK USAGE   CONTENT SIZE   EXTRA
tea:piped                    8ece30e8d2ea       2.07MB             0B
cup:flat                     f195c98b4b9b       2.07MB             0B
centos:latest                e2e2bd23480f       75.3MB             0B"""


def manifest(*layers: tuple[str, int], sources: str = "") -> str:
    """As docker save writes it: the sources are a map, which comes sorted by digest."""
    named = ",".join(f'"blobs/sha256/{digest * 64}"' for digest, _ in layers)
    by_digest = ",".join(
        f'"sha256:{digest * 64}":{{"mediaType":"application/vnd.oci.image.layer.v1.tar","size":{size},'
        f'"digest":"sha256:{(sources or digest) * 64}"}}'
        for digest, size in sorted(layers)
    )
    return f'[{{"RepoTags":["tea:oolong"],"Layers":[{named}],"LayerSources":{{{by_digest}}}}}]'


# docker push localhost:5055/tools/box:1, where nothing listens
_REFUSED = (
    'failed to do request: Head "https://localhost:5055/v2/tools/box/blobs/sha256:{}": '
    "dial tcp 127.0.0.1:5055: connect: connection refused"
)


@pytest.mark.parametrize(
    ("command", "sample", "actual", "damages"),
    [
        ("psql", _NOW, _SHORTER, {"| pg": "| my", "81": "many", "(1 row)": "(2 rows)", "+---": "----"}),
        ("docker top ledger", _TOP, _IN_TURN, {"io worker 0": "io worker 2", "4103": "none"}),
        ("docker logs ledger", _LOGGED, _LATER, {"[86]": "[1]", "UTC [86]": "UTC (86)", "ERROR": "FATAL"}),
        ("pg_dump", _DUMP, _ANOTHER, {"qTZ2r3": "qTZ2-r3", "restrict": "restrain"}),
        ("docker image ls --tree", _TREE, _TIED, {"tea": "ale", "8ece30e8d2ea": "8ece30e8d2e", "2.07MB": "2.07MX"}),
        ("tar xOf tea.tar manifest.json", manifest(("a", 1), ("b", 2)), manifest(("b", 1), ("a", 2)), {"2": "3"}),
        ("docker push", _REFUSED.format("a" * 64), _REFUSED.format("b" * 64), {"box": "tin", "refused": "reset"}),
    ],
)
def test_what_a_program_makes_up_is_free_and_the_rest_is_not(
    command: str, sample: str, actual: str, damages: dict[str, str]
) -> None:
    assert compare(sample, actual, after(command)) == []
    assert compare(actual, sample, after(command)) == []
    for old, new in damages.items():
        assert old in actual
        assert compare(sample, actual.replace(old, new, 1), after(command)) != [], f"{old} -> {new}"


def after(command: str) -> Bindings:
    bindings = Bindings()
    bindings.resolve(command)
    return bindings


def test_processes_of_other_names_start_in_their_order() -> None:
    lines = _TOP.split("\n")
    swapped = "\n".join([*lines[:4], lines[5], lines[4]])
    assert compare(_TOP, swapped, after("docker top ledger")) != []


def test_a_random_token_stays_the_same_over_the_page() -> None:
    bindings = after("pg_dump")
    first, second = (text.split("\n")[2] for text in (_DUMP, _ANOTHER))
    assert compare(first, second, bindings) == []
    assert compare(first.replace(" ", "un "), second.replace(" ", "un "), bindings) == []
    assert compare(first.replace(" ", "un "), second.replace("qTZ2", "qTZ3"), bindings) != []


def test_what_a_manifest_says_of_a_layer_belongs_to_that_layer() -> None:
    sample, actual = manifest(("a", 1), ("b", 2)), manifest(("b", 1), ("a", 2))
    assert compare(sample, manifest(("b", 2), ("a", 1)), Bindings()) != []
    assert compare(sample, actual.replace('"sha256:' + "a" * 64 + '":', '"sha256:' + "c" * 64 + '":'), Bindings()) != []
