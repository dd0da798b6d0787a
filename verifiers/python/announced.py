# What was announced: the manifest, the pinned beacon and its round, the rules, the pools and their units. draw1, sections 1 and 3.
import json

import draw
import forms
from beacon import QUICKNET, SCHEME, local_chain
from encoding import sha256, tag
from files import read
from notes import WITNESS_KEY, Key
from report import Broken


class Announced:
    def __init__(self, run):
        self.file, self.data = run.read("manifest.json")
        self.manifest = forms.read_object(self.data, self.file, forms.MANIFEST)
        self.hash = sha256(tag("manifest") + self.data)
        self._check_form(run)
        run.passed("the manifest is of a form that this program knows")
        self._pin_chain(run)
        run.passed("the beacon chain is the pinned one")
        self._check_round()
        run.passed("the round follows from the closing time")

    def __getitem__(self, name):
        return self.manifest[name]

    def _check_form(self, run):
        manifest, file = self.manifest, self.file
        if manifest["open"] >= manifest["close"] or manifest["graceS"] > manifest["leads"]["reviewS"]:
            raise Broken("file-wrong-form", file, "it must open before it closes, and review lasts at least as long as grace")
        if manifest["witnesses"]["k"] > len(manifest["witnesses"]["keys"]):
            raise Broken("file-wrong-form", file, "more cosignatures are needed than there are witnesses")
        if manifest["session"] != run.session:
            raise Broken("file-foreign", file, f"of the session {manifest['session']}")
        if run.expected_manifest and self.hash.hex() != run.expected_manifest:
            raise Broken("plan-changed", file, f"its hash is {self.hash.hex()}")
        self.witnesses = self._witness_keys()

    def _witness_keys(self):
        """[witness, key] as the manifest names them. One key under two names would count twice."""
        keys = []
        for witness in self.manifest["witnesses"]["keys"]:
            try:
                key = Key(witness["key"])
            except ValueError as error:
                raise Broken("witness-keys", self.file, f"witness {witness['key']}: {error}") from None
            if key.type != WITNESS_KEY or any(key.public == other.public for _, other in keys):
                raise Broken("witness-keys", self.file, f"witness {witness['key']}: not a witness's key, or named twice")
            keys.append((witness, key))
        return keys

    def _pin_chain(self, run):
        """Pins are the verifier's own; a local chain is believed only where its key hashes to what the manifest names."""
        named = self.manifest["beacon"]
        self.chain = QUICKNET
        if named["chain"] != QUICKNET.hash:
            try:
                listed = json.loads(run.source.find("v1/beacons") or b"{}")["beacons"]
                self.chain = local_chain(named["chain"], listed)
            except (ValueError, KeyError, TypeError, RecursionError):
                self.chain = None
            run.limits.append("local-beacon")
        if self.chain is None:
            raise Broken("beacon-unknown", self.file, f"no pin of the chain {named['chain']}")
        if (self.chain.genesis, self.chain.period, SCHEME) != (named["genesis"], named["period"], named["scheme"]):
            raise Broken("beacon-differs", self.file, "another scheme, genesis or period than the pinned ones")

    def _check_round(self):
        leads, told = self.manifest["leads"], self.manifest["beacon"]["round"]
        round_number = self.chain.first_round(self.manifest["close"] + leads["reviewS"] + leads["sealLeadS"])
        if told != round_number:
            raise Broken("round-formula", self.file, f"round {told} is announced, the closing time gives {round_number}")
        if self.manifest["fallback"] != "wait":
            raise Broken("fallback", self.file, f"falls back to {self.manifest['fallback']}")
        self.deadline = self.chain.time(round_number) - leads["sealLeadS"]

    def read_of_session(self, run, name, form):
        """Path, bytes and value of an object of this session."""
        file, data = run.read(name)
        value = forms.read_object(data, file, form)
        if value["manifest"] != self.hash.hex() or value["session"] != run.session:
            raise Broken("file-foreign", file, "belongs to another manifest")
        return file, data, value


def read_pools(run, announced):
    file = f"rules/{announced['rulesHash']}"
    if sha256(read(run.source, file)).hex() != announced["rulesHash"]:
        raise Broken("rules-differ", file, "not the document that was announced")
    run.passed("the rules document is the announced one")
    file, data = run.read("pools")
    pools = draw.read_pools(data, announced.hash, file)
    if len(pools) != announced["pools"] or draw.pools_root(pools).hex() != announced["poolsRoot"]:
        raise Broken("pools-differ", file, "not the pools and units that were announced")
    run.passed("pools and stock are the announced ones")
    return pools
