// Shows a page of our own where there is no network. Touches nothing but the opening of pages: no reply of the API, no file of a draw and no
// state is ever kept here, and a new version never reloads a page that is open.
const KEPT = "offline-1";
const PAGE = "/offline";

async function keep() {
  const cache = await caches.open(KEPT);
  const page = await fetch(PAGE, { cache: "no-store" });
  if (!page.ok) throw new Error("no offline page");
  const styles = [...(await page.clone().text()).matchAll(/<link[^>]+href="([^"]+\.css)"/g)].map((match) => match[1]);
  await cache.addAll(styles);
  await cache.put(PAGE, page);
}

async function open(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(keep()));

self.addEventListener("activate", (event) => {
  const forget = async () => {
    for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
    await self.registration.navigationPreload?.enable();
  };
  event.waitUntil(forget());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(open(event));
  // The offline page's own style: from the network, unless there is none.
  else if (request.destination === "style")
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
});
