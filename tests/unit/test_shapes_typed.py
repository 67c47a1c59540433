"""What a reader types is literal, as it was typed and as it comes back; what follows from it alone is fixed."""

import pytest

from harness.shapes import Bindings, compare, spellings
from harness.shapes.asked import Finder, places
from harness.shapes.fixed import is_fixed


@pytest.mark.parametrize(
    ("piece", "spelling"),
    [
        ("100m", "100MiB"),
        ("64M", "64.0M"),
        ("1.5g", "1.5GiB"),
        ("2048m", "2GiB"),
        ("512kb", "512KiB"),
        ("90s", "1m30s"),
        ("2m", "2m0s"),
        ("1h", "1h0m0s"),
        ("1500ms", "1.5s"),
        ("0.5s", "500ms"),
        ("10.9.0.0/24", "10.9.0.1"),
        ("postgres:18", "18."),
        ("python:3.14-slim", "3.14."),
    ],
)
def test_a_typed_word_has_the_spelling_in_which_it_comes_back(piece: str, spelling: str) -> None:
    assert spelling in set(spellings.spellings(piece))


@pytest.mark.parametrize("piece", ["web", "8080:80", "10", "m", "h", "-m", "latest"])
def test_a_word_that_is_no_measure_has_no_other_spelling(piece: str) -> None:
    assert list(spellings.spellings(piece)) == []


@pytest.mark.parametrize(
    ("month", "name"),
    list(enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1)),
)
def test_a_time_that_touch_sets_comes_back_as_ls_and_stat_write_it(month: int, name: str) -> None:
    said = [
        f"{name}  3  2020",
        f"{name}  3 09:05",
        f"2020-{month:02}-03 09:05",
        f"2020-{month:02}-03 09:05:07.000000000",
    ]
    assert list(spellings.written(f"touch -d '2020-{month:02}-03 09:05:07' old.txt")) == said
    assert list(spellings.written(f"touch -t 2020{month:02}030905.07 old.txt"))[:3] == said[:3]


def test_what_touch_is_not_told_is_no_spelling() -> None:
    assert list(spellings.written("touch 2020-02-03; date -d 2020-02-03")) == []


def test_what_stands_beside_signs_are_words_of_their_own() -> None:
    text = """docker run -e 'HEAP=64M' --health-interval=30s "a b"; x > y"""
    found = ["docker", "run", "-e", "HEAP", "64M", "--health-interval", "30s", "a", "b", "x", "y"]
    assert list(spellings.pieces(text)) == found


def test_what_a_written_file_holds_is_literal() -> None:
    bindings = Bindings()
    bindings.write_file("compose.yaml", "services:\n  web:\n    mem_limit: 64m\n")
    bindings.resolve("docker stats --no-stream web")
    assert compare("64MiB", "64MiB", bindings) == []
    assert compare("64MiB", "32MiB", bindings) != []


def test_what_is_bound_was_not_typed_by_the_author() -> None:
    bindings = Bindings()
    assert compare("588ec8830392", "67a0a9af86f4", bindings) == []
    assert bindings.resolve("docker inspect 588ec8830392") == "docker inspect 67a0a9af86f4"
    assert compare("588ec8830392", "67a0a9af86f4", bindings) == []


def test_a_number_that_was_typed_may_stand_by_chance_where_words_tell_what_it_is() -> None:
    bindings = Bindings()
    bindings.resolve("docker run -d busybox sleep 1000")
    assert compare('"Pid": 1000,', '"Pid": 1007,', bindings) == []


def asked_in(command: str, *lines: str) -> list[list[str]]:
    """Of each line the numbers that the command asks for."""
    finder, found = Finder(places([command]), lines), []
    for line in lines:
        finder.next_line()
        found.append([line[start:end] for _, start, end in finder.spans(line)])
    return found


@pytest.mark.parametrize(
    ("form", "line", "made_up"),
    [
        ("%C", "20", ["20"]), ("%W of %G", "47 of 2026", ["47", "2026"]), ("%u", "5", ["5"]),
        ("%d.%m.%y", "24.11.26", ["24", "11", "26"]), ("%I", "09", ["09"]),
        ("%H:%M:%S", "20:28:57", ["20", "28", "57"]),
        ("%H", "24", []), ("%j", "328", ["328"]), ("%Y", "2026", ["2026"]), ("%Y", "26", []), ("%N", "123", ["123"]),
        ("%s", "1764156537", ["1764156537"]), ("%s", "17641565370", []),
        ("%a", "Tue", ["Tue"]), ("%a", "화", ["화"]), ("%a", "Moo", []),
        ("%A", "Tuesday", ["Tuesday"]), ("%A", "화요일", ["화요일"]), ("%A", "Tueday", []),
        ("%b", "Nov", ["Nov"]), ("%h", "11월", ["11월"]), ("%b", "Nob", []), ("%B", "November", ["November"]),
        ("%p", "PM", ["PM"]), ("%p", "오후", ["오후"]), ("%P", "pm", ["pm"]), ("%p", "XM", []),
        ("%D", "11/24/26", ["11/24/26"]), ("%F", "2026-11-24", ["2026-11-24"]), ("%F", "2026-11-4", []),
        ("%R", "20:28", ["20:28"]), ("%T", "20:28:57", ["20:28:57"]), ("%-d", "4", ["4"]), ("%%%d", "%24", ["24"]),
        ("at %T", "on 20:28:57", []),
    ],
)  # fmt: skip
def test_what_date_is_asked_for_has_its_form(form: str, line: str, made_up: list[str]) -> None:
    assert asked_in(f"date '+{form}'", line) == [made_up]


@pytest.mark.parametrize(
    ("command", "lines", "numbers"),
    [
        ("docker inspect -f '{{.State.Pid}} {{.State.ExitCode}}' web", ["4242 0"], [["4242"]]),
        ("docker inspect -s -f '{{.SizeRootFs}} {{.SizeRw}}' web", ["188000000 1090"], [["188000000", "1090"]]),
        ("docker info -f '{{.MemTotal}} {{.Containers}}'", ["8242905088 3"], [["8242905088"]]),
        ("echo $PPID $BASHPID $$", ["77 78 79"], [["77", "78", "79"]]),
        ("arch", ["x86_64"], [["x86_64"]]),
        ("docker ps --format '{{.ID}}' | cut -c1-6", ["588ec8"], [["588ec8"]]),
        ("docker ps --format '{{.Names}}' | cut -c1-6", ["beaded"], [[]]),
        ("docker network create n | cut -c1-6", ["588ec8"], [["588ec8"]]),
        ("docker run --rm busybox cat colours | cut -c1-6", ["588ec8"], [[]]),
        ("grep -q x colours | cut -c1-6", ["588ec8"], [[]]),
        ("docker inspect -f '{{slice .Id 7 15}}' web", ["588ec883"], [["588ec883"]]),
        ("docker image inspect -f '{{slice .Id 0 15}}' web", ["sha256:588ec883"], [["588ec883"]]),
        ("jobs -p", ["77"], [["77"]]),
        ("echo -n $$", ["77"], [["77"]]),
        ("echo -e $$", ["77"], [["77"]]),
        ("printf -- '%s' $$", ["77"], [["77"]]),
        ("redis-cli pttl key", ["77"], [["77"]]),
        ("echo ttl key", ["77"], [[]]),
        ("pip3 list", ["idna 3.11"], [["3.11"]]),
        ("docker compose port web 80", ["0.0.0.0:32768"], [["32768"]]),
        ("python -c 'import secrets; print(secrets.token_hex(8))'", ["9f86d081884c7d65"], [["9f86d081884c7d65"]]),
        ("openssl rand -base64 4", ["n4bQgQ==", "n4bQgQg="], [["n4bQgQ=="], []]),
        ("wc -l a", ["4 a"], [[]]),
        ("pid=$!; pid=42; echo $pid", ["42"], [[]]),
        ("export pid=$!; echo ${pid}", ["77"], [["77"]]),
        ("id=`docker run -d nginx`; echo ${id:0:6}", ["588ec8"], [["588ec8"]]),
        ("printf '%s %s\\n' $!", ["77 78"], [[]]),
        ("ps -o tid=,lwp= -p 77", ["   76   75"], [["76", "75"]]),
        ("ps -o pgrp=,args= -p 77", ["   76 sh"], [["76"]]),
        ("ps -o spid=,args= -p 77", ["   76 sh"], [["76"]]),
        ("docker run --rm --platform linux/arm64 busybox arch", ["aarch64"], [[]]),
        ("docker run --rm --platform linux/arm64 busybox uname -m", ["aarch64"], [[]]),
        ("shuf -i 1-45 -n 2", ["45", "1", "46", "0"], [["45"], ["1"], [], []]),
        ("shuf -i98-102 -n 3", ["97", "98", "100", "102", "103"], [[], ["98"], ["100"], ["102"], []]),
        ("shuf -e red blue -n 1", ["red", "green"], [["red"], []]),
        ("docker system df --format '{{.TotalCount}}'", ["2", "1", "1", "9"], [[], [], [], ["9"]]),
        ("ulimit -n", ["1024", "64"], [["1024"], []]),
        ("ulimit -n", ["unlimited"], [["unlimited"]]),
        ("ulimit -n", ["many"], [[]]),
        ("docker run --ulimit nofile=9 busybox sh -c 'ulimit -n'", ["1024"], [[]]),
        ("dpkg-query -W libc6", ["libc6:amd64\t2.41-12"], [["amd64", "2.41-12"]]),
        (
            "psql -c 'select version()'",
            [
                " PostgreSQL 18.1 (Debian 18.1-1) on aarch64-unknown-linux-gnu, compiled by gcc"
                " (Debian 14.2.0-19) 14.2.0, 64-bit",
                " PostgreSQL 18.1 on aarch64-linux, compiled by gcc, 64-bit",
            ],
            [["18.1-1", "aarch64", "unknown", "14.2.0-19", "14.2.0"], []],
        ),
        ("head -c 3 /dev/urandom | base64", ["AAEC", "AAECAw=="], [["AAEC"], []]),
        ("tar -cz a | wc -c", ["182", "0"], [["182"], []]),
        ("ping -c 1 8.8.8.8", ["ttl=117 time=1 ms"], [["117"]]),
        ("ping -c 1 172.18.0.3", ["ttl=64 time=1 ms"], [[]]),
        ("echo $(date +%s%3N)", ["1764156537123", "1764156537"], [["1764156537", "123"], []]),
        ("echo $((RANDOM % 200 + 100))", ["299"], [["299"]]),
        ("echo $((100 + RANDOM % 200))", ["99"], [[]]),
        ("python -c 'print(str(random.randrange(5, 8)))'", ["5", "8"], [["5"], []]),
        ("python -c 'n = random.randint(1, 6); print(\"got\", n)'", ["got 6", "got 7"], [["6"], []]),
        ("python -c 'print(random.sample(range(1, 46), 2))'", ["[45, 1]", "[46, 0]"], [["45", "1"], []]),
        ('python -c \'print(random.choice(["a", "b"]))\'', ["a", "c"], [["a"], []]),
        ("node -e 'console.log([process.pid, process.ppid])'", ["[ 77, 76 ]"], [["77", "76"]]),
        ("python -c 'print(time.strftime(\"%c\"))'", ["Fri Nov 27 03:50:03 2026"], [[]]),
        ("python -c 'print(time.strftime(\"%H h\"))'", ["03 h", "3 o"], [["03"], []]),
        ("python -c 'print(time.time_ns())'", ["1764156537123456789", "17"], [["1764156537123456789"], []]),
        ("node -p 'Math.floor(Math.random() * 6) + 1'", ["6", "0"], [["6"], []]),
        ("ruby -e 'puts rand(1..6)'", ["6", "7"], [["6"], []]),
        ("perl -e 'print int(rand(6))'", ["5", "6"], [["5"], []]),
        ("shuf -n 2 numbers", ["77", "78", "x"], [["77"], ["78"], []]),
        ("ps -o ppid=,args= -p 77", ["   76 sleep 300"], [["76"]]),
        ("ps -o pgid=,sid= -p 77", ["   76   75"], [["76", "75"]]),
        ("echo $(docker inspect -f {{.State.Pid}} web) $(docker ps -q | wc -l)", ["77 2"], [["77"]]),
        ("echo $(echo $(echo $RANDOM)) 7", ["77 7"], [["77"]]),
        ("docker ps -q | cut -c1-4 | sort", ["0123", "588e", "588g"], [["0123"], ["588e"], []]),
        ("docker exec db psql -c 'select pg_backend_pid()'", [" pg_backend_pid", "   82", "(1 row)"], [[], ["82"], []]),
        ("docker exec db psql -c 'select 82'", ["   82"], [[]]),
        ("docker info -f '{{.NFd}} {{.NGoroutines}} {{.Images}}'", ["27 44 3"], [["27", "44"]]),
        ("docker search --format '{{.Name}} {{.StarCount}}' nginx", ["nginx 21000"], [["21000"]]),
        ("docker stats --format '{{.NetIO}}, {{.PIDs}}'", ["126B / 126B, 3"], [["3"]]),
        ("docker stats --format '{{.BlockIO}}, {{.PIDs}}'", ["0B / 0B, 3"], [["3"]]),
        ("docker inspect -f '{{range .Mounts}}{{end}}' web", ["4242"], [[]]),
        ("docker inspect -f '{{if .State.Running}}{{slice .Id 0 6}}{{end}}' web", ["588ec8"], [[]]),
        ("docker inspect -f '{{.Id | printf \"%.6s\"}} {{.Name}}' web", ["588ec8 /588ec9"], [["588ec8"]]),
        ("docker inspect -f '{{.Name}} {{.State.Pid}}' a b", ["/a 7", "/b 8", "/c 9"], [["7"], ["8"], []]),
        ("docker inspect -f '{{.Name}} {{.State.Pid}}' a b", ["/a 0", "/b 8", "/c 9"], [[], ["8"], []]),
        ("docker run --rm busybox sh -c 'echo $$ $RANDOM'", ["1 12345"], [["12345"]]),
        ("docker inspect web | jq '.[0].State.Pid'", ["4242"], [["4242"]]),
        ("docker inspect web | jq '.[0].State.ExitCode'", ["137"], [[]]),
        ("docker run --rm busybox sh -c 'for i'", ["42"], [[]]),
        ("docker inspect web | jq '\"web\"'", ['"web"'], [[]]),
        ("docker inspect web | jq -r '\"\\(.'", ["42"], [[]]),
        ("docker inspect web | jq '.[0].State.ExitCode, .[0].State.Pid'", ["137", "42", "43"], [[], ["42"], []]),
        ("docker inspect web | jq '[.[0].Name, .[0].State.Pid] | @csv'", ['"web,42"'], [["42"]]),
        ("docker inspect web | jq -r '.[] | [.Name, .State.Pid] | join(\" (\")'", ["web (42", "42 (0"], [["42"], []]),
        ("docker inspect web | jq '\"\\(.[0].State.Pid), [\\(.[0].RestartCount)]\"'", ['"42, [43]"'], [["42"]]),
        ("docker inspect web | jq -r '.[0].State.Pid + \" of \" + .[0].Name'", ["42 of 43", "42 in 43"], [["42"], []]),
        ("docker inspect web | jq -c '.[] | {Name, id: (.State.Pid), n: 7}'", ['{"id":42,"n":7}'], [["42"]]),
        ("docker port web 80 | head -1 | cut -d: -f2", ["32768"], [["32768"]]),
        ("docker port web 80 | head -1 | cut -d: -f2", ["8080"], [[]]),
        ("docker stats --format '{{.Name}} {{.MemUsage}} {{.PIDs}}'", ["web 3.3MiB / 23GiB 3"], [["3"]]),
        ("(sleep 5; echo 42) &", ["[1] 4242", "42"], [["4242"], []]),
        ("docker inspect -f '{{printf \"%d/%d\" .State.Pid .State.ExitCode}}' web", ["42/0"], [["42"]]),
        ("docker inspect -f '{{.State.Pid}}{{println}}{{.Id}}' web", ["42", "43"], [["42"], []]),
        ("docker inspect -f '{{.State.Pid}}\\t{{.RestartCount}}' web", ["42   3"], [["42"]]),
        ("docker inspect -f '{{range .X}}{{.Pid}} {{end}}' web", ["4 5"], [["4", "5"]]),
        ("docker inspect -f '{{range .X}}{{.Pid}} {{.Code}} {{end}}' web", ["4 5"], [[]]),
        ("docker inspect -f '{{range .X}}{{.Code}} {{end}}/ {{.State.Pid}}' web", ["4 / 5"], [["5"]]),
        ("docker inspect -f '{{range .X}}{{println .Code}}{{end}}{{.State.Pid}}' web", ["4", "5"], [[], []]),
        ("docker inspect -f '{{with .State}}{{.Pid}} {{if .Code}}{{.Code}}{{end}}{{end}}' web", ["4 5"], [["4"]]),
        ("docker inspect -f '{{.State.ExitCode}}' web", ["137"], [[]]),
        ("docker inspect -f '{{.State.Pid}}' web; echo 2", ["4242", "2"], [["4242"], []]),
        ("echo $! $?", ["77 0"], [["77"]]),
        ("echo pid=$$", ["pid=77"], [["77"]]),
        ('echo "$((RANDOM % 6)) 6"', ["3 6"], [["3"]]),
        ('echo "$((2 * 3)) 6"', ["6 6"], [[]]),
        ("pid=$!; echo ${pid} 5", ["77 5"], [["77"]]),
        ("echo `pidof sh`", ["77"], [["77"]]),
        ("echo \"$(docker inspect -f '{{.State.Pid}}' web) 3\"", ["77 3"], [["77"]]),
        ("printf '%s is %d\\n' pid $!", ["pid is 77"], [["77"]]),
        ("printf '%s\\n' $! $?", ["77"], [[]]),
        ("for i in 1 2; do echo $RANDOM; done", ["5", "6"], [["5"], ["6"]]),
        ("docker exec web sh -c 'echo $RANDOM'", ["5"], [["5"]]),
        ("docker run -d web sh -c 'echo $RANDOM'", ["5"], [[]]),
        ("sleep 300 & sleep 400 &", ["[1] 77", "[2] 78", "[3] 79"], [["77"], ["78"], []]),
        ("pgrep -a sleep", ["77 sleep 300"], [["77"]]),
        ("pidof sleep", ["77 78"], [["77", "78"]]),
        ("ps -o pid=,args= -p 77", ["   77 sleep 300"], [["77"]]),
        ("ps -o args= -p \"$(docker inspect -f '{{.State.Pid}}' web)\"", ["sleep 300"], [[]]),
        ("head -c 4 /dev/urandom | od -An -tx1", [" ec 21 e9 0d"], [["ec 21 e9 0d"]]),
        ("cat numbers.txt", ["1 2 3"], [[]]),
        ("python -c 'import os; print(os.getpid(), 7 * 6)'", ["77 42"], [["77"]]),
        ("python3.14 -c 'import os; print(7 * 6, os.getpid())'", ["42 77"], [["77"]]),
        ("docker run --rm python python -c 'print(f\"pid {os.getpid()} of {7 * 6}\")'", ["pid 77 of 42"], [["77"]]),
        ('python -c \'print("pid " + str(os.getpid()) + ", 42")\'', ["pid 77, 42"], [["77"]]),
        ("python -c 'x = random.random(); print(42); print(x, 42)'", ["42", "0.25 42"], [[], ["0.25"]]),
        ("python -c 'for n in range(2): print(n, random.randint(1, 6))'", ["0 5", "1 6"], [["5"], ["6"]]),
        (
            'python -c \'print(time.time(), 42, sep="-", end="")\'',
            ["1732500000.5-42", "0.5-42"],
            [["1732500000.5"], []],
        ),
        ("python -c 'print(7 * 6, \"random\")'", ["42 random"], [[]]),
        ("python -c 'print([random.randint(1, 6) for n in range(2)])'", ["[3, 5]", "42"], [["3", "5"], []]),
        ("python -c 'import os\nprint(os.getpid())\nprint(42)'", ["77", "42"], [["77"], []]),
        ("python -c 'sys.exit(os.getpid())'", ["77"], [["77"]]),
        ("node -e 'console.log(process.pid, 7 * 6)'", ["77 42"], [["77"]]),
        ("node -e 'console.log(`pid ${process.pid} of ${7 * 6}`)'", ["pid 77 of 42"], [["77"]]),
        ("node -p process.pid", ["77"], [["77"]]),
        ('perl -e \'print $$, " ", 7 * 6, "\\n"\'', ["77 42"], [["77"]]),
        ('perl -e \'print "$$ 42\\n"; print "42\\n"\'', ["77 42", "42"], [["77"], []]),
        ("perl -e 'printf \"%d of %s\\n\", $$, 42'", ["77 of 42"], [["77"]]),
        ("ruby -e 'puts Process.pid, 42'", ["77", "42"], [["77"], []]),
        ("ruby -e 'puts \"#{Process.pid} 42\"'", ["77 42"], [["77"]]),
        ("ruby -e 'print rand(6), \" \", 42'", ["3 42"], [["3"]]),
        ("php -r 'echo getmypid(), \" \", 42;'", ["77 42"], [["77"]]),
        ("awk 'BEGIN { srand(); print rand(), 6 * 7 }'", ["0.924046 42"], [["0.924046"]]),
        ("awk 'BEGIN { srand(); printf \"%d of %d\\n\", rand() * 6, 6 }'", ["3 of 6"], [["3"]]),
        ("awk '{ print rand(), $1 }' names", ["0.9 42", "0.1 43"], [["0.9"], ["0.1"]]),
        ("awk '{ print $1 }' random", ["42"], [[]]),
        ("cat /proc/sys/kernel/random/uuid", ["15c10483-4adb-4f09-a0bd-01569ac2dcb5"], [[]]),
    ],
)
def test_a_number_that_is_asked_for_frees_no_other(command: str, lines: list[str], numbers: list[list[str]]) -> None:
    assert asked_in(command, *lines) == numbers


@pytest.mark.parametrize(
    "commands",
    [
        ["printf hi | sha256sum"],
        ["echo -n hi | openssl dgst -sha256"],
        ["echo hi > note", "sha256sum note"],
        ["cat > note <<'EOF'\nhi\nEOF", "md5sum ./note"],
        ["echo hi > note", 'docker run --rm -v "$PWD":/d busybox sha256sum /d/note'],
        ["docker run --rm busybox sh -c 'echo hi | md5sum'"],
        ["date -d 2020-01-01 +%F"],
        ["docker run --rm debian:13 date -d @0"],
        ["seq 123456 123458"],
        ["docker run -d --name hi busybox echo hi", "docker logs hi"],
        ["echo hi | docker run --rm -i busybox sha256sum"],
        ["echo hi > note", "md5sum < note"],
        ["md5sum <<< hi"],
        ["sha256sum /dev/null"],
        ["echo hi > note", "docker cp note web:/srv/copy", "docker exec web cksum /srv/copy"],
        ["echo hi | git hash-object --stdin"],
        ["docker run --rm python:3.14 python -c 'import hashlib; print(hashlib.md5(b\"a\").hexdigest())'"],
        ["python3 -c 'import datetime, json; print(datetime.date(2026, 1, 31))'"],
        ['node -p \'require("crypto").createHash("md5").update("a").digest("hex")\''],
        ["node -e 'console.log(new Date(0).toISOString())'"],
        ["for i in 1 2; do echo $i; done"],
        ["docker run --rm busybox sh -c 'for i in a b; do echo ${i} | md5sum; done'"],
        ["word=a; echo $word | md5sum"],
        ["docker exec db psql -U postgres -tAc \"select md5('a')\""],
    ],
)
def test_what_follows_from_what_was_typed_is_fixed(commands: list[str]) -> None:
    assert is_fixed(commands, {})


@pytest.mark.parametrize(
    "commands",
    [
        [],
        ["docker save web | sha256sum"],
        ["docker save web > web.tar", "sha256sum web.tar"],
        ["sha256sum /etc/hostname"],
        ["echo $HOSTNAME | sha256sum"],
        ["openssl rand -hex 4"],
        ["sha256sum"],
        ["cat > note <<EOF\n$(date)\nEOF", "sha256sum note"],
        ["echo hi > note", "docker run --rm busybox sha256sum /note"],
        ["date"],
        ["date -d yesterday"],
        ["sleep 300 &"],
        ["for i in $(docker ps -q); do echo $i; done"],
        ["for i in 1 2; do echo $j; done"],
        ["while true; do echo hi; done"],
        ["time echo hi"],
        ["word=$(hostname); echo $word | md5sum"],
        ["docker run -d busybox echo hi"],
        ["docker run -d --name clock busybox sh -c 'while true; do date; sleep 1; done'", "docker logs clock"],
        ["docker run -d --name hi busybox echo hi", "docker logs -f hi"],
        ["docker run -d --name hi --restart always busybox echo hi", "docker logs hi"],
        ["docker run -d --name hi busybox echo hi", "docker start hi", "docker logs hi"],
        ["docker run --rm -i busybox sha256sum"],
        ["echo hi | docker run --rm busybox sha256sum"],
        ["md5sum < /etc/hostname"],
        ["md5sum <<< $HOSTNAME"],
        ["echo hi > note", "docker cp note web:/note", "docker exec db cksum /note"],
        ["docker cp web:/etc/hostname .", "cksum hostname"],
        ["git rev-parse HEAD"],
        ["python3 -c 'import os; print(os.getpid())'"],
        ["python3 -c 'import hashlib, time; print(hashlib.md5(str(time.time()).encode()).hexdigest())'"],
        ["python3 -c 'import datetime; print(datetime.date.today())'"],
        ["python3 hash.py"],
        ["node -e 'console.log(new Date())'"],
        ["node -e 'console.log(Math.random())'"],
        ["psql -tAc 'select now()'"],
        ["psql -tAc 'select md5(name) from guests'"],
    ],
)
def test_what_was_made_in_this_run_is_not_fixed(commands: list[str]) -> None:
    assert not is_fixed(commands, {})


def test_a_file_of_the_pages_is_fixed() -> None:
    assert is_fixed(["sha256sum app.py"], {"src/app.py": ""})


def test_of_two_scripts_with_one_name_both_have_to_print_what_is_fixed() -> None:
    files = {"a/run.sh": "echo 1\n", "b/run.sh": "date\n"}
    assert is_fixed(["sh a/run.sh"], {"a/run.sh": "echo 1\n"})
    assert not is_fixed(["sh a/run.sh"], files)


def test_a_file_that_a_pipe_of_typed_text_writes_is_fixed() -> None:
    bindings = Bindings()
    for command in ("printf 'b\\na\\n' | sort > list.txt", "sha256sum list.txt"):
        bindings.resolve(command)
    assert compare(f"{'a' * 64}  list.txt", f"{'b' * 64}  list.txt", bindings) != []
