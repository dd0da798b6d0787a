// What this device keeps of one member: per session and SKU the nonce, the receipt and what followed. Written before anything is sent.
import { signal } from "@preact/signals";
import type { Names } from "../../contracts/basics.ts";
import type { Notice } from "../../contracts/review.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { onKeptChange, readKept, writeKept } from "../shared/storage.ts";
import type { Found } from "./result.ts";

export type Kept = {
  session: string;
  /** For the list of past sessions, which must read well without the network. */
  title: Names;
  close: number;
  /** When the draw follows; the result page needs nothing else to know that it is due. */
  drawAt?: number;
  sku: string;
  store: string;
  pool: number;
  /** What product and store are called, for a result page that does not load the catalogue. */
  names?: { product: Names; store: Names };
  /** 32 random bytes, hex: the same in every retry, so that a lost reply still ends in one reservation. */
  nonce: string;
  /** Overload ticket that the door gave while it was too busy. */
  overload?: string;
  /** The receipt's exact text. Without it the reservation is pending: sent, not confirmed. */
  receipt?: string;
  withdrawn?: boolean;
  /** The signed withdrawal's exact text. */
  withdrawal?: string;
  /** What operators have decided about it before the draw, and which state of `notices.json` that is. */
  notice?: Notice;
  noticesAt?: number;
  found?: Found;
  /** The last wave whose file was looked at. */
  waveSeen?: number;
  award?: "accepted" | "declined" | "lapsed";
  order?: string;
};

export const kept = signal<Kept[]>([]);
/** False where the browser refuses to keep: the page then asks to save the receipt as a file. */
export const keeps = signal(true);

let owner: string | undefined;
const key = (): string => `kept/${owner ?? ""}`;

export function openKept(sub: string | undefined): void {
  owner = sub;
  kept.value = sub === undefined ? [] : (readKept<Kept[]>(key()) ?? []);
}

onKeptChange(key, () => openKept(owner));

const isFor = (session: string, sku: string) => (entry: Kept) => entry.session === session && entry.sku === sku;

export const keptFor = (session: string, sku: string): Kept | undefined => kept.value.find(isFor(session, sku));

/** Reads again before writing, so that two tabs do not overwrite each other's entries. */
function change(to: (list: Kept[]) => Kept[]): void {
  if (owner === undefined) return;
  const list = to(keeps.value ? (readKept<Kept[]>(key()) ?? kept.value) : kept.value);
  keeps.value = writeKept(key(), list);
  kept.value = list;
}

export const keep = (entry: Kept): void =>
  change((list) => [entry, ...list.filter((other) => !isFor(entry.session, entry.sku)(other))]);

export const patch = (entry: Pick<Kept, "session" | "sku">, fields: Partial<Kept>): void =>
  change((list) => list.map((other) => (isFor(entry.session, entry.sku)(other) ? { ...other, ...fields } : other)));

export const drop = ({ session, sku }: Pick<Kept, "session" | "sku">): void =>
  change((list) => list.filter((other) => !isFor(session, sku)(other)));

export const receiptOf = (entry: Kept | undefined): Receipt | undefined =>
  entry?.receipt === undefined ? undefined : (JSON.parse(entry.receipt) as Receipt);
