import urllib.error
import urllib.request

try:
    print(urllib.request.urlopen("https://wiki.corp").read().decode(), end="")
except urllib.error.URLError as error:
    print(error.reason.verify_message)
