"""What differs from run to run in programs, archives, builds, rows that look alike: real outputs, and damaged ones."""

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


# docker exec apache ab -q -n 30 http://127.0.0.1/
_RATE = "Requests per second:    {} [#/sec] (mean)\nTime per request:       {} [ms] (mean)"

# docker run --rm httpd:2.4 htpasswd -nbB kim hunter2
_HASHES = (
    "kim:$2y$05$y2XXWPsB95tTMwN4HO7Bae6rm./B7vj48rGfXa.i.7fZJ6kNASFWe",
    "kim:$2y$05$O.wF2ghen1fZVpX9yu/RN.7CRv64hRa/hAlQV5Gq5ZYt/liVvQlly",
)

# docker build --check -, docker exec kv redis-cli info clients, ls -l of what docker run ... tar czf has written
_CHECKED = "/tmp/empty-dir{}/Dockerfile:1"
_BUFFER = "client_recent_max_input_buffer:{}"
_PACKED = "-rw-r--r-- 1 root root {} Nov 24 15:42 vault.tgz"


@pytest.mark.parametrize(
    ("command", "sample", "actual", "damages"),
    [
        ("psql", _NOW, _SHORTER, {"| pg": "| my", "81": "many", "(1 row)": "(2 rows)", "+---": "----"}),
        ("docker top ledger", _TOP, _IN_TURN, {"io worker 0": "io worker 2", "4103": "none"}),
        ("docker logs ledger", _LOGGED, _LATER, {"[86]": "[1]", "UTC [86]": "UTC (86)", "ERROR": "FATAL"}),
        ("pg_dump", _DUMP, _ANOTHER, {"qTZ2r3": "qTZ2-r3", "restrict": "restrain"}),
        ("docker image ls --tree", _TREE, _TIED, {"tea": "ale", "8ece30e8d2ea": "8ece30e8d2e", "2.07MB": "2.07MX"}),
        ("tar xOf tea.tar manifest.json", manifest(("a", 1), ("b", 2)), manifest(("b", 1), ("a", 2)), {"2": "3"}),
        ("ab", _RATE.format("3069.68", "0.283"), _RATE.format("354.1", "2.8"), {"[ms]": "[s]", "354.1": "fast"}),
        ("htpasswd -nbB kim hunter2", _HASHES[0], _HASHES[1], {"kim": "tim", "$2y$05$": "$2y$05", "7CRv6": "7CRv 6"}),
        (
            "docker build --check -",
            _CHECKED.format("3594554015"),
            _CHECKED.format("932707895"),
            {"9327": "x", "1": "2"},
        ),
        ("redis-cli info clients", _BUFFER.format(0), _BUFFER.format(8), {":8": ":x", "input": "output"}),
        ("ls -l vault.tgz", _PACKED.format(287), _PACKED.format(99), {"99": "x", ".tgz": ".tar", "root root": "root"}),
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


def test_which_side_of_a_failed_build_speaks_first_is_a_race() -> None:
    """DOCKER_BUILDKIT=1 docker build -t empty empty, on 28.5.2"""
    solve = "ERROR: failed to build: failed to solve: failed to read dockerfile: open Dockerfile: no such file"
    run = solve.replace("solve", "run Build function")
    for sample, actual in ((solve, run), (run, solve)):
        assert compare(sample, actual, Bindings()) == []
        assert compare(sample, actual.replace("read dockerfile", "read context"), Bindings()) != []
        assert compare(sample, actual.replace("failed to build: ", ""), Bindings()) != []


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


# docker system df -v: two volumes that look alike, and docker volume prune, which takes one of them
_ALIKE = f"VOLUME NAME{' ' * 56}LINKS     SIZE\n{{}}   1         {{}}\n{{}}   1         {{}}"
_PRUNED = "Deleted Volumes:\n{}\n\nTotal reclaimed space: 40.77MB"


def test_a_pair_that_was_guessed_gives_way_to_one_that_is_sure() -> None:
    a, b, x, y, z = (digit * 64 for digit in "abcde")
    for first, second in ((x, y), (y, x)):
        bindings = after("docker system df -v")
        assert (
            compare(_ALIKE.format(a, "40MB", b, "51MB"), _ALIKE.format(first, "51MB", second, "40MB"), bindings) == []
        )
        assert compare(_PRUNED.format(a), _PRUNED.format(z), bindings.copy()) != []
        assert compare(_PRUNED.format(a), _PRUNED.format(x), bindings) == []
        assert bindings.resolve(f"docker volume rm {b}") == f"docker volume rm {y}"
        assert compare(_PRUNED.format(a), _PRUNED.format(y), bindings) != []


def test_a_guess_that_a_command_has_gone_by_is_kept() -> None:
    a, b, x, y = (digit * 64 for digit in "abcd")
    bindings = after("docker system df -v")
    assert compare(_ALIKE.format(a, "40MB", b, "51MB"), _ALIKE.format(x, "51MB", y, "40MB"), bindings) == []
    typed = bindings.resolve(f"docker volume rm {a}").split()[-1]
    other = {x: y, y: x}[typed]
    assert compare(a, typed, bindings.copy()) == []
    assert compare(a, other, bindings) != []


def test_services_of_a_stack_are_created_in_any_order() -> None:
    """docker stack deploy, on 20.10.24 and 28.5.2: a map"""
    bell, clock = "Creating service tower_bell", "Creating service tower_clock"
    assert compare(f"{bell}\n{clock}", f"{clock}\n{bell}", after("docker stack deploy -c stack.yml tower")) == []
    assert compare(f"{bell}\n{clock}", f"{clock}\n{clock}", after("docker stack deploy -c stack.yml tower")) != []


def test_labels_that_a_format_asks_for_come_in_any_order_whatever_their_values_are() -> None:
    command = "docker ps --format '{{.Names}}: {{.Labels}}'"
    sample, actual = "web: room=1,maintainer=A B,kind=web", "web: kind=web,room=1,maintainer=A B"
    assert compare(sample, actual, after(command)) == []
    assert compare(sample, actual, after("cat labels")) != []
    assert compare(sample, actual.replace("A B", "A C"), after(command)) != []


def test_labels_of_a_volume_may_be_sorted_as_since_29_5_or_not() -> None:
    command = "docker volume ls --format '{{.Name}} {{.Labels}}'"
    sample, actual = "data b=2,a=1,com.docker.compose.project=shop", "data a=1,b=2,com.docker.compose.project=shop"
    assert compare(sample, actual, after(command)) == []
    assert compare(sample, actual.replace("b=2", "b=3"), after(command)) != []


def test_how_large_the_parts_of_an_image_are_is_not_what_its_manifest_is_read_for() -> None:
    """docker manifest inspect, on 26.1.5: the layers of a build hold times, and are packed"""
    layer = '{{\n\t"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",\n\t"size": {}\n}}'
    assert compare(layer.format(118), layer.format(117), Bindings()) == []
    assert compare(layer.format(118), layer.format('"?"'), Bindings()) != []


def bake(first: str, second: str, cached: str = "CACHED ") -> str:
    """docker buildx bake of two targets, on 28.5.2: what they share has the name of either."""
    return "\n".join(
        [
            "[+] Building 0.4s (5/5) FINISHED  docker:default",
            f" => [{first} internal] load build definition from Dockerfile  0.0s",
            f" => [{second} internal] load .dockerignore  0.0s",
            f" => [{second} internal] load build context  0.0s",
            f" => [{first} 1/3] FROM docker.io/library/busybox:latest  0.0s",
            f" => {cached}[{first} 2/3] WORKDIR /pantry  0.0s",
            " => [lid 3/3] RUN echo flour > stock.txt  0.1s",
        ]
    )


def test_a_step_that_targets_share_has_the_name_of_any_of_them() -> None:
    assert compare(bake("jar", "lid"), bake("lid", "jar"), Bindings()) == []
    assert compare(bake("jar", "lid"), bake("lid", "jar", cached=""), Bindings()) != []
    assert compare(bake("jar", "lid"), bake("lid", "jar").replace("flour", "sugar"), Bindings()) != []


def test_of_a_failed_build_nobody_waits_for_the_base() -> None:
    """docker build of a COPY of nothing, on 28.5.2 with the containerd store"""
    cached, failed = " => CACHED [1/2] FROM docker.io/library/busybox:latest  0.0s", " => ERROR [2/2] COPY a /a  0.0s"
    output = "[+] Building 0.1s (6/6) FINISHED  docker:default\n{}\n{}"
    plain, done = cached.replace("CACHED ", ""), failed.replace("ERROR ", "")
    assert compare(output.format(cached, failed), output.format(plain, failed), Bindings()) == []
    assert compare(output.format(cached, done), output.format(plain, done), Bindings()) != []


def pruned(*layers: str) -> str:
    lines = ["Deleted Images:", "untagged: note:v1", *(f"deleted: sha256:{layer * 64}" for layer in layers)]
    return "\n".join([*lines, "", "Total reclaimed space: 12.3MB"])


def test_how_many_layers_a_prune_deletes_is_the_images_business_but_there_are_some() -> None:
    """docker system prune -a, on 20.10.24 and 28.5.2: two builds in one second may share a layer, or not"""
    command = "docker system prune -a -f"
    assert compare(pruned("a", "b", "c"), pruned("d", "e"), after(command)) == []
    assert compare(pruned("a", "b", "c"), pruned(), after(command)) != []
    assert compare(pruned("a"), pruned("d").replace("note:v1", "note:v2"), after(command)) != []
    bindings = after("docker pull -q --platform linux/amd64 note")
    assert compare(f"sha256:{'a' * 64}", f"sha256:{'d' * 64}", bindings) == []
    bindings.resolve(command)
    assert compare(pruned("a", "b"), pruned("d", "e"), bindings.copy()) == []
    assert compare(pruned("a", "b"), pruned("f", "e"), bindings) != []


def test_what_is_in_a_folder_that_changed_comes_after_it_in_any_order() -> None:
    command, folder, one, other = "docker diff web", "C /tmp", "A /tmp/one", "A /tmp/other"
    assert compare(f"{folder}\n{one}\n{other}", f"{folder}\n{other}\n{one}", after(command)) == []
    assert compare(f"{folder}\n{one}", f"{one}\n{folder}", after(command)) != []


def test_a_row_whose_gaps_do_not_stand_under_the_titles_is_cut_at_them() -> None:
    """docker builder prune -a -f, on 28.5.2: the first two columns are padded by themselves"""
    head = f"ID{' ' * 46}RECLAIMABLE     SIZE            LAST ACCESSED\n"
    row = f"{{}}*{' ' * 22}true{{}}About a minute ago\n"
    sample = head + row.format("noavvu9so0ryi3qz38hiykwn2", "    74B" + " " * 13)
    actual = head + row.format("jsbpu2ylgehuewrexmcrp4rw7", " " * 12 + "6B" + " " * 14)
    assert compare(sample, actual, after("docker builder prune -a -f")) == []
    assert compare(sample, actual.replace("true", "false"), after("docker builder prune -a -f")) != []


def test_the_number_of_a_failed_step_in_its_excerpt_follows_the_order_of_the_steps() -> None:
    """docker build of a RUN that fails, on 28.5.2"""
    output = (
        "[+] Building 0.1s (5/5) FINISHED  docker:default\n => ERROR [2/2] RUN nosuch  0.1s\n"
        "------\n > [2/2] RUN nosuch:\n"
        "#{} {} /bin/sh: 1: nosuch: not found\n------"
    )
    sample = output.format(6, "0.123")
    assert compare(sample, output.format(7, "0.087"), Bindings()) == []
    assert compare(sample, output.format(7, "0.087").replace("1: nosuch", "2: nosuch"), Bindings()) != []
    assert compare(sample, output.format(7, "soon"), Bindings()) != []


@pytest.mark.parametrize("seconds", ["0.948", "10.48", "126.5", "1265."])
def test_a_step_of_a_build_may_take_long(seconds: str) -> None:
    """docker build of a RUN that fails, on 28.5.2; a machine that is emulated took ten seconds for it."""
    output = (
        "[+] Building 0.1s (5/5) FINISHED  docker:default\n => ERROR [2/2] RUN mkdir /a/b  0.1s\n"
        "------\n > [2/2] RUN mkdir /a/b:\n{} mkdir: No such file or directory\n------\nDockerfile:2"
    )
    plain = "#5 [2/2] RUN mkdir /a/b\n#5 {} mkdir: No such file or directory\n#5 ERROR: exit code: 1"
    for text in (output, plain):
        assert compare(text.format("0.123"), text.format(seconds), Bindings()) == []
        assert compare(text.format("0.123"), text.format(seconds).replace("mkdir:", "rmdir:"), Bindings()) != []
        assert compare(text.format("0.123"), text.format("1.5"), Bindings()) != []


def test_what_was_there_already_says_nothing_where_another_layer_says_how_it_went() -> None:
    """docker pull without a terminal, on 20.10.24"""
    there, fetched = "332519fe4190: Already exists\n", "590a7a06b822: Pulling fs layer\n590a7a06b822: Pull complete\n"
    assert compare(there + fetched, fetched, after("docker pull python:3")) == []
    assert compare(there + fetched, there, after("docker pull python:3")) != []


def test_two_windows_show_the_same_where_half_of_their_events_are_common() -> None:
    events = [
        f"2026-11-24T09:33:5{number}.009023108Z container {what} {'a' * 64} (image=busybox, name=lim)"
        for number, what in enumerate(("create", "attach", "start", "die", "destroy"))
    ]
    typed = "docker events --since 4s --until 0s"
    assert compare("\n".join(events[:4]), "\n".join(events[2:]), after(typed)) == []
    assert compare("\n".join(events[:4]), "\n".join(events[3:]), after(typed)) == []
    assert compare("\n".join(events[:4]), "\n".join([events[4], *events[4:]]), after(typed)) != []


_ACTIONS = (
    "attach commit connect copy create destroy detach die disconnect exec_create: exec_detach: exec_die exec_start: "
    "export health_status: kill mount oom pause prune pull push rename resize restart start stop tag top unmount "
    "unpause untag update"
)


@pytest.mark.parametrize("action", _ACTIONS.split())
def test_what_only_one_window_saw_at_its_edge_is_no_difference(action: str) -> None:
    first, second, edge = (
        f"2026-11-24T09:33:5{number}.009023108Z container {what} {'a' * 64} (image=busybox, name=lim)"
        for number, what in enumerate(("create", "start", action))
    )
    typed = "docker events --since 4s --until 0s"
    assert compare("\n".join([first, second, edge]), "\n".join([first, second]), after(typed)) == []
    other = second.replace("name=lim", "name=sea")
    assert compare("\n".join([first, second, edge]), "\n".join([first, other, edge]), after(typed)) != []


@pytest.mark.parametrize("option", ["-d", "--detach"])
def test_a_program_in_a_detached_container_prints_nothing_here(option: str) -> None:
    answers = after(f"docker run {option} busybox nslookup store")
    assert compare("one\ntwo", "two\none", answers) != []
    loops = after(f"docker run {option} busybox sh -c 'while true; do echo hello; done'")
    assert compare("hello\n" * 3, "hello\n" * 5, loops) != []


def test_a_row_whose_first_column_is_set_to_the_left_is_not_indented() -> None:
    disks = "Filesystem      Size  Used Avail Use% Mounted on\nshm              96M     0   96M   0% /dev/shm"
    assert compare(disks, disks.replace("shm    ", "    shm", 1), Bindings()) != []
    of_docker = "PID                 COMMAND\n298                 sleep 1d"
    assert compare(of_docker, of_docker.replace("298", "    298"), Bindings()) != []
    processes = "PID   USER     TIME  COMMAND\n    1 root      0:00 sleep 1d"
    assert compare(processes, processes.replace("    1 ", " 1 "), Bindings()) == []


def test_a_rule_of_psqls_under_a_line_without_a_bar_is_a_line_like_others() -> None:
    assert compare("a\n---+---", "b\n---+---", Bindings()) != []
    assert compare("a\n---+---", "a\n---+---", Bindings()) == []
