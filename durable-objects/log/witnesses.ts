// Asks the witnesses for their cosignatures of one checkpoint (C2SP tlog-witness). None is believed: what counts is the signature.
import type { Settings } from "../../contracts/settings.ts";
import type { Bytes } from "../../domain/bytes.ts";
import { addCheckpointText } from "../../domain/log/add-checkpoint.ts";
import { parseSize } from "../../domain/log/checkpoint.ts";
import { cosignedAt } from "../../domain/log/cosignature.ts";
import { parseNote, parseSignatureLines, parseVkey, signatureLine } from "../../domain/log/note.ts";
import { SIZE_TYPE, WITNESS_STATUS } from "../../domain/log/witnessing.ts";
import { withTimeout } from "../timeout.ts";

export type Witness = Settings["WITNESSES"]["list"][number];

const TIMEOUT_MS = 4_000;
/** Once the quorum is there, the others have this long to come along. */
const SLACK_MS = 250;
/** A reply is a few signature lines of some 150 bytes. */
const REPLY_BYTES_MAX = 4_096;

/** What all witnesses are asked about: the checkpoint as the log signed it, and the way to it from an earlier size. */
export type Question = { size: number; signed: string; pathFrom: (old: number) => Bytes[] };

export type Answer = { key: string; line: string };

/** The cosignatures that came in time: from all, or from enough of them and whoever was not much slower. */
export async function askWitnesses(
  witnesses: Witness[],
  question: Question,
  standOf: (key: string) => number,
  enough: number,
  fetcher: typeof fetch,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  await new Promise<void>((resolve) => {
    let left = witnesses.length;
    const look = () => {
      if (left === 0) resolve();
      else if (answers.length >= enough) setTimeout(resolve, SLACK_MS);
    };
    look();
    for (const witness of witnesses) {
      withTimeout(ask(witness, question, standOf(witness.key), fetcher), TIMEOUT_MS)
        .then((line) => void answers.push({ key: witness.key, line }))
        .catch((error: unknown) =>
          console.warn(
            JSON.stringify({ event: "witness_failed", witness: witness.url, size: question.size, error: String(error) }),
          ),
        )
        .finally(() => {
          left--;
          look();
        });
    }
  });
  // A copy: whoever answers later is not listened to any more.
  return [...answers];
}

/** One witness's cosignature, as a line of the note. Throws where it gives none or a bad one. */
async function ask({ key, url }: Witness, question: Question, stand: number, fetcher: typeof fetch): Promise<string> {
  let reply = await post(url, question, Math.min(stand, question.size), fetcher);
  if (reply.status === WITNESS_STATUS.conflict && reply.type.startsWith(SIZE_TYPE)) {
    const theirs = parseSize(reply.text.replace(/\n$/, ""));
    if (theirs > question.size) throw new Error(`it has seen ${theirs} entries, we have ${question.size}`);
    reply = await post(url, question, theirs, fetcher);
  }
  if (reply.status !== WITNESS_STATUS.cosign) throw new Error(`status ${reply.status}`);
  const known = parseVkey(key);
  const own = parseSignatureLines(reply.text).find(({ name, id }) => name === known.name && id === known.id);
  if (!own) throw new Error("no cosignature of its key");
  const line = signatureLine(own, own.bytes);
  cosignedAt(parseNote(question.signed + line), known);
  return line;
}

async function post(url: string, { signed, pathFrom }: Question, old: number, fetcher: typeof fetch) {
  const body = addCheckpointText({ old, path: pathFrom(old), checkpoint: signed });
  const response = await fetcher(`${url.replace(/\/$/, "")}/add-checkpoint`, { method: "POST", body, redirect: "manual" });
  const text = await response.text();
  if (text.length > REPLY_BYTES_MAX) throw new Error("the reply is too large");
  return { status: response.status, type: response.headers.get("Content-Type") ?? "", text };
}
