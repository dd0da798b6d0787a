# A session's entries in the public log: each kind once, in their order, the same bytes as the published files, and proven to stand there.
import forms
from encoding import parse_jcs
from report import Broken

# Kinds of which a session has one at most. A void is beside the line of the others.
SINGLE = ("manifest", "review", "seal", "result", "settled", "void")
ALWAYS_PUBLISHED = ("manifest", "review", "seal", "result")
# What the witnesses have to see.
WATCHED = ("manifest", "seal", "result")


class Story:
    def __init__(self, run, log, manifest_hash):
        self.run, self.log = run, log
        # Kind: index and bytes in the log.
        self.single, self.waves = {}, []
        for index, data in enumerate(log.entries):
            head = parse_jcs(data, f"log entry {index}")
            kind = head.get("type") if isinstance(head, dict) and head.get("session") == run.session else None
            if kind != "manifest" and (kind is None or head.get("manifest") != manifest_hash):
                continue
            if kind == "wave":
                self.waves.append((index, data))
            elif kind in SINGLE:
                if kind in self.single:
                    raise Broken(f"{kind}-twice", None, f"entries {self.single[kind][0]} and {index} of the log")
                self.single[kind] = (index, data)
        for kind in SINGLE:
            self._compare(kind, kind, self.single.get(kind))
        line = [self.single[kind] for kind in ALWAYS_PUBLISHED if kind in self.single] + self.waves
        places = [index for index, _ in line] + [self.single[kind][0] for kind in ("settled",) if kind in self.single]
        if places != sorted(places):
            raise Broken("log-order", None, f"manifest, review, seal, result, waves, settlement stand at {places}")
        self._read()
        for no, wave in enumerate(self.waves, 1):
            self._compare("wave", f"waves/{no}", wave)

    def index(self, kind):
        return self.single[kind][0] if kind in self.single else None

    def _read(self):
        self.told_waves = [self._told(entry, forms.WAVE) for entry in self.waves]
        for no, wave in enumerate(self.told_waves, 1):
            if wave["no"] != no:
                raise Broken("wave-number-gap", None, f"wave {wave['no']} stands where wave {no} belongs")
        self.told_settled = self._told(self.single.get("settled"), forms.SETTLED)
        self.told_void = self._told(self.single.get("void"), forms.VOID)

    @staticmethod
    def _told(entry, form):
        return entry and forms.read_object(entry[1], f"log entry {entry[0]}", form)

    def _compare(self, kind, name, entry):
        """manifest, review, seal and result are always published beside the log, the others may be."""
        file = self.run.path(f"{name}.json")
        published = self.run.source.find(file)
        if published is None:
            if entry and kind in ALWAYS_PUBLISHED:
                raise Broken("file-missing", file, "is not published, but stands in the log")
        elif entry is None or entry[1] != published:
            raise Broken(f"{kind}-not-logged", file, "these bytes do not stand in the log")

    def proofs(self, needed):
        """The checkpoints by which the entries were covered. Where witnesses are needed, the three that they have to see must be there."""
        named = [(kind, self.single[kind]) for kind in SINGLE if kind in self.single]
        named += [(f"waves/{no}", wave) for no, wave in enumerate(self.waves, 1)]
        proofs = {}
        for name, (index, _) in named:
            file = self.run.path(f"{name}.tlog-proof")
            data = self.run.source.find(file)
            if data is None and needed and name in WATCHED:
                raise Broken("file-missing", file, "is not published")
            if data is not None:
                proofs[name] = self.log.open_proof(data, file, index)
        return proofs
