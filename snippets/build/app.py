import sys

name = sys.argv[1] if len(sys.argv) > 1 else "도커"
print(f"안녕하세요, {name}!")
