#!/bin/bash
# The labs of the floor, as a person would make them with the docker client: a mirror, and for each page a lab in which
# its script runs. tests/bench/cost.py measures the harness against this; the flags are those of harness.lab.labs.start.
#
#     labs.sh NAME MIRROR FOLDER FLAG...
#
# NAME of the run's mirror, MIRROR its image. FOLDER has PAGE.sh and PAGE.image for each page, lab/ and registry/ with the
# files that a lab and the mirror are handed, and labels, a line for each label of all that is made. The FLAGs are for `docker create` of a lab.

set -o errexit
name=$1 mirror=$2 folder=$3 labels=()
shift 3
while read -r label; do labels+=(--label "$label"); done < "$folder/labels"

address() { docker inspect --format "{{(index .NetworkSettings.Networks \"$1\").IPAddress}}" "$name"; }

docker network create "${labels[@]}" "$name"
docker create --name "$name" --hostname mirror --network "$name" --memory 1g --pids-limit 2048 \
    "${labels[@]}" "$mirror" bash -c 'timeout 21600 python3 -m labs.hub.hub; exit $?'
docker cp "$folder/registry/." "$name:/"
docker start "$name"
until docker exec "$name" bash -c '</dev/tcp/127.0.0.1/443'; do sleep 0.1; done
docker cp "$name:/etc/mirror/cert.pem" "$folder/lab/usr/local/share/ca-certificates/lab.crt"

for script in "$folder"/*.sh; do
    page=$(basename "$script" .sh)
    lab=$name-$page
    began=$EPOCHREALTIME
    docker network create "${labels[@]}" "$lab"
    docker network connect "$lab" "$name"
    reached=$(address "$lab")
    hosts=()
    for host in docker-note-mirror registry-1.docker.io auth.docker.io; do hosts+=(--add-host "$host:$reached"); done
    docker create --name "$lab" --hostname docker-note --network "$lab" "${labels[@]}" "${hosts[@]}" "$@" \
        "$(<"$folder/$page.image")"
    docker cp "$folder/lab/." "$lab:/"
    docker cp "$script" "$lab:/page.sh"
    docker start "$lab"
    docker exec "$lab" bash -c 'until [ -e /run/lab ]; do sleep 0.05; done; exec /usr/local/lib/lab/start-engine'
    ready=$EPOCHREALTIME
    docker exec --tty --user reader --workdir /home/reader --env HOME=/home/reader --env USER=reader \
        --env LOGNAME=reader --env TERM=xterm-256color --env LANG=C.UTF-8 "$lab" bash /page.sh || true
    ended=$EPOCHREALTIME
    docker rm --force --volumes "$lab"
    docker network disconnect --force "$lab" "$name"
    docker network rm "$lab"
    echo "took: $page $began $ready $ended $EPOCHREALTIME"
done

docker rm --force --volumes "$name"
docker network rm "$name"
