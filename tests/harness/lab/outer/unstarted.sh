#!/bin/sh
# Runs an apt-get command that installs docker.io, so that the system's own engine neither runs nor is enabled then:
#
#   unstarted.sh apt-get install docker.io
#
# A unit that was there before is left as it is. What holds the others back is a folder of ours at the front of dpkg's
# path, and no policy-rc.d: a file left in /usr/sbin would hold back every service of the machine. This is a program of
# its own, so that it comes to its end whatever becomes of the run that started it.

is_there() {
    case $(systemctl is-enabled "$1" 2>/dev/null) in '' | not-found) return 1 ;; esac
}

ours=''
for unit in docker.socket docker.service containerd.service; do
    is_there "$unit" || ours="$ours $unit"
done

front=$(mktemp -d) || exit 1
trap 'rm -r "$front"' EXIT
cat >"$front/deb-systemd-invoke" <<END
#!/bin/sh
# Packages start their units with the program of this name.
for word in "\$@"; do
    case "$ours " in *" \$word "*) exit 0 ;; esac
done
PATH=\${PATH#*:}
exec deb-systemd-invoke "\$@"
END
chmod +x "$front/deb-systemd-invoke"

"$@" --option "DPkg::Path=$front:/usr/sbin:/usr/bin:/sbin:/bin"
status=$?

for unit in $ours; do
    if is_there "$unit"; then
        systemctl --quiet disable "$unit"
        systemctl --quiet stop "$unit" # if the package had another way of starting it
    fi
done
exit $status
