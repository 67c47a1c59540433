"""Which steps of a page hang on one that failed: they are not typed, and all others are."""

import pytest

from harness.claims.sessions import Step, parse
from harness.hanging import Failures
from harness.shapes import Bindings

ID = "588ec8830392"


def step(session: str) -> Step:
    [only] = parse(session).steps
    return only


def hangs(failed: str, later: str, *passed: str, ended_as_shown: bool = False) -> str:
    """On what `later` hangs once `failed` has failed at page.md:1, and what `passed` after that; '' for nothing."""
    failures = Failures()
    failures.add("", step(failed), "page.md:1", ended_as_shown=ended_as_shown)
    for command in passed:
        failures.passed("", step(command))
    return failures.hangs_on("", step(later), Bindings())


@pytest.mark.parametrize(
    ("failed", "later", "lacking"),
    [
        ("$ docker run -d --name web nginx", "$ docker logs web", "web"),
        ("$ docker run -d --name web nginx", "$ docker exec -it web sh", "web"),
        ("$ docker run -d --name web nginx", "$ docker run --network container:web busybox", "web"),
        ("$ docker run -d --name web nginx", "$ docker cp web:/etc/hosts .", "web"),
        ("$ docker run -d --name web nginx", "$ curl http://web:80/", "web"),
        ("$ docker network create net", "$ docker run --network net busybox true", "net"),
        ("$ docker volume create data", "$ docker run -v data:/data busybox ls /data", "data"),
        ("$ docker secret create key key.txt", "$ docker secret inspect key", "key"),
        ("$ docker build -t app .", "$ docker run --rm app", "app"),
        ("$ docker build -t app:1 .", "$ docker push app:1", "app:1"),
        ("$ docker tag app shop/app", "$ docker push shop/app", "shop/app"),
        ("$ docker pull redis", "$ docker rmi redis", "redis"),
        ("$ docker compose up -d", "$ docker compose ps", "the services of compose"),
        ("$ docker swarm init", "$ docker service create --name web nginx", "the swarm"),
        ("$ mkdir app", "$ ls app", "app"),
        ("$ mkdir -p app/src", "$ cp a.py ./app/src/a.py", "app/src"),
        ("$ git clone https://example.com/shop.git", "$ ls shop/README.md", "shop"),
        ("$ git clone https://example.com/shop.git mine", "$ cd mine", "mine"),
        ("$ curl -s localhost > page.html", "$ cat page.html", "page.html"),
        ("$ docker save app > app.tar", "$ docker load < app.tar", "app.tar"),
        ("$ echo a | tee file", "$ docker run -v ./file:/file busybox cat /file", "file"),
    ],
)
def test_what_a_step_was_to_make_is_not_there(failed: str, later: str, lacking: str) -> None:
    assert hangs(failed, later) == f"`{lacking}` of page.md:1 isn't there"
    assert hangs(failed, later, ended_as_shown=True) == ""
    assert hangs(failed, later, failed) == ""


@pytest.mark.parametrize(
    ("failed", "later"),
    [
        ("$ docker run -d --name web nginx", "$ docker run -d --name web httpd"),
        ("$ docker run -d --name web nginx", "$ docker run --rm nginx true"),
        ("$ docker run -d --name web nginx", "$ docker ps"),
        ("$ docker run -d --name web nginx", "$ docker logs website"),
        ("$ docker run -d --name web nginx", "$ echo web"),
        ("$ docker pull redis", "$ docker run --rm redis redis-server --version"),
        ("$ docker compose up -d", "$ docker compose up -d"),
        ("$ docker compose up -d", "$ docker compose config"),
        ("$ docker compose up -d", "$ docker ps"),
        ("$ docker swarm init", "$ docker run --rm nginx"),
        ("$ mkdir app", "$ echo app"),
        ("$ mkdir app", "$ mkdir -p app"),
        ("$ docker ps 2> /dev/null", "$ cat /dev/null"),
        ("$ docker images", "$ docker run --rm busybox"),
    ],
)
def test_a_step_that_needs_nothing_of_it_is_typed(failed: str, later: str) -> None:
    assert hangs(failed, later) == ""


@pytest.mark.parametrize(
    ("shown", "later", "lacking"),
    [
        (ID, f"$ docker stop {ID}", ID),
        (ID, "$ docker stop 588e", "588e"),
        ("web   Up   priceless_swartz", "$ docker stop priceless_swartz", "priceless_swartz"),
    ],
)
def test_what_a_step_was_to_show_is_not_known_however_it_ended(shown: str, later: str, lacking: str) -> None:
    failed = f"$ docker ps\n{shown}"
    assert hangs(failed, later, ended_as_shown=True) == f"`{lacking}` of page.md:1 isn't known"
    assert hangs(failed, "$ docker stop dead", ended_as_shown=True) == ""


def test_an_id_that_this_run_knows_by_another_name_is_typed() -> None:
    failures, bindings = Failures(), Bindings()
    bindings.adopt(ID, "0123456789ab")
    failures.add("", step(f"$ docker ps\n{ID}"), "page.md:1", ended_as_shown=True)
    assert failures.hangs_on("", step(f"$ docker stop {ID}"), bindings) == ""


@pytest.mark.parametrize("later", ["$ docker stop $ID", '$ docker stop "${ID}"', "$ echo ${ID:0:4}"])
@pytest.mark.parametrize("failed", ["$ ID=$(docker run -d nginx)", "$ export ID=$(docker ps -q)"])
def test_a_variable_that_a_step_was_to_set_isnt_set(failed: str, later: str) -> None:
    assert hangs(failed, later) == "`$ID` of page.md:1 isn't set"
    assert hangs(failed, "$ echo $IDS ID") == ""
    assert hangs(failed, later, "$ ID=588e") == ""


def test_what_was_set_in_a_terminal_that_had_to_be_closed_is_gone() -> None:
    failures = Failures()
    failures.passed("", step("$ ID=588e"))
    failures.add("", step("$ vi Dockerfile"), "page.md:2", ended_as_shown=False)
    failures.closed("")
    assert failures.hangs_on("", step("$ docker stop $ID"), Bindings()) == "`$ID` of page.md:2 isn't set"
    assert failures.hangs_on("터미널 2", step("$ docker stop $ID"), Bindings()) == ""


@pytest.mark.parametrize(
    ("later", "is_hanging"),
    [
        ("$ ls", True),
        ("$ docker build .", True),
        ("$ docker compose config", True),
        ("$ docker run -v $(pwd):/src busybox", True),
        ("$ docker ps", False),
        ("$ docker run -v data:/src busybox", False),
        ("$ echo a", False),
        ("$ cd ..", False),
    ],
)
def test_where_a_folder_was_not_gone_to_what_depends_on_it_is_not_typed(later: str, is_hanging: bool) -> None:
    assert hangs("$ cd app", later) == ("the folder of page.md:1 was not gone to" if is_hanging else "")
    assert hangs("$ cd app", later, "$ cd ~/app") == ""


def test_what_a_fence_that_cant_be_read_would_have_made_is_not_there() -> None:
    failures = Failures()
    failures.add_unread("", f"docker network create net\nminji@mac ~ % docker run --name web nginx\n{ID}", "page.md:1")
    for later, lacking in (("$ docker logs web", "web"), ("$ docker network rm net", "net")):
        assert failures.hangs_on("", step(later), Bindings()) == f"`{lacking}` of page.md:1 isn't there"
    assert failures.hangs_on("", step(f"$ docker stop {ID}"), Bindings()) == f"`{ID}` of page.md:1 isn't known"
