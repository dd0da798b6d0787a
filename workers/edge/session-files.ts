// An announced session as its published files tell it: no object is called and no row is read, however many ask.
import { POOLS_IN_VIEW, type PublishedSession } from "../../contracts/session-view.ts";
import type { Bulletin, Waiting } from "../../contracts/sessions.ts";
import { parseObject } from "../../domain/draw/manifest.ts";
import type { Wave } from "../../domain/draw/wave.ts";
import type { SessionFacts } from "./facts.ts";
import { fileOf } from "./file-cache.ts";

/** This file comes and goes, so it is not remembered: whoever makes the view for a crowd reads it once. */
async function waitingIn(env: Env, session: string): Promise<Waiting | undefined> {
  return (await (await env.FILES.get(`draws/${session}/waiting.json`))?.json<Waiting>()) ?? undefined;
}

/** Bulletins are numbered from 1 without gaps. */
async function bulletinsIn(env: Env, session: string): Promise<Bulletin[]> {
  const bulletins: Bulletin[] = [];
  for (;;) {
    const file = await fileOf(env, `draws/${session}/bulletins/${bulletins.length + 1}.json`);
    if (!file) return bulletins;
    const { no, s, text } = parseObject<Bulletin>(file.bytes);
    bulletins.push({ no, s, text });
  }
}

/** `nowS` saves look-ups: before close only a void can have been published. */
export async function publishedSession(
  env: Env,
  { manifest, id, rules, pools }: SessionFacts,
  nowS: number,
): Promise<PublishedSession> {
  const file = (name: string) => fileOf(env, `draws/${manifest.session}/${name}`);
  const isThere = async (name: string) => (await file(name)) !== undefined;
  const object = async <Shape>(name: string) => {
    const found = await file(name);
    return found && parseObject<Shape>(found.bytes);
  };
  const closed = nowS >= manifest.close;
  const drawn = closed && (await isThere("result.json"));
  const waves: Wave[] = [];
  // The last wave may only take units back.
  while (drawn && waves.length <= rules.wavesMax) {
    const wave = await object<Wave>(`waves/${waves.length + 1}.json`);
    if (!wave) break;
    waves.push(wave);
  }
  const sealed = closed && (drawn || (await isThere("seal.json")));
  const voided = drawn ? undefined : await object<{ s: number; text: string }>("void.json");
  return {
    manifest,
    id,
    rules,
    offers: pools.offers,
    pools: pools.size <= POOLS_IN_VIEW ? [...pools] : [],
    bulletins: await bulletinsIn(env, manifest.session),
    drawn,
    waves,
    sealed,
    settled: waves.length > 0 && (await isThere("settled.json")),
    voided,
    waiting: closed && !sealed && !voided ? await waitingIn(env, manifest.session) : undefined,
  };
}
