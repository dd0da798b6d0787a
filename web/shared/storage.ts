// What the browser keeps as text. Private windows and full disks throw: the caller learns it from the return value.

const PREFIX = "fairpour/";

export function readKept<Shape>(key: string): Shape | undefined {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? undefined : (JSON.parse(text) as Shape);
  } catch {
    return undefined;
  }
}

/** False where nothing could be written: then the page says so instead of promising to keep it. */
export function writeKept(key: string, value: unknown): boolean {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Calls back when another tab of this browser wrote the key. */
export function onKeptChange(key: () => string, then: () => void): void {
  addEventListener("storage", (event) => {
    if (event.key === PREFIX + key()) then();
  });
}
