// What travels between a session and the log.
import type { Bytes } from "../../domain/bytes.ts";
import type { Witnesses } from "../../domain/log/cosignature.ts";

/** Entries of one session in their order, and whose cosignatures are wanted: those that its manifest names. */
export type LogRequest = {
  witnesses: Witnesses;
  entries: {
    bytes: Bytes;
    /** Cosignatures have to be given before this instant, Unix seconds. */
    before?: number;
  }[];
};

/** Where an entry stands, as a proof of C2SP tlog-proof: by the first checkpoint with a timely quorum, or else by the one that is nearest to it. */
export type Standing = { index: number; proof: string };

/** `log_conflict`: other bytes under the same name are in the log. `log_stopped`: the log refuses to sign. */
export type LogNo = "log_conflict" | "log_stopped";
