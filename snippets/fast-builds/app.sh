echo "안녕하세요"
