# One run of the verifier over one session: where its files are, what has been checked so far, where the proof ends.
from files import read, read_all


class Run:
    def __init__(self, source, session, progress, expected_manifest=None, log_key=None, seen=()):
        self.source, self.session, self.progress = source, session, progress
        self.expected_manifest, self.log_key, self.seen = expected_manifest, log_key, seen
        self.checks, self.limits = [], []

    def path(self, name):
        return f"draws/{self.session}/{name}"

    def read(self, name):
        """Path and bytes of a file of the session."""
        return self.path(name), read(self.source, self.path(name))

    def read_all(self, what, folder, names):
        """Path and bytes of several files, in order, with progress."""
        paths = [self.path(f"{folder}/{name}") for name in names]
        for at, (path, data) in enumerate(zip(paths, read_all(self.source, paths))):
            self.progress(what, at, len(paths))
            yield path, data

    def passed(self, check):
        self.checks.append(check)
