"""The fortnight of the unit tests once more, on a machine like GitHub's runner: its steps find all that they need."""

import io
import site
import tarfile
from contextlib import ExitStack
from pathlib import Path

import docker
from docker.models.containers import ExecResult

from harness.lab.outer.images import base_image, build
from harness.lab.outer.runs import clear, labels, marked_alive
from harness.lab.standins import SUITE
from harness.project import LABS

ROOT = Path(__file__).parents[2]
FORTNIGHT = "tests/unit/test_fortnight.py"
NOT_NEEDED = {"__pycache__", "babel", "material", "mypy", "mypyc", "playwright", "zensical"}  # and large


def test_the_steps_of_a_fortnight_need_nothing_that_a_runner_lacks(client: docker.DockerClient, run_id: str) -> None:
    image = build(client, "runner", LABS / "runner", {"BASE": base_image(client, SUITE, print)}, print)
    own = f"{run_id}-runner"
    with marked_alive(own), ExitStack() as stack:
        stack.callback(clear, client, own)
        runner = client.containers.run(
            image, ["sleep", "infinity"],
            user="runner", network_mode="none", init=True, labels=labels(own), detach=True,
        )  # fmt: skip
        packages = said(runner.exec_run(["python3", "-m", "site", "--user-site"])).strip()
        runner.put_archive("/", files(packages))
        ran = runner.exec_run(
            ["python3", "-m", "pytest", "-q", "--noconftest", FORTNIGHT, "-k", "not twice"],
            workdir="/home/runner",
            environment={"PYTHONPATH": "tests", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "CI": "true"},
        )
    assert (ran.exit_code, "skipped" in said(ran)) == (0, False), said(ran)


def said(ran: ExecResult) -> str:
    return bytes(ran.output).decode()  # type: ignore[arg-type]


def files(packages: str) -> bytes:
    """An archive of the project, in the home of the runner's user, and of what is installed here, in `packages`.

    Its Python may be another; what is needed of them is Python's own code, or has that to fall back on.
    """
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name in ("pyproject.toml", ".github", "tests"):
            tar.add(ROOT / name, f"home/runner/{name}", filter=needed)
        for folder in site.getsitepackages():
            tar.add(folder, packages.lstrip("/"), filter=needed)
    return archive.getvalue()


def needed(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    member.uid = member.gid = 1001
    return None if Path(member.name).name in NOT_NEEDED or "mypyc" in member.name else member
