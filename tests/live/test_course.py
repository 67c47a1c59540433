"""Pages one after the other on one machine: what a reader would meet there, and whose it is."""

from live.project import Project

LEAVES = """\
``` console
$ docker pull -q busybox
docker.io/library/busybox:latest
$ docker run -d --name web -p 8080:80 busybox httpd -f -p 80
588ec8830392aa7b5e2c2ca0e1f4b8e2ff5d4a3c1b0e9f8d7c6b5a4938271605
$ echo note > note.txt
```
"""
MEETS = """\
``` console
$ docker run -d --name web busybox sleep 1d
6f2e357b10826f2e357b10826f2e357b10826f2e357b10826f2e357b10826f2e
$ docker rm -f web
web
```
"""
KEEPS_HOUSE = """\
``` console
$ mkdir -p ~/docker-note/house && cd ~/docker-note/house
$ docker run --rm busybox echo hello
Unable to find image 'busybox:latest' locally
latest: Pulling from library/busybox
3c9724416223: Pull complete
Digest: sha256:4616c35d6f407e82024b7e7e85c1b735fcf57debc3e1e1ef817d241058cdbbde
Status: Downloaded newer image for busybox:latest
hello
$ docker ps -a
CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES
$ cd ~ && rm -r ~/docker-note/house
```
"""


def test_a_name_that_an_earlier_page_left_is_told_with_both_pages_and_the_machine_is_shared(project: Project) -> None:
    ran = project.run({"leaves.md": LEAVES, "meets.md": MEETS}, "--course", "--engine=28")
    assert "leaves.md: the page leaves behind: container web (port 8080), file ~/note.txt" in ran.stdout
    assert "rm -r ~/note.txt" in ran.stdout
    assert 'meets.md:3: line: `docker: Error response from daemon: Conflict. The container name "/web"' in ran.stdout
    assert "leftover  container web (port 8080) was left by leaves.md" in ran.stdout
    assert (ran.returncode, project.summary()["differs"], project.summary()["passed"]) == (1, 1, 3)


def test_a_page_that_keeps_house_passes_twice_and_after_others(project: Project) -> None:
    ran = project.run({"house.md": KEEPS_HOUSE}, "--twice", "--engine=28")
    assert (ran.returncode, project.summary()["passed"]) == (0, 8), ran.stdout
    assert "house.md::28 again::line 1 PASSED" in ran.stdout
    assert not (project.root / "build/evidence/28").exists()  # no proof: the machine was used before


def test_a_page_that_does_not_keep_house_is_in_its_own_way(project: Project) -> None:
    ran = project.run({"leaves.md": LEAVES}, "--twice", "--engine=28")
    assert "leftover  container web (port 8080) was left by leaves.md" in ran.stdout
    assert ran.returncode == 1


def test_a_page_that_leaves_things_is_a_wrong_page_and_the_next_gets_new_terminals(project: Project) -> None:
    inside = "``` console\n$ docker run -it --rm centos bash\n...\n[root@588ec8830392 /]#\n```\n"
    ran = project.run({"inside.md": inside, "house.md": KEEPS_HOUSE}, "--course", "--engine=28")
    assert "inside.md: the page leaves behind: container" in ran.stdout
    assert (ran.returncode, project.summary()["passed"]) == (2, 5), ran.stdout
