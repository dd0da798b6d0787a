// The shop in a window that <draw-entry> has opened from another page: one session, and one word back to that page when its visitor is in.
import { effect } from "@preact/signals";
import { Note } from "../shared/parts.tsx";
import { kept } from "./kept.ts";
import { choseByHand, chosen } from "./shelf.ts";
import { words } from "./words.ts";

const asked = new URLSearchParams(location.search);

/** The session of a link like /?session=… */
const session = /^[a-z0-9][a-z0-9-]{0,63}$/.exec(asked.get("session") ?? "")?.[0];

/** An origin and nothing else: https, or this machine itself for trying out. */
function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { origin, protocol, hostname } = new URL(text);
  const isHere = protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return origin === text && (protocol === "https:" || isHere) ? origin : undefined;
}

const origin = asked.get("embed") === "1" ? originOf(asked.get("from") ?? "") : undefined;
/** The page that opened this window, while it is there. */
const opener = origin !== undefined && session !== undefined ? (window.opener as Window | null) : null;

/** The one product that the other page speaks of; undefined for all. */
export const onlySku = session === undefined ? undefined : (asked.get("sku") ?? undefined);

/** Before anything is shown: the session of the link. */
export function chooseAsked(): void {
  if (session === undefined) return;
  chosen.value = session;
  choseByHand.value = true;
}

/** That this window's person has reserved, and in which session: nothing about who or where. The browser gives it to that origin only. */
export function tellOpener(): void {
  if (!opener || origin === undefined) return;
  effect(() => {
    const isIn = kept.value.some((entry) => entry.session === session && entry.receipt !== undefined && !entry.withdrawn);
    if (isIn) opener.postMessage({ type: "draw-entry:reserved", session }, origin);
  });
}

export function EmbeddedNote() {
  if (!opener || origin === undefined) return null;
  return <Note>{words().embedded(new URL(origin).host)}</Note>;
}
