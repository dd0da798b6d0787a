// Sign-in for trying out: believes what it is told. Compiled into the local entry only; a test looks for it in the deployed bundle.
import { Hono } from "hono";
import { settingsOf } from "../../contracts/settings.ts";
import { type Claims, operatorSub, type SignInReply, signInInput } from "../../contracts/sign-in.ts";
import { b64url, hex, unb64url, utf8 } from "../../domain/bytes.ts";
import { hmac, sha256 } from "../../domain/hash.ts";
import type { OpenApp } from "../edge/app-type.ts";
import { body } from "../edge/input.ts";
import { tokenFor } from "../edge/token.ts";

const TOKEN_S = 12 * 3600;

export const localSignIn = new Hono<OpenApp>()
  .get("/local", (c) => c.json({ signIn: "/local/sign-in", note: "LOCAL-ONLY: anybody is whoever they say" }))
  .post("/local/sign-in", async (c) => {
    const input = await body(c, signInInput);
    const settings = settingsOf(c.env);
    const exp = Math.floor(Date.now() / 1000) + TOKEN_S;
    const claims = ((): Claims => {
      if (input.role === "operator") return { v: 1, role: "operator", sub: operatorSub(input.name), exp };
      if (input.role === "store") return { v: 1, role: "store", sub: `device-of-${input.store}`, store: input.store, exp };
      // The same name is the same person, on whichever device.
      const person = hex(hmac(settings.PEPPER, utf8(`local-person\n${input.name}`)));
      const device = input.device === undefined ? undefined : unb64url(input.device);
      return {
        v: 1,
        role: "member",
        sub: `m-${person.slice(0, 24)}`,
        person,
        market: input.market,
        ageOk: true,
        exp,
        ...(device ? { device: b64url(sha256(device)) } : {}),
      };
    })();
    const reply: SignInReply = { token: await tokenFor(claims, settings), claims };
    return c.json(reply, 200, { "Cache-Control": "no-store" });
  });
