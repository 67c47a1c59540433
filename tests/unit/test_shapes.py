"""What is the same shape, and what is not: real outputs of two runs of one engine, and damaged ones."""

import json
import re
from pathlib import Path

import pytest

from harness.shapes import Bindings, Difference, compare

_OUTPUTS = Path(__file__).parent / "outputs"


def _real(engine: str) -> dict[str, tuple[str, list[str]]]:
    """Of an engine, the command and what two fresh runs printed, by id."""
    records = map(json.loads, (_OUTPUTS / f"{engine}.jsonl").read_text(encoding="utf-8").splitlines())
    return {record["id"]: (record["command"], record["texts"]) for record in records}


REAL = {engine: _real(engine) for engine in ("29.7.2", "28.5.2", "20.10.24")}


def judged(engine: str, identity: str, *changes: tuple[str, str], swap: bool = False) -> list[Difference]:
    """Compare two real runs of a command, the second one with changes."""
    command, texts = REAL[engine][identity]
    sample, actual = reversed(texts) if swap else texts
    for old, new in changes:
        assert old in actual, f"nothing to damage: no {old!r} in\n{actual}"
        actual = actual.replace(old, new, 1)
    bindings = Bindings()
    bindings.resolve(command)
    return compare(sample, actual, bindings)


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize(("engine", "identity"), [(engine, key) for engine, runs in REAL.items() for key in runs])
def test_two_runs_of_one_engine_have_the_same_shape(engine: str, identity: str, swap: bool) -> None:
    assert judged(engine, identity, swap=swap) == []


@pytest.mark.parametrize(
    ("engine", "identity", "old", "new"),
    [
        # literals, and what has to be of its kind
        ("29.7.2", "version-short", "Docker version", "Docker versoin"),
        ("29.7.2", "version-short", "29.7.2", "twenty"),
        ("29.7.2", "version-short", "build 0000000", "build none"),
        ("29.7.2", "denied-ps", "permission denied", "Permission denied"),
        ("20.10.24", "denied-ps", "/v1.24/", "/latest/"),
        ("29.7.2", "pull-missing-tag", "lastest", "latest"),
        ("29.7.2", "cp-out", "1.54kB", "1.54kX"),
        ("29.7.2", "cp-out", " (transferred 3.58kB)", ""),
        ("29.7.2", "logs-t", "T07:37:22", "T07:3722"),
        ("29.7.2", "curl-head", "Tue, 24 Nov", "Tuesday, 24 Nov"),
        ("29.7.2", "port-P", "32768", "8080"),
        ("29.7.2", "run-it-bash", "\n4c89bf5ce718\n", "\n4c89bf5ce719\n"),
        # pull: layers are free, but layers
        ("29.7.2", "pull", "3da975e6cc16: Pull complete", "3da975e6cc16: Pull failed"),
        ("29.7.2", "pull", "3da975e6cc16: Pull complete", "3da975e6cc1: Pull complete"),
        ("29.7.2", "pull", "3da975e6cc16: Pull complete", "332519fe4190: Pull complete"),
        ("29.7.2", "pull", "Digest: sha256:d", "Digest: sha256:"),
        ("29.7.2", "pull", "Downloaded newer image", "Image is up to date"),
        ("20.10.24", "pull-notty", "590a7a06b822: Download complete\n", ""),
        ("29.7.2", "push", ": Pushed", ": Waiting"),
        # attestations, which only 29 prints: their number is free as well
        ("29.7.2", "pull-attested", "Download complete", "Download failed"),
        ("29.7.2", "pull-attested", "435710ff7855: Pull complete", "435710ff7855: Pull failed"),
        ("29.7.2", "push-attested", "44136fa355b3: Pushed", "44136fa355b3: Preparing"),
        ("29.7.2", "push-attested", " size: 855", " sise: 855"),
        # tables
        ("29.7.2", "images", "CONTENT SIZE", "SIZE"),
        ("29.7.2", "images", "centos:latest", "centos:lastest"),
        ("29.7.2", "images", "In Use", "Unused"),
        ("29.7.2", "images", "db4809d09a01", "db4809d09a0g"),
        ("29.7.2", "images-legend", "In Use", "Unused"),
        ("29.7.2", "images-legend", "i Info", "x Info"),
        ("29.7.2", "ps-2", "loop", "loob"),
        ("29.7.2", "ps-2", "infallible_shockley", "infallible_shokley"),
        ("29.7.2", "ps-2", "Up Less than a second", "Up Less than a moment"),
        ("29.7.2", "ps-2", "80/tcp", "80/udp"),
        ("29.7.2", "ps-2", "NAMES", "NAME"),
        ("29.7.2", "health-starting", "(health: starting)", "(healthy)"),
        ("29.7.2", "ps-a-3", "Exited (137)", "Exited (0)"),
        ("29.7.2", "ps-a-3", "Created ", "Running "),
        ("29.7.2", "stats", "MiB /", "MoB /"),
        ("29.7.2", "top", "1017 ", "none "),
        ("29.7.2", "history", "<missing>", "123456789abc"),
        ("29.7.2", "system-df", "Images          35", "Images          34"),
        # sets
        ("29.7.2", "diff", "A /a", "A /c"),
        ("29.7.2", "diff", "A /a\n", ""),
        ("29.7.2", "info", "io.containerd.runc.v2 runc", "io.containerd.runc.v2"),
        ("29.7.2", "info", "::1/128", "::2/128"),
        ("20.10.24", "images-digests", "my/centos                      v1", "my/centos                      v2"),
        ("20.10.24", "volume-ls", "local     data", "local     date"),
        ("29.7.2", "image-prune", "untagged", "deleted"),
        ("29.7.2", "system-prune", "Total reclaimed space", "Total claimed space"),
        ("29.7.2", "rmi-in-use", "referenced image", "image"),
        ("29.7.2", "compose-up", "Started", "Created"),
        ("29.7.2", "compose5-up", "[+] up 4/4", "[+] down 4/4"),
        ("29.7.2", "compose5-up", "[+] up 4/4", "[+] Running 4/4"),
        ("29.7.2", "compose5-up", "[+] up 4/4", "[+] up 3/4"),
        ("29.7.2", "compose5-up", "Healthy", "Started"),
        ("29.7.2", "compose5-again", "shop-web-1 ", "shop-wob-1 "),
        ("29.7.2", "compose5-down", "Removed", "Stopped"),
        ("29.7.2", "compose5-clean", "Volume shop_data ", "Volume shop_date "),
        ("20.10.24", "compose-up", "done", "fail"),
        # builds
        ("29.7.2", "build", "[2/4] RUN echo hello", "[2/4] RUN echo hallo"),
        ("29.7.2", "build", " => => naming to", " => => calling it"),
        ("29.7.2", "build", "(9/9) FINISHED", "(8/9)"),
        ("29.7.2", "build-kit-plain", "[2/4] RUN", "[3/4] RUN"),
        ("29.7.2", "build-kit-plain", "CACHED", "cached"),
        ("29.7.2", "build-copyfail", "COPY missing.txt", "COPY missing.text"),
        ("20.10.24", "build-kit", "[1/4] FROM docker.io/library/debian", "[1/4] FROM docker.io/library/ubuntu"),
        ("20.10.24", "build-kit-empty", "load .dockerignore", "load .gitignore"),
        ("20.10.24", "build-secret", "#2 transferring context: 2B", "#2 transferring nothing: 2B"),
        ("20.10.24", "build-secret", "#2 DONE 0.4s\n", ""),
        # what may be there or not is known by name
        ("20.10.24", "net-unknown", "network nosuch not found", "network such not found"),
        ("20.10.24", "attach-detach", "echo hi\nhi", "echo hi"),
        # time windows
        ("29.7.2", "logs-t", "hello world", "hello wolrd"),
        ("29.7.2", "events", "health_status: healthy", "health_status: unhealthy"),
        ("29.7.2", "events", "exitCode=137", "exitCode=0"),
        ("29.7.2", "stop-all", "9ea179bea84a", "9ea179bea84"),
        ("28.5.2", "events-health", "exitCode=0", "exitCode=1"),
        ("28.5.2", "events-health", "container update", "container upgrade"),
        ("28.5.2", "logs-nginx", "start worker process ", "start walker process "),
        ("28.5.2", "logs-nginx", "1#1: start", "1#x: start"),
        ("28.5.2", "compose-logs", "web-1  | ", "wob-1  | "),
        ("20.10.24", "compose-logs-attaching", "Attaching to composeapp_", "Attaching to composedapp_"),
        # of the machine
        ("28.5.2", "df-h", "  252G ", "  252X "),
        ("28.5.2", "df-h", "Avail", "Free"),
        ("28.5.2", "df-h", "% /", " /"),
        ("28.5.2", "free-h", "Gi ", "Gx "),
        ("28.5.2", "ls-root", " proc", " prox"),
        ("28.5.2", "ls-root", "dr-xr-xr-x ", "drwxr-xr-x "),
        ("28.5.2", "ls-root", "usr/bin", "usr/sbin"),
        ("28.5.2", "mount", "/diff,workdir", "/diff,workdirs"),
        ("28.5.2", "mount", "/overlay2/l/", "/overlay2/m/"),
        ("28.5.2", "inspect-state", '"Pid":', '"Pid":x'),
        ("28.5.2", "inspect-state", '"ExitCode":0', '"ExitCode":1'),
        ("20.10.24", "oom-inspect", "137", "0"),
        # maps
        ("28.5.2", "network-inspect", '"Name": "r1"', '"Name": "r3"'),
        ("28.5.2", "network-inspect", '"MacAddress"', '"MAC"'),
        ("28.5.2", "ps-json", "docker-note=cache", "docker-note=trash"),
        ("28.5.2", "ps-json", '"State":"running"', '"State":"exited"'),
        # a swarm's ids
        ("28.5.2", "swarm-init", "SWMTKN-1-", "SWMTKN-2-"),
        ("28.5.2", "swarm-init", "current node (", "current node (x"),
        ("28.5.2", "service-ls", "centos:latest", "centos:lastest"),
        ("28.5.2", "service-ps", "less than a second ago", "less than a moment ago"),
        ("28.5.2", "service-ps", "Assigned", "Assignet"),
        # progress of other kinds
        ("28.5.2", "buildx-du", "true ", "maybe "),
        ("28.5.2", "buildx-du", "RECLAIMABLE", "CLAIMABLE"),
        ("28.5.2", "compose-top", "SERVICE", "SERVER"),
        ("28.5.2", "compose-top", "sleep 1000", "sleep 100"),
        ("20.10.24", "compose-restart", "... done", "... failed"),
        ("28.5.2", "build-multi-plain", "RUN sleep 2", "RUN sleep 3"),
        ("28.5.2", "build-multi-plain", "1/3] FROM", "2/3] FROM"),
        ("28.5.2", "build-bad-plain", "[3/4] RUN nosuchcommand --flag:", "[3/4] RUN nosuchcommand:"),
        ("28.5.2", "build-bad-plain", "ERROR: failed to build", "ERROR: failed to bild"),
        ("28.5.2", "rmi-used", "referenced image", "image"),
        # what goes on as long as there is time
        ("28.5.2", "logs-counter", "4: ", "x: "),
        ("28.5.2", "logs-counter", "4: ", "7: "),
        ("28.5.2", "logs-counter", "Tue Nov", "Tue Mov"),
        ("28.5.2", "logs-counter-tail", ": ", "; "),
        ("28.5.2", "logs-two", "tick\ntock\ntick", "tick\ntick\ntock"),
        ("28.5.2", "logs-two", "tock", "tuck"),
        ("28.5.2", "logs-ticker-t", " Tue", " Two"),
        ("28.5.2", "logs-web", " 404 ", " 200 "),
        ("28.5.2", "logs-web", "start worker process ", "start walker process "),
        ("28.5.2", "logs-py", "GET / ", "GET /x "),
        # what programs measure, and when
        ("28.5.2", "curl-v", "127.0.0.1 port 8080", "127.0.0.1 port 8081"),
        ("28.5.2", "curl-v", "404 Not Found", "403 Forbidden"),
        ("28.5.2", "curl-progress", "100 ", " 50 "),
        ("28.5.2", "curl-progress", "Dload", "Load"),
        ("28.5.2", "ping", " ms\n", " m\n"),
        ("28.5.2", "ping", "seq=1", "seq=3"),
        ("28.5.2", "ping", "3 packets received", "2 packets received"),
        ("28.5.2", "date-f", "2026-", "2O26-"),
        ("28.5.2", "date-s", "17", "x7"),
        ("28.5.2", "uptime", "0 users", "3 users"),
        ("28.5.2", "uptime", "load average", "load"),
        ("28.5.2", "free", "Swap:", "Swop:"),
        ("28.5.2", "free", "available", "there"),
        ("28.5.2", "free", "Mem:  ", "Mem: x"),
        ("28.5.2", "df", "% /dev\n", "% /def\n"),
        ("28.5.2", "df", "1K-blocks", "512-blocks"),
        ("28.5.2", "top-busybox", "root ", "boot "),
        ("28.5.2", "top-busybox", "K free", "K fee"),
        ("28.5.2", "meminfo", " kB", " kX"),
        ("28.5.2", "loadavg", "/", "\\"),
        ("28.5.2", "ifconfig", "MTU:1500", "MTU:1400"),
        ("28.5.2", "dd-debian", "10485760 bytes", "10485761 bytes"),
        ("28.5.2", "mktemp", "/tmp/tmp.", "/tmp/tmp-"),
        ("28.5.2", "stat", "Inode: 3", "Inode: x"),
        ("28.5.2", "stat", "0644", "0755"),
        ("28.5.2", "py-id", "0x7f", "0x7g"),
        ("28.5.2", "redis-info", "tcp_port:6379", "tcp_port:6380"),
        ("28.5.2", "ps-mounts", "…", ""),
        ("28.5.2", "top-aux", "master process", "worker process"),
        ("28.5.2", "top-aux", "%MEM", "MEM"),
        ("28.5.2", "run-init", "tini (", "tiny ("),
        ("28.5.2", "df-negative", "B (-14%)", "X (-14%)"),
        # in any order, as often as there was time for
        ("28.5.2", "net-rm", 'name:"app"', 'name:"api"'),
        ("28.5.2", "net-nslookup", "Name:   store", "Name:   stare"),
        ("28.5.2", "net-nslookup", "\nNon-authoritative answer:", ""),
        ("28.5.2", "image-ls-json", '"Tag":"7"', '"Tag":"8"'),
        ("28.5.2", "build-secret", "#4 CACHED", "#4 DONE 0.0s"),
        ("28.5.2", "build-secret", "#5 DONE 0.2s\n", ""),
        ("28.5.2", "health-log", '"ExitCode":1', '"ExitCode":2'),
        ("28.5.2", "health-log", "unhealthy", "healthy"),
        # what a command asks for
        ("28.5.2", "inspect-pid", " 2026", " x 2026"),
        ("28.5.2", "random", " ", " x"),
        ("28.5.2", "random-number", "2", "x"),
        ("28.5.2", "background", "Running", "Done"),
    ],
)
def test_a_damaged_output_is_refused(engine: str, identity: str, old: str, new: str) -> None:
    assert judged(engine, identity, (old, new)) != []


def _lines(text: str, *order: int) -> str:
    return "\n".join(text.split("\n")[index] for index in order)


@pytest.mark.parametrize(("engine", "identity"), [(engine, key) for engine, runs in REAL.items() for key in runs])
def test_a_line_more_an_error_or_nothing_at_all_is_refused(engine: str, identity: str) -> None:
    _, (sample, actual) = REAL[engine][identity]
    wrong = {
        "warned before": f"WARNING: No swap limit support\n{actual}",
        "warned after": f"{actual}\nWARNING: No swap limit support",
        "an error": "Error response from daemon: No such container: web",
        "nothing": "",
    }
    assert [name for name, text in wrong.items() if not compare(sample, text, Bindings())] == []


def _swapped(text: str, *places: int) -> str:
    lines = text.split("\n")
    first, second = places
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def test_containers_as_json_keep_their_order() -> None:
    first, second = REAL["28.5.2"]["ps-json"][1][0], '{"Image":"redis","Labels":"a=b","Names":"store"}'
    assert compare(f"{first}\n{second}", f"{first}\n{second}", Bindings()) == []
    assert compare(f"{first}\n{second}", f"{second}\n{first}", Bindings()) != []


def test_rows_of_containers_keep_their_order() -> None:
    sample = REAL["29.7.2"]["ps-a-3"][1][0]
    assert compare(sample, _swapped(sample, 1, 2), Bindings()) != []


@pytest.mark.parametrize("order", [(0, 1, 1, 2, 3), (0, 1, 2), (0, 1, 3, 2)])
def test_a_row_doubled_gone_or_moved_is_refused(order: tuple[int, ...]) -> None:
    sample, actual = REAL["29.7.2"]["ps-2"][1]
    assert compare(sample, actual, Bindings()) == []
    assert compare(sample, _lines(actual, *order), Bindings()) != []


def test_images_of_different_age_keep_their_order() -> None:
    """Two tags of one image tie and may swap places; an image of an hour ago stays below one of minutes ago."""
    sample = REAL["20.10.24"]["images-digests"][1][0]
    assert compare(sample, _swapped(sample, 1, 2), Bindings()) == []
    assert compare(sample, _swapped(sample, 3, 4), Bindings()) != []


def test_volumes_are_listed_by_names_that_may_be_made_up() -> None:
    sample = REAL["20.10.24"]["volume-ls"][1][0]
    assert compare(sample, _swapped(sample, 1, 2), Bindings()) == []


def test_a_health_check_is_logged_as_often_as_it_has_run() -> None:
    entry = """\
        {
            "Start": "2026-11-24T11:42:55.682836524Z",
            "ExitCode": 1,
            "Output": ""
        }"""
    head, tail = '{\n    "FailingStreak": 2,\n    "Log": [\n', "\n    ]\n}"
    sample = head + ",\n".join([entry] * 2) + tail
    actual = head.replace("2", "3") + ",\n".join([entry] * 3) + tail
    assert compare(sample, actual, Bindings()) == []
    assert compare(sample, actual.replace('"ExitCode": 1', '"ExitCode": 0', 1), Bindings()) != []
    assert compare(sample, actual.replace('Streak": 3', 'Streak": 0'), Bindings()) != []


def test_steps_of_a_stage_keep_their_order() -> None:
    sample = REAL["29.7.2"]["build"][1][0]
    second, third = (next(line for line in sample.split("\n") if f"[{step}/4]" in line) for step in (2, 3))
    swapped = sample.replace(second, "\0").replace(third, second).replace("\0", third)
    assert compare(sample, swapped, Bindings()) != []


def test_the_number_of_layers_is_free_but_there_are_some() -> None:
    sample = REAL["29.7.2"]["pull"][1][0]
    layer = "332519fe4190: Pull complete\n"
    assert compare(sample, sample.replace(layer, f"{layer}0123456789ab: Already exists\n"), Bindings()) == []
    assert compare(sample, sample.replace(layer, ""), Bindings()) == []
    assert compare(sample, sample.replace(layer, "").replace("3da975e6cc16: Pull complete\n", ""), Bindings()) != []


def test_the_size_of_what_was_pushed_follows_the_number_of_layers() -> None:
    sample = REAL["29.7.2"]["push"][1][0]
    digest = sample[sample.index("sha256:") :]
    assert " size: " in digest
    assert compare(sample, sample.replace(" size: ", " size: 1"), Bindings()) == []
    assert compare(sample, sample.replace(" size: ", " size: x"), Bindings()) != []
    assert compare(sample, sample.replace(" size: ", " sizes: "), Bindings()) != []


@pytest.mark.parametrize(
    ("left", "engine_words"),
    [
        ("Waiting", "push access denied, repository does not exist or may require authorization: authorization failed"),
        ("Preparing", "no basic auth credentials"),
    ],
)
def test_a_refused_push_leaves_on_the_screen_how_far_it_had_come(left: str, engine_words: str) -> None:
    sample = f"""\
The push refers to repository [172.17.0.1:5001/my/centos]
90ed9eba4fe2: {left}
42bced9a3262: {left}
{engine_words}"""
    assert compare(sample, sample.replace(f": {left}", ": Unavailable"), Bindings()) == []
    assert compare(sample, sample.replace(f": {left}", ": Unavailable", 1), Bindings()) == []
    assert compare(sample, sample.replace(f": {left}", ": Pushed"), Bindings()) != []
    assert compare(sample, sample.replace(f": {left}", ": Pushed", 1), Bindings()) != []
    assert compare(sample, sample.replace(f"90ed9eba4fe2: {left}\n42bced9a3262: {left}\n", ""), Bindings()) != []


def test_what_precedes_successfully_copied_on_its_line_is_how_long_it_took() -> None:
    """Engine 26, a slow copy: its progress was erased, but the cursor left where that had ended."""
    sample = "Successfully copied 2.05kB to web:/usr/share/nginx/html/"
    late = f"{' ' * 29}{sample}"
    copied = _after("docker cp html web:/usr/share/nginx")
    assert compare(sample, late, copied.copy()) == []
    assert compare(late, sample, copied.copy()) == []
    assert compare(sample, late.replace("copied", "moved"), copied.copy()) != []
    assert compare(sample, f"Copying to container - {sample}", copied.copy()) != []
    assert compare(sample, late, _after("cat log.txt")) != []
    assert compare("ok", "   ok", Bindings()) != []


def test_how_long_a_ping_took_is_a_measure_but_not_how_many_answers_came() -> None:
    sample = """\
PING db (172.19.0.2): 56 data bytes

--- db ping statistics ---
1 packets transmitted, 1 packets received, 0% packet loss
round-trip min/avg/max = 0.693/0.693/0.693 ms"""
    assert compare(sample, sample.replace("0.693", "0.295"), _after("docker run --rm busybox ping -c 1 -q db")) == []
    assert compare(sample, sample.replace("1 packets received", "0 packets received"), Bindings()) != []
    assert compare(sample, sample.replace("0.693 ms", "0.693"), Bindings()) != []
    assert compare(sample, sample.replace("/0.693/", "/"), Bindings()) != []


_ABORTED = """\
Attaching to first-1, second-1
first-1  | one
first-1 exited with code 0
Aborting on container exit...
 Container once-second-1  Stopping
second-1  | three
 Container once-second-1  Stopped
second-1 exited with code 4
 Container once-first-1  Stopping
 Container once-first-1  Stopped"""


def test_compose_that_aborts_tells_how_a_stopped_service_ended_at_some_time_or_not_at_all() -> None:
    """Two runs on 28c, and one on 28."""
    told = "second-1 exited with code 4\n"
    stopping = " Container once-first-1  Stopping\n"
    later = _ABORTED.replace(told + stopping, stopping + told)
    never = _ABORTED.replace(told, "")
    for shown, printed in ((_ABORTED, later), (later, _ABORTED), (_ABORTED, never), (never, later)):
        assert compare(shown, printed, _after("docker compose up --exit-code-from second")) == []
        assert compare(shown, printed.replace("first-1 exited with code 0\n", ""), Bindings()) != []
        assert compare(shown, printed.replace(stopping, ""), Bindings()) != []
        assert compare(shown, printed.replace("Aborting", "Stopping"), Bindings()) != []
    assert compare(_ABORTED, later.replace("code 4", "code 0"), Bindings()) != []
    assert compare(never, later.replace("second-1 exited", "second-1 existed"), Bindings()) != []


def test_of_a_download_to_standard_output_the_progress_comes_before_or_after_it() -> None:
    """busybox wget -O - http://api, two runs on 20.10."""
    progress = "-                    100% |********************************|   121  0:00:00 ETA\nwritten to stdout\n"
    page = "<!DOCTYPE html>\n<html>\n<body>\n</html>\n"
    before, after = (f"writing to stdout\n{one}{other}" for one, other in ((progress, page), (page, progress)))
    assert compare(before, after, Bindings()) == []
    assert compare(after, before, Bindings()) == []
    assert compare(before, after.replace("written to stdout\n", ""), Bindings()) != []
    assert compare(before, after.replace("<body>\n</html>", "</html>\n<body>"), Bindings()) != []
    assert compare(before, after.replace("|\n", "|  stalled\n").replace("ETA", "ATE"), Bindings()) != []


def test_whose_clock_runs_out_first_is_a_race_where_a_registry_does_not_answer() -> None:
    """docker pull on 20.10, two runs."""
    url = 'Error response from daemon: Get "http://172.17.0.1:5000/v2/": '
    dialled = f"{url}dial tcp 172.17.0.1:5000: i/o timeout"
    waited = (
        f"{url}net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)"
    )
    late = f"{url}context deadline exceeded"
    for sample, actual in ((dialled, waited), (waited, dialled), (late, waited), (dialled, late)):
        bindings = _after("docker pull 172.17.0.1:5000/me/notes")
        assert compare(sample, actual, bindings) == []
        for old, new in (("timeout", "refused"), ("Timeout", "Refusal"), (":5000", ":5001"), (": Get", ": Put")):
            if old in actual:
                assert compare(sample, actual.replace(old, new), bindings) != []
    assert (
        compare(dialled, f"{url}dial tcp 172.17.0.1:5001: i/o timeout", _after("docker pull 172.17.0.1:5000/a")) != []
    )
    assert compare(dialled, f"{url}dial tcp 172.17.0.1:5000: connection refused", Bindings()) != []


def test_an_address_of_the_kernel_is_made_up_but_not_none() -> None:
    """/proc/net/tcp"""
    sample = (
        "   0: 00000000:18EB 00000000:0000 0A 00000000:00000000   101        0 3642952 1 00000000dfe01424 100 0 0 10 0"
    )
    assert compare(sample, sample.replace("dfe01424", "d4fe49fd"), Bindings()) == []
    assert compare(sample, sample.replace("dfe01424", "00000000"), Bindings()) != []
    assert compare(sample, sample.replace("dfe01424", "dfe0142"), Bindings()) != []
    assert compare(sample, sample.replace("18EB", "18EC"), Bindings()) != []


def test_what_was_pruned_comes_in_any_order() -> None:
    """docker volume prune on 20.10, which removes volumes with names too; docker network prune."""
    volume = "33f4e077f89333f4e077f89333f4e077f89333f4e077f89333f4e077f8931234"
    sample = f"Deleted Volumes:\n{volume}\nmemo\n\nTotal reclaimed space: 0B"
    assert compare(sample, sample.replace(f"{volume}\nmemo", f"memo\n{volume[::-1]}"), Bindings()) == []
    assert compare(sample, sample.replace("memo", "note"), Bindings()) != []
    assert compare(sample, sample.replace("memo\n", ""), Bindings()) != []
    assert compare(sample, sample.replace("Volumes", "Networks"), Bindings()) != []
    networks = "Deleted Networks:\nfront\nback\n"
    assert compare(networks, "Deleted Networks:\nback\nfront\n", Bindings()) == []
    assert compare(networks, "Deleted Networks:\nback\nside\n", Bindings()) != []
    assert compare(f"{networks}\nb\na", f"{networks}\na\nb", Bindings()) != []  # of another command


def test_what_is_said_again_and_again_is_said_as_often_as_there_was_time() -> None:
    said = "hello world\n"
    assert compare(said * 7, said * 10, Bindings()) == []
    assert compare(said * 7, said, Bindings()) != []
    assert compare(said * 2, said, Bindings()) != []


def _after(command: str) -> Bindings:
    bindings = Bindings()
    bindings.resolve(command)
    return bindings


@pytest.mark.parametrize(
    ("command", "same"),
    [
        ("docker logs loop", True),
        ("timeout 3 docker run centos yes hello", True),
        ("docker exec web cat /greetings", False),
        ("docker exec web ls logs", False),
        ("docker run --rm centos sh -c 'while true; do echo hello; done'", True),
        ("docker run -d centos sh -c 'while true; do echo hello; done'", False),
        ("docker compose up", True),
        ("docker compose up -d --wait", False),
    ],
)
def test_the_command_says_whether_more_may_have_come(command: str, same: bool) -> None:
    assert (compare("hello\n" * 3, "hello\n" * 5, _after(command)) == []) is same


def test_in_a_log_what_was_said_once_may_have_been_said_again() -> None:
    """What a health check asks is logged by the program, as often as there was time for."""
    asked = '127.0.0.1 - - [24/Nov/2026 12:42:38] "GET / HTTP/1.1" 200 -\n'
    sample, bindings = f"notes on port 7000\n{asked}", _after("docker logs notes")
    assert compare(sample, f"{sample}{asked.replace('42:38', '42:40')}", bindings) == []
    assert compare(sample, "notes on port 7000", bindings) != []
    assert compare(sample, f"{sample}{asked.replace('200', '500')}", bindings) != []


def test_in_a_log_what_was_said_once_was_not_said_again_at_the_same_time() -> None:
    """Nothing had the time to come round in a loop."""
    first, second, third = (f"2026-11-26T01:13:3{number}+00:00\n" for number in range(3))
    ready = "cache-1  | 1:M 24 Nov 2026 06:28:37.948 * Ready to accept connections tcp\n"
    for command, said in (("docker logs --tail 3 clock", first), ("docker compose logs", ready)):
        assert compare(said, said * 2, _after(command)) != []
        assert compare(said * 2, said, _after(command)) != []
    assert compare(first + second, first + second + third, _after("docker logs -f clock")) == []
    assert compare(first + second, first + second + second, _after("docker logs -f clock")) != []
    fast = _after("docker run --rm busybox sh -c 'while sleep 0.4; do date; done'")
    assert compare(first * 2 + second * 3, first * 3 + second * 2 + third, fast) == []


def test_in_a_log_a_number_beside_one_that_counts_is_literal() -> None:
    sample = "1: used 20\n2: used 35\n3: used 11"
    assert compare(sample, sample.replace("35", "36"), _after("docker logs meter")) != []


def test_in_a_log_what_belongs_to_one_container_is_said_as_often_as_there() -> None:
    detached = "root@7ffa035f871e:/# echo hi\nhi\nroot@7ffa035f871e:/# read escape sequence"
    doubled = f"{detached}\nroot@7ffa035f871e:/# read escape sequence"
    assert compare(detached, detached, _after("docker attach att")) == []
    assert compare(detached, doubled, _after("docker attach att")) != []


_ASKED = '127.0.0.1 - - [24/Nov/2026 12:39:43] "GET / HTTP/1.1" 200 -\n'
_REQUESTS = """\
172.17.0.1 - - [24/Nov/2026 12:39:47] "HEAD / HTTP/1.1" 200 -
172.17.0.1 - - [24/Nov/2026 12:39:47] code 404, message File not found
172.17.0.1 - - [24/Nov/2026 12:39:47] "GET /none HTTP/1.1" 404 -
"""


@pytest.mark.parametrize(
    ("command", "prefix"),
    [
        ("docker logs notes", ""),
        ("docker compose logs", "notes-1  | "),
        ("docker logs -t notes", "2026-11-24T12:39:47.540094334Z "),
    ],
)
def test_in_a_log_a_health_check_asks_in_between_whenever_it_is_its_turn(command: str, prefix: str) -> None:
    """Two runs on 20.10 of a server with a health check every two seconds."""

    def log(*pieces: str) -> str:
        return "".join(f"{prefix}{line}\n" for line in "".join(("notes on port 7000\n", *pieces)).splitlines())

    sample, actual = log(_ASKED * 2, _REQUESTS), log(_ASKED * 4, _REQUESTS, _ASKED)
    head, missing, none = _REQUESTS.splitlines(keepends=True)
    for shown, printed in ((sample, actual), (actual, sample)):
        assert compare(shown, printed, _after(command)) == []
        for old in (head, missing, none):
            assert compare(shown, printed.replace(prefix + old, ""), _after(command)) != []  # it occurs once
            assert compare(shown, f"{printed}{prefix}{old}".replace("/none", "/nome"), _after(command)) != []
        assert compare(shown, printed.replace(f"{prefix}{_ASKED}", ""), _after(command)) != []
        assert compare(shown, printed.replace('"GET / HTTP/1.1" 200', '"GET / HTTP/1.1" 500', 1), _after(command)) != []
        swapped = printed.replace(f"{prefix}{missing}{prefix}{none}", f"{prefix}{none}{prefix}{missing}")
        assert compare(shown, swapped, _after(command)) != []
    assert compare(sample, log(_ASKED, head, _ASKED, missing, none), _after(command)) != []  # as many, one was moved
    assert compare(sample, actual, _after("docker exec notes cat /log")) != []


def test_in_a_log_a_loop_keeps_the_order_of_its_lines() -> None:
    times = [f"Tue Nov 24 08:51:0{second} UTC 2026" for second in range(4)]
    first, second, third, fourth = times
    sample = f"{first}\nhello\n{second}\nhello\n{third}"
    assert compare(sample, f"{sample}\nhello\n{fourth}", _after("timeout 2 docker logs -f --tail 1 loop")) == []
    swapped = f"{first}\n{second}\nhello\nhello\n{third}"
    assert compare(sample, swapped, _after("timeout 2 docker logs -f --tail 1 loop")) != []


def test_in_a_log_what_has_no_time_keeps_its_place() -> None:
    sample = "ready\nload\nstart\nwork\nstop\nready\nbye"
    timed = "".join(f"2026/11/24 11:31:0{second} {line}\n" for second, line in enumerate(sample.split("\n")))
    last = "2026/11/24 11:31:05 ready\n2026/11/24 11:31:06 bye"
    assert compare(sample, sample.replace("ready\nbye", "bye"), _after("docker logs job")) != []
    assert compare(timed, timed.replace(last, "2026/11/24 11:31:06 bye"), _after("docker logs job")) == []
    assert compare(timed, timed.replace("work", "walk"), _after("docker logs job")) != []


def test_the_names_of_a_loaded_image_come_in_any_order() -> None:
    sample = "Loaded image: notes:4\nLoaded image: notes:latest"
    assert compare(sample, "Loaded image: notes:latest\nLoaded image: notes:4", Bindings()) == []
    assert compare(sample, "Loaded image: notes:latest\nLoaded image: notes:5", Bindings()) != []


def test_the_layers_of_a_loaded_image_come_between_its_names_wherever_they_were_drawn() -> None:
    """20.10, three times fresh."""
    layer = "Loading layer [==================================================>]   2.56kB/2.56kB"
    sample = f"4ac5dcd2f3d5: {layer}\nLoaded image: greeting:1.0\nLoaded image: greeting:2.0"
    actual = f"Loaded image: greeting:2.0\n6e365e530d52: {layer}\nLoaded image: greeting:1.0"
    assert compare(sample, actual, Bindings()) == []
    assert compare(sample, actual.replace("greeting:1.0", "greeting:3.0"), Bindings()) != []
    assert compare(sample, actual.replace("Loaded image: greeting:1.0", "").rstrip(), Bindings()) != []
    assert compare(sample, "Loaded image: greeting:1.0\nLoaded image: greeting:2.0", Bindings()) != []


def test_in_a_log_a_loop_may_have_gone_round_more_often() -> None:
    sample, bindings = "start\nping\npong\n" + "ping\npong\n" * 2, _after("docker logs --tail 20 loop")
    assert compare(sample, sample + "ping\npong\nping", bindings) == []
    assert compare(sample, sample.replace("start\n", ""), bindings) != []
    assert compare(sample, sample + "ping\npung", bindings) != []


def test_of_two_writers_of_a_log_each_keeps_its_order() -> None:
    error = "2026/11/24 11:30:21 [error] 29#29: *1 open() failed"
    access = '172.17.0.1 - - [24/Nov/2026:11:30:21 +0000] "GET /nosuch HTTP/1.1" 404 153'
    sample, bindings = f"{error}\n{error} again\n{access}", _after("docker logs web")
    assert compare(sample, f"{access}\n{error}\n{error} again", bindings) == []
    assert compare(sample, f"{error} again\n{error}\n{access}", bindings) != []


@pytest.mark.parametrize(
    ("command", "sample", "actual"),
    [
        ("docker volume ls -q", f"{'a' * 64}\ndata", f"data\n{'b' * 64}"),
        ("docker images --format '{{.Repository}}'", "nginx\nredis", "redis\nnginx"),
        ("docker network inspect -f '{{range .Containers}}{{.Name}} {{end}}' mynet", "web db", "db web"),
    ],
)
def test_what_is_sorted_by_something_that_is_not_shown_comes_in_any_order(
    command: str, sample: str, actual: str
) -> None:
    assert compare(sample, actual, _after(command)) == []
    assert compare(sample, actual.replace("d", "t"), _after(command)) != []


def test_a_number_that_nobody_would_write_is_a_measure_but_not_a_round_or_a_typed_one() -> None:
    assert compare("1795519827", "1795520263", Bindings()) == []
    assert compare("104857600", "104857601", Bindings()) != []  # 100 MiB
    assert compare("1795519827", "1795520263", _after("echo 1795519827")) != []
    assert compare("65143", "65144", Bindings()) != []
    assert compare('"Pid": 1000,', '"Pid": 1007,', _after("docker run -d centos sleep 1000")) == []
    assert compare('"Cmd": 1000,', '"Cmd": 1007,', _after("docker run -d centos sleep 1000")) != []
    assert compare("1413.36", "354.17", Bindings()) != []
    assert compare("1413.36", "4495.06", Bindings()) == []
    assert compare("2026.11", "2026.12", Bindings()) != []  # may be a version


def test_padding_of_a_table_follows_its_content() -> None:
    sample = (
        "CONTAINER ID   IMAGE           COMMAND   STATUS                      PORTS     NAMES\n"
        '588ec8830392   centos:latest   "bash"    Exited (0) 33 seconds ago             priceless_swartz'
    )
    actual = (
        "CONTAINER ID   IMAGE           COMMAND   STATUS                              PORTS     NAMES\n"
        '67a0a9af86f4   centos:latest   "bash"    Exited (0) Less than a second ago             zen_tu'
    )
    edited = '6f2e357b1082 centos:latest   "bash"  Exited (0) 4 minutes ago    sad_tu'.replace("2 c", "2   c")
    assert compare(sample, actual, Bindings()) == []
    assert compare(sample, f"{sample.splitlines()[0]}\n{edited}", Bindings()) == []


def test_the_legend_at_the_right_edge_follows_the_width_of_the_terminal() -> None:
    sample, actual = (text.split("\n")[0] for text in REAL["29.7.2"]["images"][1])
    assert compare(sample, actual.replace(" " * 100, "", 1), Bindings()) == []


def test_trailing_blanks_and_blank_lines_at_the_ends_do_not_count() -> None:
    assert compare("a\nb", "\na  \nb\n\n", Bindings()) == []
    assert compare("a\nb", "a\n\nb", Bindings()) != []


def test_a_sample_without_output_means_that_nothing_is_printed() -> None:
    assert compare("", "\n", Bindings()) == []
    assert compare("", "web", Bindings()) == [Difference(0, "", "web", "line", actual_line=1)]
    assert compare("web", "", Bindings()) == [Difference(1, "web", "", "line")]


@pytest.mark.parametrize(
    ("actual", "same"),
    [
        ("Reading package lists...\nSetting up curl\nDone", True),
        ("Reading package lists...\nGet:1\nGet:2\nSetting up curl\nProcessing\nDone", True),
        ("Reading package lists...\nGet:1\nDone", False),
        ("Setting up curl\nDone", False),
        ("Reading package lists...\nSetting up curl\nDone\nmore", False),
    ],
)
def test_a_line_of_three_dots_leaves_any_number_of_lines_out(actual: str, same: bool) -> None:
    sample = "Reading package lists...\n...\nSetting up curl\n...\nDone"
    assert (compare(sample, actual, Bindings()) == []) is same


_INFO = """\
 Kernel Version: 6.18.44-fc-v669
 Operating System: Debian GNU/Linux forky/sid (containerized)
 OSType: linux
 Architecture: x86_64
 CPUs: 2
 Total Memory: 23.54GiB
 Name: lab
 Docker Root Dir: /var/lib/docker
 Cgroup Driver: cgroupfs
 Cgroup Version: 1"""
_OTHER_MACHINE = """\
 Kernel Version: 5.15.153.1-microsoft-standard-WSL2
 Operating System: Ubuntu 24.04.1 LTS
 OSType: linux
 Architecture: aarch64
 CPUs: 16
 Total Memory: 7.6GiB
 Name: my-laptop.local
 Docker Root Dir: /var/lib/docker
 Cgroup Driver: systemd
 Cgroup Version: 2"""


def test_facts_of_the_machine_are_free_in_docker_info() -> None:
    assert compare(_INFO, _OTHER_MACHINE, Bindings()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("CPUs: 16", "CPUs: many"),
        ("5.15.153.1", "five"),
        ("Ubuntu", "Windows"),
        ("aarch64", "aarch65"),
        ("7.6GiB", "7.6GxB"),
        ("my-laptop.local", "my laptop"),
        ("/var/lib/docker", "/srv/docker"),
        ("OSType: linux", "OSType: windows"),
        ("systemd", "initd"),
        ("Version: 2", "Version: 3"),
    ],
)
def test_a_fact_of_the_machine_is_one_of_its_kind(old: str, new: str) -> None:
    assert compare(_INFO, _OTHER_MACHINE.replace(old, new), Bindings()) != []


_PORTS = """\
CONTAINER ID   IMAGE     STATUS         PORTS                                     NAMES
588ec8830392   nginx     Up 2 seconds   0.0.0.0:8080->80/tcp, [::]:8080->80/tcp   web"""


@pytest.mark.parametrize(
    "both",
    [
        _PORTS,
        _PORTS.replace("[::]:", ":::"),  # 20.10
        "80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080",  # docker port
        "0.0.0.0:8080\n[::]:8080",
        "0.0.0.0:8080->80/tcp, 0.0.0.0:8080->80/udp, :::8080->80/tcp, :::8080->80/udp",
        "web   nginx -g daemon off;   Up      0.0.0.0:8080->80/tcp,:::8080->80/tcp",  # compose 1
        '{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"},{"HostIp":"::","HostPort":"8080"}]}',
    ],
)
def test_a_machine_with_ipv6_publishes_the_same_port_once_more(both: str) -> None:
    """Of an engine with IPv6: labs have none. The double may be there or not; another port may not."""
    double = r',?[ \n]?(?:80/tcp -> )?(?:\[::\]|::):8080(?:->80/(?:tcp|udp))?|,\{"HostIp":"::","HostPort":"8080"\}'
    one = re.sub(double, lambda found: " " * len(found[0]) if both.endswith("web") else "", both)
    assert "::" not in one
    for sample, actual in ((both, one), (one, both)):
        assert compare(sample, actual, Bindings()) == []
    assert compare(one, re.sub(r"(::.*?)8080", r"\g<1>8081", both, count=1), Bindings()) != []
    assert compare(one, both.replace("0.0.0.0", "127.0.0.1"), Bindings()) != []
    assert compare(both, re.sub(r"0\.0\.0\.0.*?8080", "", both, count=1), Bindings()) != []


def test_a_pull_that_unpacked_nothing_is_not_one_that_did() -> None:
    command, [sample, actual] = REAL["29.7.2"]["pull-attested"]
    bindings = Bindings()
    bindings.resolve(command)
    assert compare(sample, actual.replace("Pull complete", "Download complete"), bindings) != []


@pytest.mark.parametrize("line", ["{}", "web   {}   nginx", '{{"Ports":"{}","Names":"web"}}'])
def test_published_ports_come_in_any_order(line: str) -> None:
    """Up to 29.7 they are in the order of the addresses' letters, later in that of their numbers (docker/cli#7144)."""
    before = "127.0.0.10:8080->80/tcp, 127.0.0.9:8081->80/tcp, 443/tcp"
    after = "127.0.0.9:8081->80/tcp, 127.0.0.10:8080->80/tcp, 443/tcp"
    typed = Bindings()
    typed.resolve("docker run -d --name web -p 127.0.0.9:8081:80 -p 127.0.0.10:8080:80 nginx")
    assert compare(line.format(before), line.format(after), typed.copy()) == []
    for damaged in (after.replace("8081", "8080"), after.replace("9:8081", "10:8081"), after.replace(", 443/tcp", "")):
        assert compare(line.format(before), line.format(damaged), typed.copy()) != []


def test_ports_that_the_engine_chose_say_nothing_of_the_order() -> None:
    sample = "0.0.0.0:32768->80/tcp, 0.0.0.0:32769->443/tcp"
    assert compare(sample, "0.0.0.0:32771->80/tcp, 0.0.0.0:32770->443/tcp", Bindings()) == []
    assert compare(sample, "0.0.0.0:32771->80/tcp, 0.0.0.0:32770->444/tcp", Bindings()) != []


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("fe80::42:acff:fe11:2", True),
        ("fd00:dead:beef::2", True),
        ("2001:db8:0:0:0:0:0:1", True),
        ("fe80", False),
        ("::1", False),
        ("1234::1", False),
        ("fe80::42:acff:fe11:xx", False),
    ],
)
def test_an_ipv6_address_that_the_engine_gave_is_free(address: str, same: bool) -> None:
    assert (compare("inet6 fe80::1c2b:3aff:fe4d:5e6f/64", f"inet6 {address}/64", Bindings()) == []) is same


def test_a_size_that_the_reader_typed_is_literal() -> None:
    bindings = Bindings()
    bindings.resolve("docker run -m 512MiB centos")
    assert compare("Memory limit 512MiB of 1.5GiB", "Memory limit 512MiB of 2.5GiB", bindings) == []
    assert compare("Memory limit 512MiB of 1.5GiB", "Memory limit 511MiB of 1.5GiB", bindings) != []


# From BuildKit's output against Docker Hub itself.
_BUILD = """\
[+] Building 5.4s (8/8) FINISHED                                                     docker:default
 => [internal] load build definition from Dockerfile                                           0.0s
 => => transferring dockerfile: 38B                                                            0.0s
 => [internal] load metadata for docker.io/library/alpine:latest                               0.7s
 => [1/2] FROM docker.io/library/alpine@sha256:{0}                                             0.5s
 => => resolve docker.io/library/alpine@sha256:{0}                                             0.0s
 => => sha256:{1} 528B / 528B                                                                  0.0s
 => => extracting sha256:{1}                                                                   0.2s
 => [2/2] RUN echo hello                                                                       0.3s
 => exporting to image                                                                         0.0s""".format(
    "d" * 64, "e" * 64
)
_AUTH = " => [auth] library/alpine:pull token for registry-1.docker.io                                  0.0s\n"
_METADATA = " => [internal] load metadata"


def test_a_build_may_ask_the_registry_for_a_token() -> None:
    asked = _BUILD.replace("(8/8)", "(9/9)").replace(_METADATA, _AUTH + _METADATA)
    assert compare(_BUILD, asked, Bindings()) == []
    assert compare(asked, _BUILD, Bindings()) == []
    assert compare(_BUILD, asked.replace("(9/9)", "(8/8)"), Bindings()) != []
    assert compare(_BUILD, asked.replace("[auth]", "[oath]"), Bindings()) != []
    assert compare(_BUILD, asked.replace("token for", "broken for"), Bindings()) != []


def test_a_build_fetches_as_many_layers_as_its_base_has() -> None:
    layer = f" => => sha256:{'f' * 64} 22.5MB / 22.5MB                                               2.5s\n"
    more = _BUILD.replace(" => => extracting", f"{layer} => => extracting")
    assert compare(_BUILD, more, Bindings()) == []
    assert compare(_BUILD, more.replace("22.5MB / 22.5MB", "22.5MB of 22.5MB"), Bindings()) != []
    assert compare(_BUILD, more.replace("f" * 64, "f" * 63), Bindings()) != []


def test_a_build_in_plain_progress_may_ask_for_a_token() -> None:
    plain = "#1 [internal] load metadata for docker.io/library/alpine:latest\n#1 DONE 0.2s"
    asked = f"#1 [auth] library/alpine:pull token for registry-1.docker.io\n#1 DONE 0.0s\n\n{plain.replace('#1', '#2')}"
    assert compare(plain, asked, Bindings()) == []
    assert compare(plain, asked.replace("[auth]", "[oath]"), Bindings()) != []


# From compose 2's output against Docker Hub itself.
_PULL = """\
[+] Running 4/4
 ✔ db 3 layers [⣿⣿⣿]      0B/0B      Pulled                                      6.9s
   ✔ bca4290a9639 Pull complete                                                  1.5s
   ✔ e17209f7d6fe Pull complete                                                  1.6s
   ✔ ac791973e295 Already exists                                                 0.0s"""


def test_an_image_that_compose_pulls_has_any_number_of_layers() -> None:
    fewer = """\
[+] Running 3/3
 ✔ db 2 layers [⣿⣿]      0B/0B      Pulled                                       5.1s
   ✔ 1f7ce2fa46ab Pull complete                                                  1.5s
   ✔ 9b16c94bb686 Pull complete                                                  0.1s"""
    assert compare(_PULL, fewer, Bindings()) == []
    assert compare(_PULL, fewer.replace(" db ", " web "), Bindings()) != []
    assert compare(_PULL, fewer.replace("Pulled ", "Failed "), Bindings()) != []
    assert compare(_PULL, fewer.replace("Running 3/3", "Running 2/3"), Bindings()) != []
    assert compare(_PULL, fewer.replace("1f7ce2fa46ab Pull complete", "1f7ce2fa46ab Pull failed  "), Bindings()) != []


# From compose 2.26, `docker compose up`: what it shows of its progress stops where it attaches.
_ATTACHED = """\
[+] Running 1/2
 ✔ Network once_default     Created                                              0.6s
 ⠙ Container once-first-1   Created                                              0.1s
 ⠋ Container once-second-1  Created                                              0.1s
Attaching to first-1, second-1
first-1   | one
first-1 exited with code 0
second-1  | three
second-1 exited with code 4"""


def test_what_compose_was_doing_when_it_attached_is_free() -> None:
    later = _ATTACHED.replace("1/2", "1/3").replace("⠋", "⠹")
    first = "first-1   | one\nfirst-1 exited with code 0\n"
    assert compare(_ATTACHED, later, Bindings()) == []
    assert compare(_ATTACHED, later.replace(first, "").replace("code 4", f"code 4\n{first.rstrip()}"), Bindings()) == []
    assert compare(_ATTACHED, later.replace("1/3", "3/3"), Bindings()) == []
    assert compare(_ATTACHED, later.replace("Running 1/3", "Stopping 1/3"), Bindings()) != []
    assert compare(_ATTACHED, later.replace("⠹", "✘"), Bindings()) != []
    assert compare(_ATTACHED, later.replace("code 4", "code 0"), Bindings()) != []


@pytest.mark.parametrize(
    ("actual", "same"),
    [
        ("A /b\nC /etc\nA /a", True),
        ("A /z\nC /etc\nA /a\nD /y", True),
        ("A /a\nA /b", False),
        ("warning: no\nA /a\nC /etc", False),
        ("A /a\nC /ect", False),
    ],
)
@pytest.mark.parametrize("sample", ["C /etc\nA /a\n...", "C /etc\n...\nA /a", "A /a\nC /etc\n..."])
def test_of_a_set_a_sample_may_show_a_part(sample: str, actual: str, same: bool) -> None:
    """docker diff prints its paths in any order."""
    assert (compare(sample, actual, Bindings()) == []) is (same and actual.startswith("A"))


def test_of_a_set_in_the_midst_of_an_output_a_sample_may_show_a_part() -> None:
    sample = "Deleted Images:\nuntagged: b:1\n...\nTotal reclaimed space: 1MB"
    actual = "Deleted Images:\nuntagged: a:1\nuntagged: b:1\nTotal reclaimed space: 9.1kB"
    assert compare(sample, actual, Bindings()) == []
    assert compare(sample, actual.replace("b:1", "c:1"), Bindings()) != []
    assert compare(sample, actual.replace("Total", "Whole"), Bindings()) != []
    assert compare(sample, actual.replace("Deleted", "Removed"), Bindings()) != []


def test_ports_come_in_any_order() -> None:
    sample = "80/tcp -> 0.0.0.0:32768\n443/tcp -> 0.0.0.0:32769"
    assert compare(sample, "443/tcp -> 0.0.0.0:32768\n80/tcp -> 0.0.0.0:32769", Bindings()) == []
    assert compare(sample, "443/tcp -> 0.0.0.0:32768\n81/tcp -> 0.0.0.0:32769", Bindings()) != []


def test_lines_of_services_come_as_they_speak_but_each_service_in_its_order() -> None:
    sample = "web-1  | one\nweb-1  | two\ndb-1   | three"
    assert compare(sample, "db-1   | three\nweb-1  | one\nweb-1  | two", Bindings()) == []
    assert compare(sample, "db-1   | three\nweb-1  | two\nweb-1  | one", Bindings()) != []


def test_a_swarms_id_and_its_beginning_are_one_thing() -> None:
    bindings = Bindings()
    assert compare("kabmmxsvg9vw7hc6dp41cu7b9", "js9v7s3kxcan409nhgn4nnqyb", bindings) == []
    services = "ID             NAME      REPLICAS   IMAGE\n{}   svc       1/1        centos:latest"
    assert compare(services.format("kabmmxsvg9vw"), services.format("js9v7s3kxcan"), bindings) == []
    assert compare(services.format("kabmmxsvg9vw"), services.format("0123456789ab"), bindings) != []
    assert bindings.resolve("docker service rm kabmmxsvg9vw") == "docker service rm js9v7s3kxcan"


def test_what_stands_between_two_gaps_is_looked_for_after_the_first() -> None:
    sample = "one\ntwo\n...\none\n...\nend"
    assert compare(sample, "one\ntwo\nthree\none\nfour\nend", Bindings()) == []
    assert compare(sample, "one\ntwo\nthree\nfour\nend", Bindings()) != []


def test_a_gap_among_layers_leaves_out_layers() -> None:
    sample, actual = REAL["29.7.2"]["pull"][1]
    shortened = sample.replace("332519fe4190: Pull complete", "...\n332519fe4190: Pull complete")
    assert compare(shortened, actual, Bindings()) == []


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "0" * 200_000,
        " " * 200_000 + "x",
        "sha256:" * 30_000,
        "\x1b[\0\ud800" * 50_000,
        "...\nb" * 20_000,
        '{"Labels":"' * 20_000,
        "#1 \n" * 20_000,
        "0 " * 50_000,
        " => x  " * 20_000,
    ],
    ids=["letters", "zeros", "blanks", "digests", "controls", "gaps", "labels", "steps", "numbers", "arrows"],
)
def test_hostile_text_is_compared_like_any_other(text: str) -> None:
    assert compare(text, text, Bindings()) == []
    assert compare("web", text + "x", Bindings()) != []


@pytest.mark.parametrize(
    ("command", "sample"),
    [
        ("docker exec web cat /numbers", "  100\n  200"),
        ("docker exec db psql -x -c 'select 1'", "name | apple\nprice | 3"),
    ],
)
def test_what_only_looks_like_a_set_keeps_its_order(command: str, sample: str) -> None:
    """Addresses under `Insecure Registries:`, and lines of compose's services, come in any order."""
    assert compare(sample, sample, _after(command)) == []
    assert compare(sample, _swapped(sample, 0, 1), _after(command)) != []
