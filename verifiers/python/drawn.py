# What was drawn: the beacon, the seed, every pool ranked again, and the result over them. draw1, sections 1 to 3.
import draw
import forms
from beacon import canonical_signature
from encoding import jcs_bytes, sha256, tag
from report import Broken


class Drawn:
    def __init__(self, run, announced, sealed, evenness):
        self.announced, self.sealed = announced, sealed
        self.signature = self._read_beacon(run)
        run.passed("the beacon's signature verifies")
        named, self.seal_hash = announced["beacon"], sha256(tag("seal") + sealed.data)
        self.seed = draw.seed_of(named["chain"], named["round"], self.signature, self.seal_hash)
        self.results = {}
        files = run.read_all("results", "results", [pool.number for pool in sealed.pools])
        for pool, (file, data) in zip(sealed.pools, files):
            rows = sealed.rows[pool.number]
            result, scores = draw.draw_pool(pool, rows, self.seed)
            draw.check_result(data, announced.hash, pool.number, result, file)
            self.results[pool.number] = result
            evenness.add_pool(rows, scores, result)
        run.passed("the winners are the ones that seal and beacon give")
        self._check_result(run)
        run.passed("the result object is the recomputed one")

    def _read_beacon(self, run):
        named = self.announced["beacon"]
        file, data = run.read("beacon.json")
        beacon = forms.read_object(data, file, forms.BEACON)
        if (beacon["chain"], beacon["round"]) != (named["chain"], named["round"]):
            raise Broken("round-changed", file, f"round {beacon['round']} of chain {beacon['chain']}")
        if len(beacon["signature"]) % 2:
            raise Broken("beacon-encoding", file, "not whole bytes")
        return canonical_signature(self.announced.chain, named["round"], bytes.fromhex(beacon["signature"]), file)

    @property
    def winners(self):
        return sum(result.winners for result in self.results.values())

    @property
    def waits(self):
        return sum(len(result.rows) - result.winners for result in self.results.values())

    def _check_result(self, run):
        file, data, _ = self.announced.read_of_session(run, "result.json", forms.RESULT)
        expected = {
            "v": 1,
            "type": "result",
            "session": run.session,
            "manifest": self.announced.hash.hex(),
            "seal": self.seal_hash.hex(),
            "round": self.announced["beacon"]["round"],
            "signature": self.signature.hex(),
            "seed": self.seed.hex(),
            "pools": len(self.results),
            "winners": self.winners,
            "waits": self.waits,
            "resultRoot": draw.result_root(self.results.values()).hex(),
        }
        if jcs_bytes(expected) != data:
            raise Broken("result-wrong", file, "its counts, seed, seal or root are not those of the draw")
