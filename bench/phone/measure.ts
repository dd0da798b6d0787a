// One check on a phone-sized page in Chromium, its CPU slowed down: what was downloaded, how long it took, what the page's own thread did.
import type { Browser, CDPSession, Page } from "playwright-core";

export type Measured = {
  /** Body and headers of the proof's public part, and of everything that level 1 asked for. */
  proofBytes: number;
  level1Bytes: number;
  level1Ms: number;
  /** From the end of level 1 to the end of level 2. */
  level2Ms: number;
  /** CPU time of the page's own thread from the tap until level 1 is shown, until everything is shown, and in its longest task. */
  main1Ms: number;
  mainMs: number;
  longestMs: number;
};

const SETTLED_MS = 1_000;
/** After the last step: the page still draws it. */
const PAINTED_MS = 500;

export type Visit = { url: string; receipt: string; proofPath: string; slowdown: number; worker: boolean };

export async function measure(browser: Browser, { url, receipt, proofPath, slowdown, worker }: Visit): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, locale: "en-GB" });
  const page = await context.newPage();
  try {
    // A worker is not slowed down with its page: without one the same work is done where the slowdown holds.
    if (!worker) await page.addInitScript("delete globalThis.Worker");
    await page.goto(`${url}/verify`);
    const cdp = await context.newCDPSession(page);
    const bytes = await countBytes(cdp);
    await page.getByRole("textbox").first().fill(receipt);
    // Nobody taps in the first moment: what the page gets ready while nobody waits is ready.
    await page.waitForTimeout(SETTLED_MS);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    const trace = await startTrace(browser);
    // Told by the page itself: a driver that looks again and again would be measured with it.
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const seen = new PerformanceObserver((list) => {
            if (list.getEntries().some(({ name }) => name === "check-level-2")) resolve();
          });
          seen.observe({ type: "mark" });
          performance.mark("tap");
          document.querySelector("form")?.requestSubmit();
        }),
    );
    await page.waitForTimeout(PAINTED_MS);
    const { start, one, two } = await marks(page);
    const tasks = await trace();
    const level1 = [...bytes].filter(
      ([path]) => !path.includes("/tables/") && !path.includes("/results/") && !path.includes("/waves/"),
    );
    return {
      proofBytes: bytes.get(proofPath) ?? Number.NaN,
      level1Bytes: level1.reduce((sum, [, size]) => sum + size, 0),
      level1Ms: one - start,
      level2Ms: two - one,
      main1Ms: sum(tasks.filter(({ level }) => level === 1)),
      mainMs: sum(tasks),
      longestMs: Math.max(0, ...tasks.map(({ ms }) => ms)),
    };
  } finally {
    await context.close();
  }
}

/** How much slower a loop in a worker is than without the slowdown: 1 where the slowdown leaves workers alone. */
export async function workerSlowdown(browser: Browser, url: string, slowdown: number): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/verify`);
  const loop = () =>
    page.evaluate(async () => {
      const code = "let x=0;const t=performance.now();for(let i=0;i<3e8;i++)x=(x*31+i)|0;postMessage([performance.now()-t,x])";
      const worker = new Worker(URL.createObjectURL(new Blob([code])));
      return new Promise<number>((resolve) => {
        worker.onmessage = ({ data }) => resolve((data as [number])[0]);
      });
    });
  await loop();
  const plain = await loop();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  const slowed = await loop();
  await context.close();
  return slowed / plain;
}

async function countBytes(cdp: CDPSession): Promise<Map<string, number>> {
  const paths = new Map<string, string>();
  const bytes = new Map<string, number>();
  await cdp.send("Network.enable");
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => paths.set(requestId, new URL(request.url).pathname));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId);
    if (path) bytes.set(path, encodedDataLength);
  });
  return bytes;
}

type Task = { ms: number; level: 1 | 2 };
type TraceEvent = { name: string; pid: number; tid: number; ts: number; tdur?: number };

const sum = (tasks: Task[]): number => tasks.reduce((all, { ms }) => all + ms, 0);

/** Records what the browser's threads do; the function that comes back ends it and gives the CPU time of each task of the page's own thread. */
async function startTrace(browser: Browser): Promise<() => Promise<Task[]>> {
  const cdp = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  cdp.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await cdp.send("Tracing.start", { traceConfig: { includedCategories: ["toplevel", "blink.user_timing"] } });
  return async () => {
    const ended = new Promise<void>((resolve) => cdp.once("Tracing.tracingComplete", () => resolve()));
    await cdp.send("Tracing.end");
    await ended;
    await cdp.detach();
    // The page that was tapped is the one whose thread set the marks.
    const own = events.find(({ name }) => name === "tap");
    const shown = events.find(({ name }) => name === "check-level-1")?.ts ?? Number.NaN;
    return events
      .filter(({ name, pid, tid }) => name === "ThreadControllerImpl::RunTask" && pid === own?.pid && tid === own.tid)
      .map(({ ts, tdur = 0 }) => ({ ms: tdur / 1000, level: ts <= shown ? 1 : 2 }));
  };
}

const marks = (page: Page) =>
  page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name).at(-1)?.startTime ?? Number.NaN;
    return { start: at("tap"), one: at("check-level-1"), two: at("check-level-2") };
  });
