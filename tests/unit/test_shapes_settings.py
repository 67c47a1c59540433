"""Nothing is measured in what a command shows that only shows what somebody has set."""

import pytest

from harness.shapes import settings


@pytest.mark.parametrize(
    "command",
    [
        "cat app.conf",
        "cat /etc/nginx/nginx.conf",
        "docker exec web cat /app/.env",
        "docker run --rm app head -3 config/app.yml",
        "grep timeout app.ini | tr a-z A-Z",
        "cat Dockerfile.prod",
        "docker exec web printenv TIMEOUT",
        "docker run --rm app env | sort",
        "docker compose config",
        "docker inspect -f '{{.Config.Healthcheck.Interval}}' web",
        "docker inspect --format '{{.State.StartedAt}} {{.Config.StopTimeout}}' web",
        "docker image inspect -f '{{json .Config}}' app",
        "docker network inspect -f '{{json .Options}}' lan",
        "docker service inspect --pretty web",
        "docker volume inspect -f '{{json .Options}}' cache",
        "docker exec web nginx -T",
        "docker exec db psql -U postgres -Atc 'SHOW shared_buffers'",
    ],
)
def test_a_command_that_shows_settings_is_known(command: str) -> None:
    assert settings.are_shown(command)


@pytest.mark.parametrize(
    "command",
    [
        "",
        "cat",
        "cat app.log",
        "cat /proc/sys/net.conf",
        "cat /sys/fs/cgroup.conf",
        "df -h > app.conf",
        "df -h | tee app.conf",
        "cat app.conf; df -h",
        "cat app.conf | xargs df",
        "docker exec web nginx -v",
        "docker exec web du -sh app.conf",
        "docker inspect web",
        "docker inspect -f '{{json .State.Health}}' web",
        "docker inspect -f '{{json .State}}' web",
        "docker inspect -f '{{range .State.Health.Log}}{{.Output}}{{end}}' web",
        "docker node inspect --pretty self",
        "docker node inspect -f '{{.Description}}' self",
        "docker stats --format '{{.Config}}' web",
        "docker exec db psql -c 'select pg_size_pretty(1)'",
        "docker compose ps",
    ],
)
def test_a_command_that_may_have_measured_something_shows_no_settings(command: str) -> None:
    assert not settings.are_shown(command)
