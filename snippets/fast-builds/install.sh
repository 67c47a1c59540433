# pip install이나 npm ci를 대신합니다. 받은 것은 /cache에 모아 둡니다.
mkdir -p /cache /lib/deps
for name in $(cat deps.txt); do
  if [ -e /cache/$name ]; then
    echo "$name: 캐시에 있음"
  else
    echo "$name: 내려받음"
    sleep 0.4
    touch /cache/$name
  fi
  cp /cache/$name /lib/deps
done
