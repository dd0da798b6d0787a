// The proof as text: the form of C2SP tlog-proof, the same proof again, and nothing outside of it that could say otherwise.
import { expect, it } from "vitest";
import { hex } from "../../../domain/bytes.ts";
import { base64 } from "../../../domain/log/base64.ts";
import { parseProof } from "../../../domain/log/proof.ts";
import { proofBytes } from "../../../domain/proof/proof.ts";
import { Fault } from "../../../domain/proof/reasons.ts";
import { proofText, readProofText } from "../../../domain/proof/text.ts";
import { provenSession } from "../../support/small-log.ts";

const session = provenSession();
const proof = session.proof(0);
const text = proofText(proof);

it("is a tlog-proof of the result that carries the whole proof, and reads back to the same bytes", () => {
  expect(parseProof(text)).toMatchObject({ index: proof.drawn.index, checkpoint: proof.drawn.checkpoint });
  expect(hex(proofBytes(readProofText(text)))).toBe(hex(proofBytes(proof)));
});

it.each<[reason: string, what: string, edit: (text: string) => string]>([
  ["text-form", "nothing", () => ""],
  ["text-form", "another head", (t) => t.replace("@v1", "@v2")],
  ["text-form", "no extra", (t) => t.replace(/^extra .*\n/m, "")],
  ["text-form", "an extra that is not base64", (t) => t.replace(/^extra /m, "extra !")],
  ["text-form", "line ends of another system", (t) => t.replaceAll("\n", "\r\n")],
  ["text-differs", "another index", (t) => t.replace("index 5", "index 4")],
  ["text-differs", "a path hash less", (t) => t.replace(/(index 5\n).*\n/, "$1")],
  ["text-differs", "another path hash", (t) => t.replace(/(index 5\n).*\n/, `$1${base64(new Uint8Array(32))}\n`)],
  ["text-differs", "the seal's checkpoint", (t) => t.slice(0, t.indexOf("\n\n") + 2) + proof.sealed.checkpoint],
  ["text-differs", "a checkpoint without its last line", (t) => t.slice(0, t.lastIndexOf("—"))],
  ["missing-part", "a proof inside that ends early", (t) => withExtra(t, proofBytes(proof).slice(0, 12))],
])("%s: %s", (reason, _, edit) => {
  expect(() => readProofText(edit(text))).toThrow(new Fault(reason as never));
});

function withExtra(whole: string, bytes: Uint8Array): string {
  return whole.replace(/^extra .*$/m, `extra ${base64(bytes)}`);
}
