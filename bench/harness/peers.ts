// A peer as the harness sees it: a process tree on the server's core, with its data on the same disk as the shop's.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/local/bundle.ts";
import type { PeerAnswer, PeerOrder, Stored } from "../peers/serve.ts";
import { hasTaskset, SERVER_CORE } from "./processes.ts";
import type { Served } from "./rounds.ts";
import type { Shop } from "./shop.ts";

const PEERS = join(import.meta.dirname, "../peers");

/** `fastify` and `store`: their versions. */
export type Peer = Served & { fastify: string; store: string; stop: () => Promise<void> };

/** Throws with the reason where a peer cannot be had. */
export async function openPeer(file: string, args: string[], shop: Shop): Promise<Peer> {
  const parent = join(ROOT, ".fairpour/bench");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "peer-"));
  // The path of a socket has about 100 bytes: the project's own may be longer.
  const sockets = mkdtempSync(join(tmpdir(), "fairpour-peer-"));
  const pinned = hasTaskset() ? ["taskset", "-c", String(SERVER_CORE)] : [];
  const [program, ...before] = [...pinned, process.execPath, "--import", join(PEERS, "native.ts")];
  const child = spawn(program as string, [...before, join(PEERS, file), ...args], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const stop = async () => {
    if (child.connected) child.disconnect();
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    for (const path of [folder, sockets]) rmSync(path, { recursive: true, force: true });
  };
  try {
    const { facts } = shop;
    const answer = await ask(child, { origin: shop.url, facts, folder, sockets });
    return { ...answer, url: `http://127.0.0.1:${answer.port}`, pid: child.pid, facts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function ask(child: ChildProcess, order: PeerOrder): Promise<Exclude<PeerAnswer, { error: string }>> {
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("its process ended")));
    child.once("message", (answer: PeerAnswer) => ("error" in answer ? reject(new Error(answer.error)) : resolve(answer)));
    child.send(order);
  });
}

/** Throws where a person is stored twice. */
export async function storedOnce({ url }: Peer, name: string): Promise<number> {
  const { entries, people } = (await (await fetch(`${url}/bench/stored/peer`)).json()) as Stored;
  if (entries !== people) throw new Error(`${name}: ${entries} stored of ${people} people`);
  return entries;
}
