"""Finds the Docker engine that labs run on, or starts a private one: for the plugin, once a run.

An engine that answers is used as it is: DOCKER_HOST, else the current docker context, else the usual socket. Where
none does, root on a machine with `dockerd` gets a private engine with its own socket and data under the cache
folder; root on Debian or Ubuntu without `dockerd` gets the distribution's package first. The system's own engine, which
comes with that package, is left switched off.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from docker.context import Context, ContextAPI
from docker.errors import DockerException

from harness.lab.outer.client import WrongAddress, check_address
from harness.lab.outer.client import connect as connect
from harness.lab.outer.dockerd import private_engine
from harness.lab.outer.faults import LabError, Say
from harness.lab.outer.tunnel import tunnel

WAYS_OUT = """\
Either install and start Docker so that this user may use it, or point DOCKER_HOST at an engine that answers;
or run this as root on Debian or Ubuntu: a private engine is then installed and started."""
UNSTARTED = Path(__file__).with_name("unstarted.sh")


class NoEngine(LabError):
    """No engine answers and none may be started; the message says what was tried, and the two ways out."""


@contextmanager
def outer_engine(say: Say) -> Iterator[dict[str, str]]:
    """The environment (DOCKER_HOST and, for TLS, its companions) that reaches the engine. LabError, NoEngine and
    WrongAddress for two."""
    tried: list[str] = []
    with ExitStack() as stack:
        environment = reachable(tried, stack)
        if environment is None:
            install_dockerd(tried, say)
            environment = reachable([], stack)
            if environment is not None:  # an init other than systemd started it
                say("using the system's engine, which came with the package; it stays, with its images, after the run")
        yield environment or stack.enter_context(private_engine(say))


def candidates() -> list[tuple[str, dict[str, str]]]:
    """What may reach an engine, by name, most explicit first."""
    if os.environ.get("DOCKER_HOST"):
        names = ("DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH")
        return [("DOCKER_HOST", {name: os.environ[name] for name in names if os.environ.get(name)})]
    found = []
    context = chosen_context()
    if context is not None and context.Host:
        found.append((f"docker context {context.name}", context_environment(context)))
    usual = {"DOCKER_HOST": "unix:///var/run/docker.sock"}
    return found if any(usual == environment for _, environment in found) else [*found, ("the usual socket", usual)]


def chosen_context() -> Context | None:
    """The docker context that DOCKER_CONTEXT or Docker's own configuration names. WrongAddress where it can't be
    read, or DOCKER_CONTEXT names none."""
    name = os.environ.get("DOCKER_CONTEXT", "")
    try:
        context = ContextAPI.get_context(name) if name else ContextAPI.get_current_context()
    except (DockerException, OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        said = f"the docker context {name or 'that is in use'} can't be read ({error})"
        raise WrongAddress(f"{said}\nlook at `docker context ls`, or set DOCKER_HOST") from error
    if name and context is None:
        raise WrongAddress(f"DOCKER_CONTEXT names no context: `{name}`\nlook at `docker context ls`, or unset it")
    return context


def context_environment(context: Context) -> dict[str, str]:
    """The environment that says the same as a docker context."""
    environment = {"DOCKER_HOST": str(context.Host).removeprefix("http+")}
    if context.tls_cfg.get("docker"):
        environment |= {"DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": str(Path(context.tls_path) / "docker")}
    return environment


def reachable(tried: list[str], stack: ExitStack) -> dict[str, str] | None:
    """The first candidate that answers, with what it takes on `stack`; notes in `tried` why the others do not.

    WrongAddress where one can't be asked at all.
    """
    for name, environment in candidates():
        host = environment["DOCKER_HOST"]
        check_address(name, host)
        try:
            reached = stack.enter_context(tunnel(host)) if host.startswith("ssh://") else environment
            connect(reached).close()  # the version has been asked for
        except (DockerException, OSError) as error:
            tried.append(f"{name} ({host}): {error}")
        else:
            return reached
    return None


def install_dockerd(tried: list[str], say: Say) -> None:
    """Makes sure that `dockerd` is installed, from the distribution where we may; NoEngine where we may not."""
    if os.geteuid() != 0 or not (shutil.which("dockerd") or shutil.which("apt-get")):
        lines = [f"  {line}" for line in tried]
        raise NoEngine("\n".join(["No Docker engine answers, and none may be started here.", *lines, WAYS_OUT]))
    for line in tried:
        say(f"no engine at {line}")
    if shutil.which("dockerd") is None:
        apt_install("docker.io", say)


def apt_install(package: str, say: Say) -> None:
    """Installs a package of the distribution, as root, having said so. NoEngine where apt fails.

    Of Docker's units that come with it none runs then, nor after the next boot.
    """
    say(f"installing {package} from this machine's distribution (apt-get), system-wide")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "--quiet", "update"]
    done = subprocess.run(update, env=quiet, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise apt_failed(update, done.stdout + done.stderr)
    install = ["apt-get", "--quiet", "install", "--yes", "--no-install-recommends", package]
    status, printed = run_to_its_end([str(UNSTARTED), *install], quiet, say)
    if status != 0:
        raise apt_failed(install, printed)
    if shutil.which("systemctl"):
        say(f"{package} stays installed after the run; the system's own engine was not started and is not enabled")


def run_to_its_end(command: list[str], environment: dict[str, str], say: Say) -> tuple[int, str]:
    """Runs a command that Ctrl-C may not break off: its exit status and what it printed. Ctrl-C counts afterwards."""
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
        try:
            process.wait()
        except KeyboardInterrupt:
            say("the installation is brought to its end first")
            process.wait()
            raise
        output.seek(0)
        return process.returncode, output.read()


def apt_failed(command: list[str], printed: str) -> NoEngine:
    last = "\n".join(printed.splitlines()[-15:])
    return NoEngine(f"`{' '.join(command)}` failed.\n{last}\n{WAYS_OUT}")
