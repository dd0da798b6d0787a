# Where published files come from: a site, or a folder that holds them under the same paths.
import os
import urllib.error
import urllib.request
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from report import Broken, Unreachable

AT_ONCE = 8
TIMEOUT_S = 60
# A shard of 40,000 entries is 1.8 MB; no file of the format comes near this.
BYTES_MAX = 1 << 30


class Folder:
    def __init__(self, path):
        self.path = path

    def find(self, name):
        """The bytes of a file, or None where it is not published."""
        try:
            with open(os.path.join(self.path, *name.split("/")), "rb") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise Unreachable(f"{name}: {error}") from None

    def find_all(self, names):
        return map(self.find, names)

    def sessions(self):
        draws = os.path.join(self.path, "draws")
        return sorted(os.listdir(draws)) if os.path.isdir(draws) else []


class Site:
    def __init__(self, origin):
        self.origin = origin.rstrip("/")

    def find(self, name):
        try:
            with urllib.request.urlopen(f"{self.origin}/{name}", timeout=TIMEOUT_S) as reply:
                data = reply.read(BYTES_MAX + 1)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise Unreachable(f"{name}: status {error.code}") from None
        except (OSError, ValueError) as error:
            raise Unreachable(f"{name}: {error}") from None
        if len(data) > BYTES_MAX:
            raise Unreachable(f"{name}: more than {BYTES_MAX} bytes")
        return data

    def find_all(self, names):
        """In order, a few at a time, so that a large session never lies in memory as a whole."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            under_way = deque()
            for name in names:
                under_way.append(pool.submit(self.find, name))
                if len(under_way) > AT_ONCE:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()


def there(data, name):
    if data is None:
        raise Broken("file-missing", name, "is not published")
    return data


def read(source, name):
    return there(source.find(name), name)


def read_all(source, names):
    return (there(data, name) for name, data in zip(names, source.find_all(names)))
