"""Which of three lab images is the first that prints otherwise, each run in a lab of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import docker

from harness.lab.lab_images import build_lab_image
from harness.lab.labs import find
from harness.project import write
from live.project import Project

SAMPLES = Path(__file__).parents[2] / "snippets/versions"


def test_the_first_of_three_images_is_found_and_what_they_ran_proves_nothing(
    project: Project, client: docker.DockerClient
) -> None:
    """28 has other words than 26 for a command that it doesn't know."""
    images = [build_lab_image(client, find(name), "engine", print) for name in ("20.10", "26", "28")]
    write(project.root / "docs/page.md", '``` console\n--8<-- "unknown-command.console"\n```\n')
    (project.root / "snippets").mkdir()
    shutil.copy(SAMPLES / "unknown-command.console", project.root / "snippets")
    command = [sys.executable, "-m", "harness.bisection", "docs/page.md::unknown-command.console", "--engine=28"]
    command += [f"--rootdir={project.root}", "--lane=standin", *(f"--lab-image={image}" for image in images)]
    ran = subprocess.run(command, cwd=project.root, env=project.environment, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    first, before, *changes = ran.stdout.rstrip("\n").split("\n")[-4:]
    assert first.startswith(f"first: {images[2]} (28.")
    assert before.startswith(f"before: {images[1]} (26.")
    assert [line.partition("github.com/")[2].partition("...")[0] for line in changes] == [
        "docker/cli/compare/v26.1.5",
        "moby/moby/compare/v26.1.5",
    ]
    assert not (project.root / "build").exists()
