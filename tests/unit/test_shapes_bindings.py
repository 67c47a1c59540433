"""What is bound stays the same thing over a page: in outputs, in prompts and in commands."""

import pytest

from harness.shapes import Bindings, compare, compare_prompts, prompt_pattern

HEADER = "CONTAINER ID   IMAGE           COMMAND   CREATED         STATUS         PORTS     NAMES\n"
SAMPLE = HEADER + '588ec8830392   centos:latest   "bash"    4 minutes ago   Up 4 minutes             priceless_swartz'
ACTUAL = HEADER + '67a0a9af86f4   centos:latest   "bash"    5 seconds ago   Up 4 seconds             zen_villani'
LONG_SAMPLE = "588ec8830392" + "a" * 52
LONG_ACTUAL = "67a0a9af86f4" + "b" * 52


def learnt() -> Bindings:
    bindings = Bindings()
    assert compare(SAMPLE, ACTUAL, bindings) == []
    return bindings


def test_an_id_and_a_name_in_a_command_are_those_of_this_run() -> None:
    assert learnt().resolve("docker restart 588ec8830392") == "docker restart 67a0a9af86f4"
    assert learnt().resolve("docker stop priceless_swartz") == "docker stop zen_villani"
    assert learnt().resolve("docker run -it centos:latest bash") == "docker run -it centos:latest bash"


def test_an_id_that_the_author_shortened_is_shortened_in_the_same_way() -> None:
    bindings = learnt()
    assert bindings.resolve("docker rm 588e") == "docker rm 67a0"
    assert compare("588e", "67a0", bindings) == []
    assert compare("588e", "588e", bindings) != []


@pytest.mark.parametrize(
    "command",
    ["docker rm -f {}", "docker rmi {}", "sudo docker container stop -t 60 web {}", "docker exec {} ls"],
)
def test_two_or_three_digits_of_an_id_are_typed_as_more_of_it(command: str) -> None:
    for word in ("58", "588"):
        bindings = learnt()
        assert bindings.resolve(command.format(word)) == command.format("67a0a9")
        assert compare(word, "67a0a9", bindings) == []
        assert compare(word, word, bindings) != []
        assert compare(f"sum {word}", f"sum {word}", bindings) == []  # only docker's own line
        assert bindings.restore("67a0a9\n67a0a9af86f4 b") == f"{word}\n588ec8830392 b"


@pytest.mark.parametrize(
    "command",
    ["sleep 58", "docker run web sleep 58", "docker exec web sleep 58", "docker logs --tail 58 web", "docker rm 59 5"],
)
def test_what_may_be_another_thing_than_an_id_is_typed_as_it_stands(command: str) -> None:
    assert learnt().resolve(command) == command


@pytest.mark.parametrize(
    "command",
    [
        "docker run -d --name {} redis",
        "docker container create --name {} redis",
        "docker rename web {}",
        "docker network create {}",
        "docker volume create -d local {}",
        "docker tag redis {}",
        "docker build -t {} .",
    ],
)
def test_a_name_that_the_page_gives_is_no_shortened_id(command: str) -> None:
    for name in ("58", "588ec"):
        bindings = learnt()
        assert bindings.resolve(command.format(name)) == command.format(name)
        assert bindings.resolve(f"docker rm -f {name}") == f"docker rm -f {name}"
        assert compare(name, name, bindings) == []


def test_a_name_that_a_compose_file_gives_is_no_shortened_id() -> None:
    bindings = learnt()
    bindings.write_file("compose.yaml", "services:\n  db:\n    container_name: '58'\n")
    assert bindings.resolve("docker exec 58 ls") == "docker exec 58 ls"


def test_what_a_container_is_made_to_run_is_no_name() -> None:
    bindings = learnt()
    bindings.resolve("docker container create redis sleep 58")
    assert bindings.resolve("docker rm 58") == "docker rm 67a0a9"


def test_digits_with_which_two_ids_begin_are_typed_as_they_stand() -> None:
    bindings = learnt()
    assert compare("58fedcba9876", "0123456789ab", bindings) == []
    assert bindings.resolve("docker rm 58") == "docker rm 58"
    assert bindings.resolve("docker rm 588 58f") == "docker rm 67a0a9 012345"


def test_an_id_that_changes_is_a_difference() -> None:
    bindings = learnt()
    assert compare("588ec8830392", "67a0a9af86f4", bindings) == []
    [difference] = compare("588ec8830392", "0123456789ab", bindings)
    assert (difference.expected, difference.found) == ("588ec8830392", "0123456789ab")


def test_two_things_of_the_page_are_not_one_thing_of_the_run() -> None:
    assert compare("0123456789ab", "67a0a9af86f4", learnt()) != []
    assert compare("brave_lamarr", "zen_villani", learnt()) != []


def test_a_short_id_and_the_long_id_it_begins_are_one_thing() -> None:
    bindings = learnt()
    assert compare(LONG_SAMPLE, "0" * 64, bindings) != []
    assert compare(LONG_SAMPLE, LONG_ACTUAL, bindings) == []
    assert bindings.resolve(f"docker logs {LONG_SAMPLE}") == f"docker logs {LONG_ACTUAL}"
    bindings = Bindings()
    assert compare(LONG_SAMPLE, LONG_ACTUAL, bindings) == []
    assert compare(SAMPLE, ACTUAL, bindings) == []


def test_two_tags_of_the_page_may_be_one_image_of_the_run() -> None:
    """Stand-ins and real images differ in what is a double of what."""
    sample = f"Digest: sha256:{'1' * 64}\nDigest: sha256:{'2' * 64}"
    assert compare(sample, sample.replace("2", "1"), Bindings()) != []
    actual = f"Digest: sha256:{'3' * 64}\nDigest: sha256:{'3' * 64}"
    assert compare(sample, actual, Bindings()) == []
    assert compare(actual, sample, Bindings()) != []


def test_differences_leave_the_bindings_as_they_were() -> None:
    bindings = Bindings()
    assert compare(SAMPLE, ACTUAL.replace("Up 4", "Down 4"), bindings) != []
    assert bindings.resolve("docker stop 588ec8830392") == "docker stop 588ec8830392"


def test_a_copy_learns_for_itself() -> None:
    bindings = Bindings()
    copy = bindings.copy()
    assert compare(SAMPLE, ACTUAL, copy) == []
    assert bindings.resolve("docker stop priceless_swartz") == "docker stop priceless_swartz"
    assert copy.resolve("docker stop priceless_swartz") == "docker stop zen_villani"


def test_what_the_reader_typed_is_literal_even_if_it_looks_made_up() -> None:
    assert compare("happy_newton", "zen_villani", Bindings()) == []
    bindings = Bindings()
    assert bindings.resolve("docker run --name happy_newton -p 33000:80 nginx:1.27.0")[-12:] == "nginx:1.27.0"
    assert compare("happy_newton", "zen_villani", bindings) != []
    assert compare("0.0.0.0:33000->80/tcp", "0.0.0.0:33001->80/tcp", bindings) != []
    assert compare("nginx:1.27.0", "nginx:1.27.1", bindings) != []
    assert compare("happy_newton", "happy_newton", bindings) == []


def test_a_port_that_the_engine_chose_is_bound() -> None:
    bindings = Bindings()
    assert compare("80/tcp -> 0.0.0.0:32768", "80/tcp -> 0.0.0.0:49153", bindings) == []
    assert bindings.resolve("curl -s localhost:32768") == "curl -s localhost:49153"


def test_ages_sizes_and_times_are_new_at_every_look() -> None:
    bindings = learnt()
    assert compare("4 minutes ago 231MB", "2 days ago 1.2GB", bindings) == []
    assert compare("4 minutes ago 231MB", "About an hour ago 84B", bindings) == []


def test_a_prompt_is_that_of_this_run() -> None:
    prompt = "[root@588ec8830392 /]# "
    unknown = prompt_pattern(prompt, Bindings())
    known = prompt_pattern(prompt, learnt())
    assert [bool(unknown.search(f"text\n[root@{id_} /]# ")) for id_ in ("67a0a9af86f4", "0123456789ab")] == [True, True]
    assert [bool(known.search(f"text\n[root@{id_} /]# ")) for id_ in ("67a0a9af86f4", "0123456789ab")] == [True, False]
    assert not unknown.search("[root@67a0a9af86f4 /]# ls\n")
    assert not unknown.search("[root@host /]# ")


def test_a_prompt_is_no_output_of_the_command_before_it() -> None:
    bindings = Bindings()
    bindings.resolve("echo one")  # what it prints is fixed
    assert compare_prompts("[root@588ec8830392 /]# ", "[root@67a0a9af86f4 /]# ", bindings) == []
    assert bindings.resolve("docker stop 588ec8830392") == "docker stop 67a0a9af86f4"
    assert compare_prompts("[root@588ec8830392 /]# ", "[root@0123456789ab /]# ", bindings) != []


def test_a_prompt_teaches_its_id() -> None:
    bindings = Bindings()
    assert compare("[root@588ec8830392 /]# ", "[root@67a0a9af86f4 /]# ", bindings) == []
    assert bindings.resolve("docker attach 588ec8830392") == "docker attach 67a0a9af86f4"


def test_of_sorted_words_only_a_lone_made_up_one_is_sure() -> None:
    names = "docker ps -a --format '{{.Names}}' | sort | xargs"
    for sample, actual, is_sure in (
        ("jolly_ellis web", "web wonderful_mayer", True),
        ("agitated_swartz jolly_ellis web", "web wonderful_mayer zen_villani", False),
    ):
        bindings = Bindings()
        bindings.resolve(names)
        assert compare(sample, actual, bindings) == []
        bindings.resolve("docker ps --latest --format '{{.Names}}'")
        others = [compare("jolly_ellis", other, bindings.copy()) for other in ("wonderful_mayer", "zen_villani")]
        assert others[0] == []
        assert (others[1] != []) == is_sure


def test_what_two_windows_saw_of_one_stream_teaches_its_id() -> None:
    whole, piece = ("create", "start", "die"), ("start", "die")
    for seen, came in ((whole, piece), (piece, whole)):
        bindings = Bindings()
        bindings.resolve("docker events --since 4s --until 0s")
        sample, actual = (
            "\n".join(f"2026-11-24T09:33:50.009023108Z container {each} {name} (image=a, name=b)" for each in events)
            for events, name in ((seen, LONG_SAMPLE), (came, LONG_ACTUAL))
        )
        assert compare(sample, actual, bindings) == []
        assert bindings.resolve("docker rm 588ec8830392") == "docker rm 67a0a9af86f4"


def test_a_recording_keeps_the_pages_ids_and_names() -> None:
    bindings = learnt()
    assert bindings.restore(ACTUAL) == SAMPLE.replace("4 minutes ago", "5 seconds ago").replace(
        "4 minutes", "4 seconds"
    )
    assert bindings.restore(f"{LONG_ACTUAL}\n0123456789ab\n") == f"588ec8830392{'b' * 52}\n0123456789ab\n"


def test_a_recording_keeps_columns_in_place() -> None:
    actual = "CONTAINER ID   NAME          CPU %     PIDS\n67a0a9af86f4   zen_villani   0.00%     1"
    wide = "CONTAINER ID   NAME                  CPU %     PIDS\n67a0a9af86f4   zen_villani           0.00%     1"
    assert learnt().restore(wide) == wide.replace("67a0a9af86f4", "588ec8830392").replace(
        "zen_villani     ", "priceless_swartz"
    )
    assert learnt().restore(actual).endswith("priceless_swartz   0.00%     1")


def test_a_container_among_several_may_be_another_that_the_page_has_shown() -> None:
    """Which of its users the engine names when an image is in use is not promised."""
    bindings = learnt()
    bindings.resolve("docker run -d nginx:1.30")
    assert compare("a" * 64, "ba9876543210" + "0" * 52, bindings) == []
    for command in ("docker run -d nginx:1.30", "docker rmi nginx:1.30"):
        bindings.resolve(command)
    sample = "conflict: unable to delete nginx:1.30 - container 588ec8830392 is using its referenced image 999999999999"
    assert compare(sample, sample.replace("588ec8830392", "ba9876543210"), bindings) == []
    assert compare(sample, sample.replace("588ec8830392", "ba9876543211"), bindings) != []
    assert compare(sample, sample.replace("588ec8830392", "no container"), bindings) != []
    assert compare("588ec8830392", "67a0a9af86f4", bindings) == []


def test_a_container_among_several_may_be_any_if_the_page_has_not_shown_all() -> None:
    bindings = learnt()
    for command in ("docker run -d nginx:1.30", "docker run nginx:1.30 ls", "docker rmi nginx:1.30"):
        bindings.resolve(command)
    sample = "conflict: unable to delete nginx:1.30 - container 588ec8830392 is using its referenced image 999999999999"
    assert compare(sample, sample.replace("588ec8830392", "ba9876543210"), bindings) == []
    for command in ("docker ps -a", "docker rmi nginx:1.30"):
        bindings.resolve(command)
    assert compare(sample, sample.replace("588ec8830392", "ba9876543210"), bindings) != []


def test_the_only_user_of_an_image_that_is_left_is_no_other() -> None:
    bindings = learnt()
    for command in ("docker run -d nginx:1.30", "docker run --rm nginx:1.30 ls", "docker rmi nginx:1.30"):
        bindings.resolve(command)
    sample = "conflict: unable to delete nginx:1.30 - container 588ec8830392 is using its referenced image 999999999999"
    assert compare(sample, sample.replace("588ec8830392", "ba9876543210"), bindings) != []


def test_blanks_at_the_beginning_of_a_recorded_line_stay() -> None:
    assert learnt().restore("    IMAGE of 67a0a9af86f4") == "    IMAGE of 588ec8830392"


def test_a_new_sample_gives_what_the_page_knows_its_name_and_pairs_only_the_rest() -> None:
    bindings = learnt()
    bindings.adopt("588ec8830392 aaaaaaaaaaaa", "bbbbbbbbbbbb 67a0a9af86f4")
    assert bindings.resolve("docker rm aaaaaaaaaaaa 588ec8830392") == "docker rm bbbbbbbbbbbb 67a0a9af86f4"


def test_a_new_sample_keeps_the_place_of_an_address_in_its_network() -> None:
    bindings = Bindings()
    bindings.adopt("172.19.0.0/16\n172.19.0.1", "172.21.0.1\n172.21.0.2")
    assert bindings.restore("172.21.0.1\n172.21.0.2") == "172.19.0.1\n172.21.0.2"


def test_what_is_sure_is_not_made_a_guess_by_rows_that_look_alike() -> None:
    volume = {name: name * 64 for name in "abcdef"}
    table = f"VOLUME NAME{' ' * 56}LINKS     SIZE\n{{}}   1         1MB\n{{}}   1         1MB"
    bindings = Bindings()
    assert compare(f"{volume['a']} {volume['b']}", f"{volume['c']} {volume['d']}", bindings) == []
    assert compare(table.format(volume["a"], volume["b"]), table.format(volume["c"], volume["d"]), bindings) == []
    assert compare(volume["a"], volume["d"], bindings) != []


@pytest.mark.parametrize(
    "command",
    ["docker network rm shop", "docker compose down", "docker network prune -f", "docker network remove shop"],
)
def test_an_address_is_another_thing_once_its_network_is_gone(command: str) -> None:
    bindings = Bindings()
    assert compare("172.18.0.2 web", "172.19.0.2 web", bindings) == []
    assert len(compare("172.18.0.2 web", "172.20.0.2 web", bindings)) == 1
    bindings.resolve(command)
    assert compare("172.18.0.2 web", "172.20.0.2 web", bindings) == []
    assert bindings.resolve("ping 172.18.0.2") == "ping 172.20.0.2"
    assert len(compare("172.18.0.2 web", "172.19.0.2 web", bindings)) == 1


def test_an_address_stays_the_same_thing_while_its_network_is_there() -> None:
    for command in ("docker network ls", "docker network disconnect shop web", "docker exec web docker network rm"):
        bindings = Bindings()
        assert compare("172.18.0.2", "172.19.0.2", bindings) == []
        bindings.resolve(command)
        assert len(compare("172.18.0.2", "172.20.0.2", bindings)) == 1


def test_an_address_of_the_network_that_nobody_removes_stays_the_same_thing() -> None:
    bindings = Bindings()
    assert compare("172.17.0.2", "172.17.0.3", bindings) == []
    bindings.resolve("docker network rm shop")
    assert len(compare("172.17.0.2", "172.17.0.4", bindings)) == 1


_NETWORKS = (
    "docker network create blue",
    "docker network create red",
    "docker run -d --name web --network blue nginx",
    "docker run -d --name db --network name=red,alias=store redis",
    "docker run -d --name cache --net red redis",
    "docker run -d --name box busybox sleep 60",
    "docker network connect blue cache",
)


def _with_address(command: str) -> Bindings:
    """After the commands above, this one has shown an address."""
    bindings = Bindings()
    for typed in (*_NETWORKS, command):
        bindings.resolve(typed)
    assert compare("172.18.0.2 here", "172.19.0.2 here", bindings) == []
    return bindings


@pytest.mark.parametrize(
    ("command", "removes"),
    [
        ("docker exec db hostname -i", "docker network rm blue"),
        ("docker inspect db", "docker compose down"),
        ("docker network inspect red", "docker network rm blue"),
        ("docker run --rm --network red busybox nslookup db", "docker network rm blue"),
        ("docker compose exec web hostname -i", "docker network rm blue"),
        ("docker logs box", "docker network prune -f"),
        ("docker exec box hostname -i", "docker network rm blue red"),
    ],
)
def test_an_address_stays_the_same_thing_when_another_network_is_removed(command: str, removes: str) -> None:
    bindings = _with_address(command)
    bindings.resolve(removes)
    assert len(compare("172.18.0.2 here", "172.20.0.2 here", bindings)) == 1
    assert compare("172.18.0.2 here", "172.19.0.2 here", bindings) == []


@pytest.mark.parametrize(
    ("command", "removes"),
    [
        ("docker exec web hostname -i", "docker network rm blue"),
        ("docker exec cache hostname -i", "docker network rm blue"),
        ("docker inspect web db", "docker network rm red"),
        ("docker network inspect red", "docker network rm blue red"),
        ("docker network inspect $(docker network ls -q)", "docker network rm blue"),
        ("docker exec db hostname -i", "docker network rm $(docker network ls -q)"),
        ("docker exec db hostname -i", "docker network rm 588ec8830392"),
        ("docker exec db hostname -i", "docker system prune -f"),
        ("docker exec shop-web-1 hostname -i", "docker network rm blue"),
        ("docker compose exec web hostname -i", "docker compose down"),
        ("ip route", "docker network rm blue"),
    ],
)
def test_an_address_of_a_network_that_may_be_gone_is_another_thing(command: str, removes: str) -> None:
    bindings = _with_address(command)
    bindings.resolve(removes)
    assert compare("172.18.0.2 here", "172.20.0.2 here", bindings) == []


def test_a_commit_that_git_has_named_is_the_same_one_wherever_it_is_met_again() -> None:
    bindings = Bindings()
    bindings.resolve("git rev-parse --short HEAD")
    assert compare("a1b2c3d", "d4e5f6a", bindings) == []
    assert bindings.resolve("docker build -t app:a1b2c3d .") == "docker build -t app:d4e5f6a ."
    bindings.resolve("docker images app")
    table = "REPOSITORY   TAG       IMAGE ID       SIZE\napp          {}   dd49612b3739   2MB"
    assert compare(table.format("a1b2c3d"), table.format("d4e5f6a"), bindings) == []
    assert len(compare(table.format("a1b2c3d"), table.format("d4e5f6b"), bindings)) == 1
    assert bindings.restore("app:d4e5f6a") == "app:a1b2c3d"


def test_a_whole_commit_is_known_by_its_first_digits() -> None:
    bindings = Bindings()
    bindings.resolve("git rev-parse --short HEAD")
    assert compare("1234567", "d4e5f6a", bindings) == []
    bindings.resolve("cat VERSION")
    assert compare(f"1234567{'8' * 33}", f"d4e5f6a{'9' * 33}", bindings) == []
    assert len(compare(f"1234567{'8' * 33}", f"1234567{'8' * 33}", bindings)) == 1


@pytest.mark.parametrize(
    ("piece", "there", "another"),
    [
        ("588ec883", "67a0a9af", "67a0a9ae"),
        ("it is 8830392.", "it is 9af86f4.", "it is af86f4a."),
        ("588E-C883", "67A0-A9AF", "67a0-A9AF"),
        ("web_8830_e", "web_9af8_e", "web_9af9_e"),
    ],
)
def test_a_piece_of_an_id_is_that_piece_of_it_in_this_run(piece: str, there: str, another: str) -> None:
    bindings = learnt()
    bindings.resolve("sh pieces.sh")
    assert compare(piece, there, bindings.copy()) == []
    assert compare(piece, another, bindings.copy()) != []
    assert compare(piece, piece, bindings.copy()) == []  # a word of the page, by chance


def test_what_looks_like_an_id_is_no_other_one_with_a_piece_of_it() -> None:
    bindings = Bindings()
    line = "ref 5e2342ed-edc4-415f-9e4a-{}"
    assert (
        compare(line.format("6b340ace9344"), line.format("892a32da2d89").replace("5e2342ed", "0aa1f2b3"), bindings)
        == []
    )
    damaged = line.format("f1518b23203a").replace("5e2342ed", "0aa1f2b3")
    assert compare(line.format("6b340ace9344"), damaged, bindings) != []


def test_a_few_digits_are_no_piece_of_an_id() -> None:
    bindings = learnt()
    bindings.resolve("sh pieces.sh")
    assert compare("588", "67a", bindings) != []


def _with_two() -> Bindings:
    """After two containers have been shown."""
    bindings = learnt()
    bindings.resolve("docker run -d --name two centos sleep 60")
    assert compare("b7d29e81c6aa" + "c" * 52, "0cc5817fe3b4" + "d" * 52, bindings) == []
    return bindings


@pytest.mark.parametrize(
    "command",
    [
        "docker ps -q | cut -c1-6",
        "docker ps --format '{{slice .ID 0 6}}'",
        "docker ps -q | awk '{print substr($1, 1, 6)}'",
        "docker inspect -f '{{.Id}}' two one | cut -c1-6",
    ],
)
def test_an_id_that_is_cut_short_begins_the_same_thing(command: str) -> None:
    bindings = _with_two()
    bindings.resolve(command)
    assert compare("b7d29e\n588ec8", "0cc581\n67a0a9", bindings) == []
    assert len(compare("b7d29e\n588ec8", "67a0a9\n0cc581", bindings)) == 2
    assert compare("41f0aa\n588ec8", "93be07\n67a0a9", bindings) == []  # of what the page hasn't shown


def test_ids_that_are_cut_short_and_sorted_stand_in_an_order_of_their_own() -> None:
    bindings = _with_two()
    bindings.resolve("docker ps -q | cut -c1-6 | sort")
    assert compare("588ec8\nb7d29e", "0cc581\n67a0a9", bindings) == []


@pytest.mark.parametrize("kept", ["docker ps -q | cut -c1-6 | sort > ids", "ids=$(docker ps -q | cut -c1-6 | sort)"])
def test_only_what_was_sorted_into_a_file_or_a_variable_has_no_order_later(kept: str) -> None:
    bindings = learnt()
    bindings.resolve("docker run -d --name two centos sleep 60")
    assert compare("b7d29e81c6aa" + "c" * 52, "0cc5817fe3b4" + "d" * 52, bindings) == []
    bindings.resolve("docker images | sort")
    bindings.resolve("docker ps -q | cut -c1-6")
    assert len(compare("b7d29e\n588ec8", "67a0a9\n0cc581", bindings)) == 2
    bindings.resolve(kept)
    bindings.resolve("docker ps -q | cut -c1-6")
    assert compare("588ec8\nb7d29e", "0cc581\n67a0a9", bindings) == []


def test_an_id_that_is_cut_short_begins_itself_where_a_run_is_its_own_page() -> None:
    bindings = learnt()
    for name, digits in (("two", "b7d29e81c6aa" + "c" * 52), ("three", "0cc5817fe3b4" + "d" * 52)):
        bindings.resolve(f"docker run -d --name {name} centos sleep 60")
        assert compare(digits, digits, bindings) == []
    bindings.resolve("docker ps -q | cut -c1-4")
    assert len(compare("b7d2\n0cc5", "0cc5\nb7d2", bindings)) == 2


def test_a_short_id_of_a_swarm_is_the_same_thing_in_a_command() -> None:
    bindings = Bindings()
    bindings.resolve("docker service ls -q")
    assert compare("y4crhvhfg98f", "kq2l9z0smd4t", bindings) == []
    assert bindings.resolve("docker service rm y4crhvhfg98f") == "docker service rm kq2l9z0smd4t"
    assert compare("y4crhvhfg98f", "kq2l9z0smd4t", bindings) == []
    assert len(compare("y4crhvhfg98f", "y4crhvhfg98f", bindings)) == 1


def test_a_very_long_script_is_only_known_to_be_there() -> None:
    bindings = Bindings()
    bindings.write_file("long.py", "import random\n" + "x = 1\n" * 10_000 + "print(random.random())\n")
    bindings.resolve("python3 long.py")
    assert not bindings.is_output_fixed
    bindings.resolve("wc -l long.py")
    assert len(compare("10002 long.py", "10003 long.py", bindings)) == 1


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("cat ids", "{}"),
        ("sed 's/^/- /' ids", "- {}"),
        ('for id in $(cat ids); do echo "<$id>"; done', "<{}>"),
        ('while read -r id; do echo "id $id"; done < ids', "id {}"),
        ("xargs -n 1 echo got < ids", "got {}"),
        ("sort ids", "{}"),
    ],
)
def test_ids_that_were_sorted_into_a_file_stand_in_an_order_of_their_own(command: str, line: str) -> None:
    bindings = learnt()
    bindings.resolve("docker run -d --name two centos sleep 60")
    assert compare("b7d29e81c6aa" + "c" * 52, "0cc5817fe3b4" + "d" * 52, bindings) == []
    bindings.resolve("docker ps -q | sort > ids")
    sample = "\n".join(map(line.format, ("588ec8830392", "b7d29e81c6aa")))
    actual = "\n".join(map(line.format, ("0cc5817fe3b4", "67a0a9af86f4")))
    unsorted = bindings.copy()
    bindings.resolve(command)
    assert compare(sample, actual, bindings.copy()) == []
    assert compare(sample, actual.replace("67a0a9af86f4", "41f0aa41f0aa"), bindings) != []
    unsorted.resolve("docker ps -q")
    assert compare("588ec8830392\nb7d29e81c6aa", "0cc5817fe3b4\n67a0a9af86f4", unsorted) != []


def test_several_ids_that_ls_sorts_into_lines_may_have_changed_places() -> None:
    bindings = Bindings()
    bindings.resolve("docker volume create")
    assert compare("f7" * 32, "11" * 32, bindings) == []
    bindings.resolve("sudo ls /var/lib/docker/volumes")
    listed = "{}  backingFsBlockDev\nappdata  {}"
    assert compare(listed.format("18" * 32, "f7" * 32), listed.format("11" * 32, "ee" * 32), bindings) == []
    assert compare(listed.format("18" * 32, "f7" * 32), listed.format("11" * 32, "logs"), bindings) != []
