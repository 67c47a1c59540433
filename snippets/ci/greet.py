def greet(name):
    return f"{name}님, 반갑습니다!"


if __name__ == "__main__":
    print(greet("민지"))
