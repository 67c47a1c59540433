import json

import psycopg2
import redis

VERSION = "1.0"
cache = redis.Redis(host="cache", decode_responses=True)


def query(sql, *values):
    with psycopg2.connect("") as db, db.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor] if cursor.description else []


def add(text):
    query("INSERT INTO post (text) VALUES (%s)", text)
    cache.delete("posts")
    return "남겼습니다."


def posts():
    if saved := cache.get("posts"):
        return json.loads(saved), "캐시"
    found = query("SELECT text FROM post ORDER BY id")
    cache.set("posts", json.dumps(found), ex=60)
    return found, "데이터베이스"
