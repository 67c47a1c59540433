echo "$(cat /greeting), $1"
id -u
