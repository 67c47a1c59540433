"""What the bench takes for free by design, and what it asks for."""

import pytest

from bench import free

_LAYERS = ["Using default tag: latest", "3da975e6cc16: Pull complete", "4ac5dcd2f3d5: Pull complete", "Digest: x"]
_RECORDS = [
    "kabmmxsvg9vw   regular        28B       3 seconds ago    false",
    "xnoavvu9so0r   regular        0B        3 seconds ago    false",
    "b1dlq0zv5e6r   source.local   0B        3 seconds ago    false",
]
_UNSENT = """time="2026-11-28T18:48:43Z" level=error msg="Can't add file /a to tar: io: read/write on closed pipe\""""
_EVENT = "2026-11-24T09:33:50.009023108Z container {} {} (image=busybox)"
_EVENTS = [_EVENT.format(what, "a" * 64) for what in ("create", "start", "health_status: healthy", "die")]


@pytest.mark.parametrize(
    ("command", "lines", "gone", "expected"),
    [
        ("docker pull alpine", _LAYERS, [1], True),
        ("docker pull alpine", _LAYERS, [1, 2], False),
        ("docker pull alpine", _LAYERS, [3], False),
        ("docker pull alpine", _LAYERS, [1, 3], False),
        ("cat layers.txt", _LAYERS, [1], False),
        ("docker system df -v", _RECORDS, [0], True),
        ("docker system df -v", _RECORDS, [2], False),
        ("docker logs clock", ["tick 1", "tick 2", "stop"], [0], True),
        ("docker logs clock", ["tick 1", "tick 2", "stop"], [2], False),
        ("docker exec web ls logs", ["app 1", "app 2"], [0], False),
        ("docker run --rm busybox sh -c 'while sleep 1; do date; done'", ["at 1", "at 2"], [0], True),
        ("docker run -d busybox sh -c 'while sleep 1; do date; done'", ["at 1", "at 2"], [0], False),
        ("docker events", _EVENTS, [0], True),
        ("docker events", _EVENTS, [3], True),
        ("docker events", _EVENTS, [1], False),
        ("docker events", _EVENTS, [2], True),
        ("docker events --format x", ["create box", "exec_die web", "die box"], [1], True),
        ("docker events --format x", ["create box", "exec_die web", "start box", "die box"], [1, 2], False),
        ("docker cp a web:/none/", [_UNSENT, "no such directory"], [0], True),
        ("docker cp a web:/none/", [_UNSENT, "no such directory"], [1], False),
        ("docker attach web", ["root@588ec8830392:/#", "hi"], [0], True),
        ("docker attach web", ["root@588ec8830392:/#", "hi"], [1], False),
    ],
)
def test_a_line_may_be_missing_only_where_the_table_says_so(
    command: str, lines: list[str], gone: list[int], expected: bool
) -> None:
    assert free.may_lack(command, lines, gone) == expected


_OF_REGISTRY = 'time="2026-11-28T18:51:59.231Z" level=info msg="{}" go.version=go1.26.5'
_OLD = "nginx        1         11ecf7822319   {}    123MB"


@pytest.mark.parametrize(
    ("command", "first", "second", "expected"),
    [
        ("docker diff web", "A /etc/a", "A /etc/b", True),
        ("docker diff web", "C /etc", "A /etc/b", False),
        ("docker diff web | sort", "A /etc/a", "A /etc/b", False),
        ("cat diff", "A /etc/a", "A /etc/b", False),
        ("docker images", _OLD.format("2 weeks ago"), _OLD.format("2 weeks ago"), True),
        ("docker images", _OLD.format("2 weeks ago"), _OLD.format("3 weeks ago"), False),
        ("docker images", "small:1   de7f1217874a   532MB", "tiny:1   11ecf7822319   2MB", False),
        ("docker compose logs", "web-1  | a", "db-1  | b", True),
        ("docker compose logs", "web-1  | a", "web-1  | b", False),
        ("docker volume ls -q", "f" * 64, "data", True),
        ("docker volume ls -q", "logs", "data", False),
        ("docker volume prune -f", "f" * 64, "data", True),
        ("docker volume prune -f", "f" * 64, "a" * 64, True),
        ("docker run --rm app", "poems", "touch: /s/c: Read-only file system", True),
        ("docker buildx bake", " => [day stage-0 2/4] RUN date  0.4s", " => [night stage-0 2/4] RUN date  0.4s", True),
        ("docker buildx bake", " => [day stage-0 2/4] RUN date  0.4s", " => [day stage-0 3/4] RUN date  0.4s", False),
        ("docker run --rm app", "1000", "whoami: cannot find name for user ID 1000", True),
        ("docker run --rm app", "poems", "maps", False),
        ("docker run --rm app", "rm: /a: Read-only file system", "rm: /b: Read-only file system", False),
        ("docker run --rm -it app", "poems", "touch: /s/c: Read-only file system", False),
        ("docker container prune -f", "f" * 64, "a" * 64, False),
        ("docker pull alpine", "3da975e6cc16: Pull complete", "4ac5dcd2f3d5: Already exists", True),
        ("docker pull alpine", "3da975e6cc16: Pulling fs layer", "3da975e6cc16: Pull complete", False),
        ("docker run app", "ERRO[0000] error waiting for container: context canceled", "See 'docker run'", True),
        ("docker ps", "588ec8830392   nginx", "11ecf7822319   redis", False),
        ("docker ps --format '{{.Names}}'", "shop-web-1", "shop-db-1", True),
        ("docker ps --format '{{.Names}} {{.Status}}'", "shop-web-1 Up 2 hours", "shop-db-1 Up 3 hours", False),
        ("docker ps --format '{{.Names}}'", "web", "db", False),
        ("docker logs reg", _OF_REGISTRY.format("redis not configured"), _OF_REGISTRY.format("using inmemory x"), True),
        ("docker logs reg", _OF_REGISTRY.format("redis not configured"), _OF_REGISTRY.format("listening on"), False),
        ("docker buildx history ls", "rcfg   web   2 hours ago   1s", "ouvj   api   2 hours ago   3s", True),
        ("docker buildx history ls", "rcfg   web   2 hours ago   1s", "ouvj   api   3 hours ago   3s", False),
        ("docker events --format '{{.Time}} {{.Name}}'", "1795891248 cool_tharp", "1795891246 zen_hugle", True),
        ("docker events --format '{{.Time}} {{.Name}}'", "1795891248 web", "1795891246 db", False),
    ],
)
def test_two_lines_may_change_places_only_where_the_table_says_so(
    command: str, first: str, second: str, expected: bool
) -> None:
    assert free.may_swap(command, first, second) == expected


def test_an_id_may_be_another_only_in_the_lines_of_layers() -> None:
    assert free.may_be_another("docker pull alpine", "3da975e6cc16: Pull complete")
    assert not free.may_be_another("docker pull alpine", "Digest: sha256:3da975e6cc16")


def test_what_is_free_is_printed_with_its_reason() -> None:
    printed = free.explain()
    assert [row.name for row in free.FREE if row.name not in printed or row.reason not in printed] == []


@pytest.mark.parametrize(
    ("command", "first", "second", "expected"),
    [
        (
            "docker volume inspect d",
            '"CreatedAt": "2026-11-27T14:55:32Z",',
            '"CreatedAt": "2026-11-27T14:55:32+09:00",',
            True,
        ),
        ("docker volume inspect d", '"CreatedAt": "2026-11-27T14:55:32Z",', '"CreatedAt": "2026-11-27",', False),
        ("docker run --rm busybox cat log", "2026-11-27T14:55:32Z up", "2026-11-27T14:55:32+09:00 up", False),
        ("docker images", "redis   2025-11-03 17:40:22 +0000 UTC", "redis   2025-11-03 17:40:22 +0900 KST", True),
        ("docker cp web:/a .", "copied 2kB to /home/reader/a", "copied 2kB to /home/minji/a", True),
        ("docker cp web:/a .", "copied 2kB to /home/reader/a", "copied 2kB to /home/reader/b", False),
        ("docker exec cache redis-cli randomkey", "moons", "stars", True),
        ("docker info --format '{{.NCPU}} CPUs'", "2 CPUs", "16 CPUs", True),
        ("docker info --format '{{.NCPU}} CPUs'", "2 CPUs", "2 cores", False),
        ("docker info --format '{{.Containers}}'", "2", "3", False),
        ("docker exec cache redis-cli get moons", "4", "5", False),
    ],
)
def test_a_text_may_be_another_only_where_the_table_says_so(
    command: str, first: str, second: str, expected: bool
) -> None:
    assert free.is_same(command, first, second) == expected
