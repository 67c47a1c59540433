"""Measures what the harness costs: against the same commands in a plain script, and as it grows. Run by hand.

    PYTHONPATH=tests python tests/bench/cost.py [floor] [workers] [page] [growth] [peers] [--runs N] [--pages PAGE...]

    floor    the pages' run by one worker, its labs and mirror included, against a bash script that types the same
             commands into labs of the same kind (tests/bench/floor.py, labs.sh): at most 0.90, as it
             starts its labs when it needs them
    workers  two workers against one: at most 0.55
    page     the verdict on one page that was edited, everything warm, as a contributor asks for it
    growth   1, 10 and 100 pages of one short session each, two workers
    peers    which blocks cram, tesh and byexample can run, and pass (tests/bench/peers.py)

What is compared runs in turns, N times; a ratio is of the minima and of the medians, for the machine may be shared.
All images have been built before anything is timed. What a run prints is kept in build/cost/.
"""

import argparse
import dataclasses
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import docker

from bench import floor, peers
from harness.claims import pages, sessions
from harness.claims.pages import Page
from harness.claims.sessions import Session
from harness.claims.snippets import sample_for
from harness.evidence import files
from harness.lab import engines, labs
from harness.lab.bounds import Bounds, limits
from harness.lab.lab_images import build_lab_image
from harness.lab.lanes import Lane
from harness.lab.mirror import Mirror, mirror, mirror_image
from harness.lab.outer import engine
from harness.lab.outer.client import container_settings
from harness.lab.outer.runs import clear, labels, marked_alive
from harness.lab.outer.walls import CAPABILITIES, DEVICES
from harness.lab.registry import programs
from harness.lab.standins import filled_image

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "cost"
NAMES = [declared.name for declared in engines.read()]
EDITED = ROOT / "docs" / "images.md"
SHORT = "``` console\n$ docker run --rm -q busybox echo hello\nhello\n```\n"


@dataclass
class Bench:
    """What all measurements share."""

    client: docker.DockerClient
    environment: dict[str, str]  # with which what is measured runs
    runs: int
    pages: list[Path]
    serial: int = field(default=0)

    def timed(self, name: str, command: Sequence[str | Path], folder: Path = ROOT) -> float:
        """Seconds that a command took; what it printed is kept under that name. It has to succeed."""
        self.serial += 1
        log = KEPT / f"{self.serial:02}-{name}.log"
        with log.open("w") as kept:
            began = time.monotonic()
            done = subprocess.run(command, cwd=folder, env=self.environment, stdout=kept, stderr=subprocess.STDOUT)
        took = time.monotonic() - began
        if done.returncode:
            raise SystemExit(f"{name} ended with {done.returncode}: see {log.relative_to(ROOT)}")
        print(f"  {name:24} {took:7.1f} s", flush=True)
        return took

    def in_turns(self, **measured: Callable[[], float]) -> dict[str, list[float]]:
        """Seconds of each, N times; the order changes from turn to turn."""
        took: dict[str, list[float]] = {name: [] for name in measured}
        for turn in range(self.runs):
            for name in list(measured)[:: -1 if turn % 2 else 1]:
                took[name].append(measured[name]())
        return took


def harness(*options: str | Path) -> list[str | Path]:
    """The command that runs pages."""
    where: list[str | Path] = [f"--rootdir={ROOT}", "-c", ROOT / "pyproject.toml", "--tb=short"]
    return [sys.executable, "-m", "pytest", "-p", "harness.plugin", "--lane=standin", *where, *options]


def ratio(title: str, took: Mapping[str, Sequence[float]], goal: float | None = None) -> None:
    """A table of two things that were measured in turns, the second as a multiple of the first."""
    print(f"\n{title}\n{'':12} {'minimum':>9} {'median':>9}")
    for name, seconds in took.items():
        print(f"{name:12} {min(seconds):7.1f} s {statistics.median(seconds):7.1f} s   of {len(seconds)}")
    base, other = took.values()
    least, middle = min(other) / min(base), statistics.median(other) / statistics.median(base)
    print(f"{'ratio':12} {least:9.2f} {middle:9.2f}" + (f"   at most {goal:.2f}" if goal else ""), flush=True)


# -- the floor


def sessions_of(page: Page) -> list[Session | None]:
    """The session of each block on the default engine."""
    return [
        sessions.parse(sample_for(ROOT / "snippets" / block.snippet, engines.fallback(), NAMES).read_text("utf-8"))
        if block.is_session
        else None
        for block in page.blocks
    ]


def scripts(paths: Sequence[Path]) -> dict[Path, tuple[Page, str]]:
    """The pages that can be a plain script, and that script; those that can't are named."""
    found: dict[Path, tuple[Page, str]] = {}
    for path in paths:
        page = pages.read(path, ROOT, NAMES)
        if not any(block.is_session for block in page.blocks):
            continue
        try:
            found[path] = page, floor.script(page, sessions_of(page))
        except floor.Inexpressible as error:
            print(f"  {path.relative_to(ROOT)} is left out on both sides: {error}")
    return found


@contextmanager
def floor_command(bench: Bench, made: Mapping[Path, tuple[Page, str]]) -> Iterator[list[str | Path]]:
    """The command that runs the scripts in labs; what it needs is there, and what a failed one leaves is removed."""
    run = f"floor-{secrets.token_hex(4)}"
    image = filled_image(bench.client, mirror_image(bench.client, lambda line: None), run, lambda line: None)
    settings = container_settings(bench.client, image, run)
    shared = Mirror(f"docker-note-{run}", Lane.STANDIN, "", "", settings)
    with marked_alive(run), tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for path, (page, script) in made.items():
            (folder / f"{path.stem}.sh").write_text(script)
            machine = build_lab_image(bench.client, labs.find(engines.fallback()), page.machine, lambda line: None)
            (folder / f"{path.stem}.image").write_text(machine)
        for kind, files in (("lab", labs.lab_files(labs.find(engines.fallback()), shared)), ("registry", programs())):
            for name, data in files.items():
                (folder / kind / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / kind / name).write_bytes(data)
        (folder / "labels").write_text("".join(f"{name}={value}\n" for name, value in labels(run).items()))
        try:
            program = Path(__file__).with_name("labs.sh")
            yield ["bash", program, shared.network, image, folder, *flags()]
        finally:
            clear(bench.client, run)


def flags() -> list[str]:
    """Of `docker create`, what harness.lab.labs.start asks for, as far as a person would: no more is hidden, and
    nothing is around it."""
    named = {
        "--memory": "Memory",
        "--memory-swap": "MemorySwap",
        "--pids-limit": "PidsLimit",
        "--cpu-period": "CpuPeriod",
        "--cpu-quota": "CpuQuota",
    }
    usual = limits(Bounds())
    asked = ["--rm", "--cgroupns=private", "--cap-drop=ALL", *(f"{flag}={usual[name]}" for flag, name in named.items())]
    asked += [f"--cap-add={name}" for name in CAPABILITIES]
    asked += [f"--device-cgroup-rule={rule}" for rule in DEVICES]
    return [*asked, *(f"--security-opt={name}=unconfined" for name in ("seccomp", "apparmor", "systempaths"))]


def measure_floor(bench: Bench) -> None:
    made = scripts(bench.pages)
    with floor_command(bench, made) as command:
        took = bench.in_turns(
            floor=lambda: bench.timed("floor", command),
            harness=lambda: bench.timed("harness", harness(*made, *snippets(bench))),
        )
    for log in sorted(KEPT.glob("*-floor.log")):
        for line in log.read_text(errors="replace").splitlines():
            if line.startswith("unlike: "):
                print(f"  {log.name}: ended with another status than the page shows: {line.removeprefix('unlike: ')}")
    ratio(f"{len(made)} pages by one worker, against a plain script", took, 0.90)


def snippets(bench: Bench) -> list[Path]:
    """Whole runs look at all snippets, too."""
    return [ROOT / "snippets"] if len(bench.pages) > 1 else []


# -- workers, one page, many pages


def measure_workers(bench: Bench) -> None:
    took = bench.in_turns(
        one=lambda: bench.timed("one", harness("-n1", "--dist=loadscope", *bench.pages)),
        two=lambda: bench.timed("two", harness("-n2", "--dist=loadscope", *bench.pages)),
    )
    ratio(f"{len(bench.pages)} pages by two workers, against one", took, 0.55)


def measure_page(bench: Bench) -> None:
    verify: list[str | Path] = [sys.executable, ROOT / "noxfile.py", "-s", "verify", "--", "--lane=standin", EDITED]
    bench.timed("warm", verify)
    with floor_command(bench, scripts([EDITED])) as command:

        def edited() -> float:
            (ROOT / "snippets" / "images" / "list.console").touch()
            return bench.timed("verify", verify)

        took = bench.in_turns(floor=lambda: bench.timed("floor", command), verify=edited)
    ratio(f"the verdict on {EDITED.name} after an edit, everything warm, against a plain script", took)


def measure_growth(bench: Bench) -> None:
    print("\npages of one short session, two workers\n  pages    seconds   a page")
    for number in (1, 10, 100):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            (folder / "pytest.ini").write_text("[pytest]\n")
            for page in range(number):
                (folder / f"page{page:03}.md").write_text(SHORT)
            command = [sys.executable, "-m", "pytest", "-p", "harness.plugin", "-n2", "--dist=loadscope", "--rootdir=."]
            took = bench.timed(f"{number} pages", [*command, "--lane=standin", "."], folder)
        print(f"{number:7} {took:9.1f} {took / number:8.2f}", flush=True)


# -- peers


def measure_peers(bench: Bench) -> None:
    """The testers' blocks and seconds, and those of a run of the harness on the same pages."""
    made = {path: pages.read(path, ROOT, NAMES) for path in bench.pages}
    found = {name: peers.Result() for name in peers.WRITTEN}
    told = dataclasses.replace(labs.find(engines.fallback()), daemon=peers.REACHABLE)
    image = build_lab_image(bench.client, told, "engine", lambda line: None)
    run = f"peers-{secrets.token_hex(4)}"
    with (
        tempfile.TemporaryDirectory() as temporary,
        mirror(bench.client, run, lambda line: None, Lane.STANDIN) as shared,
    ):
        programs = peers.install(Path(temporary, "environment"))
        for path, page in made.items():
            for name, result in found.items() if page.machine == "engine" else ():
                home = Path(temporary, f"{name}-{path.stem}")
                home.mkdir()
                with labs.lab(bench.client, told, image, shared, run) as running:
                    host = f"tcp://{running.exec('hostname', '--ip-address')[1].split()[0]}:2375"
                    peers.run_page(name, host, page, sessions_of(page), programs, home, result)
    bench.timed("harness", harness(*bench.pages))
    blocks = {block.snippet for page in made.values() for block in page.blocks if block.is_session}
    read = files.load(ROOT / "build" / "evidence", print)
    proved = [fact for page in read if page.engine == engines.fallback() for fact in page.blocks]
    ours = {fact.snippet: fact.seconds for fact in proved if fact.snippet in blocks}
    print(f"\nof {len(blocks)} blocks   could run   passed   time, as a multiple of the harness's")
    for name, result in found.items():
        multiple = result.seconds / sum(ours[snippet] for snippet in result.ran)
        print(f"{name:12} {len(result.ran):12} {len(result.passed):8} {multiple:10.1f}")
        missed = [snippet for snippet in result.ran if snippet not in result.passed]
        (KEPT / f"{name}-missed.txt").write_text("".join(f"{snippet}\n" for snippet in missed))


MEASURED = {
    "floor": measure_floor,
    "workers": measure_workers,
    "page": measure_page,
    "growth": measure_growth,
    "peers": measure_peers,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", metavar="WHAT", choices=[[], *MEASURED], help=", ".join(MEASURED))
    parser.add_argument("--runs", type=int, default=3, help="turns of each (default: %(default)s)")
    parser.add_argument("--pages", type=Path, nargs="+", help="instead of all in docs/")
    options = parser.parse_args()
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir(parents=True)
    paths = [path.resolve() for path in options.pages or sorted((ROOT / "docs").rglob("*.md"))]
    with engine.outer_engine(print) as environment, closing(engine.connect(environment)) as client:
        bench = Bench(client, {**os.environ, **environment, "PYTHONPATH": str(ROOT / "tests")}, options.runs, paths)
        for name in options.what or MEASURED:
            MEASURED[name](bench)


if __name__ == "__main__":
    main()
