dir=/dev/shm/two
mkdir -p $dir
unshare --net dockerd --host unix://$dir/docker.sock --pidfile $dir/pid \
  --data-root $dir/data --exec-root $dir/run --bridge none --iptables=false \
  --containerd-namespace two --containerd-plugins-namespace two-plugins >> $dir/log 2>&1 &
