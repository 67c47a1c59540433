"""On a machine that other pages have used: what counts in an output, and who left what in whose way."""

from contextlib import nullcontext

import pytest

from harness.lab.course import Course, removal_commands
from harness.lab.host import Thing
from harness.lab.machine import Machine
from harness.shapes import Bindings, compare, missing
from unit.local_host import LocalHost

PS = "CONTAINER ID   IMAGE     COMMAND      CREATED          STATUS         PORTS     NAMES"
DB = '588ec8830392   busybox   "sleep 1d"   10 seconds ago   Up 9 seconds             db'
KEEP = '0ad1e915ffa4   debian    "sleep 1d"   2 hours ago      Up 2 hours               keep'
PULL = """\
Using default tag: latest
latest: Pulling from library/centos
a1d0c7532777: Pull complete
Digest: sha256:a27fd8080b517143cbbbab9dfb7c8571c40d67d534bbdee55bd6c473f432b177
Status: Downloaded newer image for centos:latest
docker.io/library/centos:latest"""
PULLED = """\
Using default tag: latest
latest: Pulling from library/centos
Digest: sha256:a27fd8080b517143cbbbab9dfb7c8571c40d67d534bbdee55bd6c473f432b177
Status: Image is up to date for centos:latest
docker.io/library/centos:latest"""
RUN = """\
Unable to find image 'centos:latest' locally
latest: Pulling from library/centos
a1d0c7532777: Pull complete
Digest: sha256:a27fd8080b517143cbbbab9dfb7c8571c40d67d534bbdee55bd6c473f432b177
Status: Downloaded newer image for centos:latest
hello"""
BUILD = """\
[+] Building 0.8s (6/6) FINISHED                                  docker:default
 => [internal] load build definition from Dockerfile                        0.0s
 => [1/2] FROM docker.io/library/busybox                                    0.0s
 => [2/2] WORKDIR /app                                                      0.1s
 => exporting to image                                                      0.0s
 => => naming to docker.io/library/hello:1                                  0.0s"""
DF = """\
TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE
Images          2         2         117.9MB   117.9MB (99%)
Containers      2         1         0B        0B"""


def judged(command: str, sample: str, actual: str) -> list[str]:
    bindings = Bindings()
    bindings.resolve(command)
    return [str(difference) for difference in missing(sample, actual, bindings)]


@pytest.mark.parametrize(
    ("command", "sample", "actual"),
    [
        pytest.param("docker ps", f"{PS}\n{DB}", f"{PS}\n{KEEP}\n{DB}", id="a row of another page's container"),
        pytest.param("docker ps", f"{PS}\n{DB}", f"{PS}\n{DB}\n{KEEP}", id="and one behind"),
        pytest.param("docker ps", PS, f"{PS}\n{KEEP}", id="in an empty list"),
        pytest.param("docker pull centos", PULL, PULLED, id="a pull of what is there"),
        pytest.param("docker run centos echo hello", RUN, "hello", id="a run of what is there"),
        pytest.param(
            "docker build -t hello:1 .",
            BUILD,
            BUILD.replace(" => [2/2]", " => CACHED [2/2]"),
            id="a step that was done before",
        ),
        pytest.param(
            "docker system df",
            DF,
            DF.replace("Images          2         2 ", "Images          14        3 "),
            id="how many images there are",
        ),
    ],
)
def test_what_else_is_on_the_machine_and_what_was_done_before_is_no_difference(
    command: str, sample: str, actual: str
) -> None:
    assert judged(command, sample, actual) == []
    assert compare(sample, actual, Bindings()) != []  # on a fresh machine it is one


def test_how_much_room_is_freed_where_other_pages_took_some_is_no_difference() -> None:
    freed = "Deleted Images:\nuntagged: note:latest\n\nTotal reclaimed space: {}"
    assert judged("docker image prune -a -f", freed.format("0B"), freed.format("409MB")) == []
    bindings = Bindings()
    bindings.resolve("docker image prune -a -f")
    assert compare(freed.format("0B"), freed.format("409MB"), bindings) != []


@pytest.mark.parametrize(
    ("command", "sample", "actual", "told"),
    [
        ("docker ps", f"{PS}\n{DB}", f"{PS}\n{KEEP}", "IMAGE: `debian`, the page says `busybox`"),
        ("docker ps", f"{PS}\n{DB}", PS, "the page's row `588ec8830392  busybox"),
        (
            "docker ps",
            f"{PS}\n{DB}",
            f"{PS}\n{DB.replace('Up 9', 'Dead 9')}",
            "STATUS: `Dead 9 seconds`, the page says `Up 9 seconds`",
        ),
        ("docker run centos echo hello", RUN, RUN.removesuffix("\nhello"), "the page's line `hello` is missing"),
        (
            "docker pull centos",
            PULL,
            PULLED.removesuffix("\ndocker.io/library/centos:latest"),
            "the page's line `docker.io/library/centos:latest` is missing",
        ),
        (
            "docker build -t hello:1 .",
            BUILD,
            BUILD.replace(" => [2/2] WORKDIR", " => CACHED [2/2] USER"),
            "line `=> [2/2] WORKDIR /app`: `CACHED [2/2] USER`, the page says `[2/2] WORKDIR`",
        ),
    ],
)
def test_what_is_missing_is_told(command: str, sample: str, actual: str, told: str) -> None:
    assert told in "\n".join(judged(command, sample, actual))


def test_a_bound_name_stays_the_same_thing_on_a_used_machine() -> None:
    bindings = Bindings()
    bindings.resolve("docker ps")
    assert missing(f"{PS}\n{DB}", f"{PS}\n{KEEP}\n{DB.replace('588ec8830392', '123456789abc')}", bindings) == []
    assert bindings.resolve("docker stop 588ec8830392") == "docker stop 123456789abc"


@pytest.fixture
def course(host: LocalHost) -> Course:
    machine = Machine(lambda kind: nullcontext(host))
    machine.start("engine")
    return Course(machine)


WEB = Thing("container", "web", (8080,))
MEMO = Thing("volume", "memo")


def test_what_a_page_leaves_is_what_is_there_at_its_end_and_was_not_at_its_beginning(
    course: Course, host: LocalHost
) -> None:
    host.others = [MEMO]
    course.begin()
    host.others = [WEB, MEMO]
    assert course.end("docs/limits.md") == [WEB]


def test_of_what_earlier_pages_left_a_step_is_told_what_its_output_names(course: Course, host: LocalHost) -> None:
    for page, thing in (("docs/limits.md", WEB), ("docs/volumes.md", MEMO)):
        course.begin()
        host.others = [*host.others, thing]
        course.end(page)
    conflict = 'docker run --name web nginx\nConflict. The container name "/web" is already in use'
    assert course.in_the_way(conflict) == "container web (port 8080) was left by docs/limits.md"
    taken = "docker run -p 8080:80 nginx\nBind for 0.0.0.0:8080 failed: port is already allocated"
    assert course.in_the_way(taken) == "container web (port 8080) was left by docs/limits.md"
    assert course.in_the_way("docker ps\nwebsite") == (
        "container web (port 8080) was left by docs/limits.md; volume memo was left by docs/volumes.md"
    )


def test_what_a_later_page_has_removed_is_in_nobodys_way(course: Course, host: LocalHost) -> None:
    course.begin()
    host.others = [WEB]
    course.end("docs/limits.md")
    course.begin()
    host.others = []
    course.end("docs/cleanup.md")
    assert course.in_the_way("web") == ""


def test_the_way_out_names_the_commands_that_remove_what_was_left() -> None:
    left = [WEB, Thing("file", "~/Dockerfile"), MEMO, Thing("network", "shop"), Thing("container", "db")]
    expected = "docker rm -f web db; docker volume rm memo; docker network rm shop; rm -r ~/Dockerfile"
    assert removal_commands(left) == expected


def test_of_a_pull_that_was_not_needed_nothing_is_missing_whatever_else_is() -> None:
    assert judged("docker run centos echo hello", RUN, "bye") == ["the page's line `hello` is missing"]


def test_a_blank_line_below_a_pull_that_was_not_needed_is_not_missing() -> None:
    greeting = "\nHello from Docker!\nThis message shows that your installation appears to be working correctly."
    pull = RUN.rsplit("\n", 1)[0]
    assert judged("docker run hello-world", f"{pull}\n{greeting}", greeting) == []
    assert judged("docker run hello-world", f"{pull}\n{greeting}", greeting.replace("!", "?")) == [
        "the page's line `Hello from Docker!` is missing"
    ]
