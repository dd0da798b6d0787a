// Loaded before a peer (`node --import`): wherever the shop's code asks for its HMAC, a peer gets Node's fastest one.
import { registerHooks } from "node:module";

registerHooks({
  resolve(specifier, context, nextResolve) {
    const found = nextResolve(specifier, context);
    return found.url.endsWith("/workers/edge/hmac.ts") ? { ...found, url: new URL("hmac.ts", import.meta.url).href } : found;
  },
});
