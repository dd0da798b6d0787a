// <draw-entry session="…" sku="…">: a draw of this shop on somebody else's page. It shows what is drawn and until when; entering happens at the
// shop, in a window of its own, so the page around it never sees who enters. Served as one module at /embed/draw-entry.js.
import type { Names } from "../../contracts/basics.ts";
import type { CatalogPointer, Product } from "../../contracts/catalog.ts";
import type { SessionView } from "../../contracts/sessions.ts";
import { currencySign } from "../../domain/language.ts";
import type { Language } from "../../domain/market.ts";
import { STYLE } from "./style.ts";
import { type Words, wordsFor } from "./words.ts";

/** The shop is where this module came from. */
const SHOP = new URL(import.meta.url).origin;

/** How often what the clock cannot know is asked for: whether the draw has happened, or the session was called off. */
const LOOK_MS = 60_000;
const POPUP = "popup,width=440,height=860";

type Shown = { view: SessionView; products: Product[]; offsetMs: number };
type Phase = "soon" | "open" | "closed" | "drawn" | "over" | "voided";

const shared = new CSSStyleSheet();
shared.replaceSync(STYLE);

/** Public replies, which any page may read; a browser's cache answers for the crowd. */
async function read<Body>(path: string): Promise<Body | undefined> {
  const response = await fetch(`${SHOP}${path}`, { signal: AbortSignal.timeout(10_000) });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json() as Promise<Body>;
}

/** The snapshot of now; it never changes, so a browser that has it asks for the pointer only. */
async function readProducts(): Promise<Product[]> {
  const pointer = await read<CatalogPointer>("/v1/catalog");
  return (pointer && (await read<{ products: Product[] }>(pointer.url)))?.products ?? [];
}

function phaseOf({ state, open, close }: SessionView, nowS: number): Phase {
  if (state === "voided") return "voided";
  if (state === "settled") return "over";
  if (state === "drawn" || state === "awarding") return "drawn";
  return nowS < open ? "soon" : nowS < close ? "open" : "closed";
}

const two = (value: number): string => String(value).padStart(2, "0");
function clock(seconds: number, words: Words): string {
  const s = Math.max(0, Math.ceil(seconds));
  const days = Math.floor(s / 86400);
  return `${days ? `${words.days(days)} ` : ""}${two(Math.floor(s / 3600) % 24)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}

/** Text only: nothing that comes from a reply becomes markup. */
function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, ...children: (Node | string)[]) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

const nameIn = (names: Names, language: Language): string => names[language] ?? names.en;

/** With its size, date or seat where the product has several forms. */
function formName({ name, skus }: Product, sku: string, language: Language): string {
  const form = skus.length > 1 ? skus.find((one) => one.sku === sku) : undefined;
  const options = (form?.options ?? []).map((option) =>
    option.axis === "date"
      ? new Date(option.at * 1000).toLocaleString(language, { dateStyle: "medium", timeStyle: "short", timeZone: option.timeZone })
      : nameIn(option.value, language),
  );
  return [nameIn(name, language), ...options].join(" · ");
}

export class DrawEntry extends HTMLElement {
  static readonly observedAttributes = ["session", "sku", "lang"];

  readonly #root = this.attachShadow({ mode: "open" });
  #shown: Shown | "missing" | "failed" | undefined;
  #reserved = false;
  #popup: Window | null = null;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #looking: ReturnType<typeof setInterval> | undefined;
  #clock: HTMLElement | undefined;
  #drawnAs = "";

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [shared];
  }

  connectedCallback(): void {
    addEventListener("message", this.#heard);
    this.#ticking = setInterval(() => this.#tick(), 1000);
    this.#looking = setInterval(() => document.hidden || void this.#look(), LOOK_MS);
    void this.#look();
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.#heard);
    clearInterval(this.#ticking);
    clearInterval(this.#looking);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.isConnected) return;
    if (name === "session") {
      this.#shown = undefined;
      this.#reserved = false;
      void this.#look();
    } else this.#render();
  }

  get session(): string {
    return this.getAttribute("session") ?? "";
  }

  async #look(): Promise<void> {
    const { session } = this;
    this.#render();
    try {
      const path = `/v1/sessions/${encodeURIComponent(session)}`;
      const [view, products, time] = await Promise.all([
        session ? read<SessionView>(path) : undefined,
        readProducts(),
        read<{ now: number }>("/v1/time"),
      ]);
      if (session !== this.session) return;
      const offsetMs = (time?.now ?? Date.now()) - Date.now();
      this.#shown = view ? { view, products, offsetMs } : "missing";
    } catch {
      // What was shown stays: the next look may bring the rest.
      if (session === this.session) this.#shown ??= "failed";
    }
    this.#render();
  }

  /** Believed only from the window that this element opened, and only while it shows the shop. */
  #heard = ({ origin, source, data }: MessageEvent): void => {
    if (origin !== SHOP || source === null || source !== this.#popup) return;
    const { type, session } = (data ?? {}) as { type?: unknown; session?: unknown };
    if (type !== "draw-entry:reserved" || session !== this.session || this.#reserved) return;
    this.#reserved = true;
    this.#render();
    this.dispatchEvent(new CustomEvent("draw-entry:reserved", { detail: { session }, bubbles: true, composed: true }));
  };

  #enter = (): void => {
    const query = new URLSearchParams({ session: this.session, embed: "1", from: location.origin });
    const sku = this.getAttribute("sku");
    if (sku) query.set("sku", sku);
    this.#popup = window.open(`${SHOP}/?${query}`, "_blank", POPUP);
  };

  #nowS(): number {
    const offsetMs = typeof this.#shown === "object" ? this.#shown.offsetMs : 0;
    return (Date.now() + offsetMs) / 1000;
  }

  /** The clock alone changes each second; the rest is made anew when the window opens or closes. */
  #tick(): void {
    if (typeof this.#shown !== "object") return;
    const { view } = this.#shown;
    if (phaseOf(view, this.#nowS()) !== this.#drawnAs) this.#render();
    else if (this.#clock) this.#clock.textContent = this.#left(view);
  }

  #left({ open, close, drawAt }: SessionView): string {
    const next = { soon: open, open: close, closed: drawAt }[this.#drawnAs as "soon" | "open" | "closed"];
    return next === undefined ? "" : clock(next - this.#nowS(), wordsFor(this).words);
  }

  #render(): void {
    const { words, language } = wordsFor(this);
    this.#clock = undefined;
    const card = element("section", "card");
    card.setAttribute("part", "card");
    if (typeof this.#shown === "object") this.#fill(card, this.#shown, words, language);
    else if (this.#shown === "failed")
      card.append(
        element("p", "", words.failed),
        this.#button(words.again, () => void this.#look()),
      );
    else card.append(element("p", "muted", this.#shown === "missing" ? words.unknown : words.loading));
    // Whoever works with the keyboard stays on the button.
    const hadFocus = this.#root.activeElement !== null;
    this.#root.replaceChildren(card);
    if (hadFocus) card.querySelector("button")?.focus();
  }

  #fill(card: HTMLElement, { view, products }: Shown, words: Words, language: Language): void {
    const wanted = this.getAttribute("sku");
    const skus = view.skus.filter((sku) => !wanted || sku === wanted);
    const phase = phaseOf(view, this.#nowS());
    this.#drawnAs = phase;
    card.append(element("h2", "", nameIn(view.title, language)));
    for (const sku of skus) {
      const product = products.find((one) => one.skus.some((form) => form.sku === sku));
      const offer = view.offers.find((one) => one.sku === sku);
      const price = view.rules.prices[sku];
      card.append(
        element(
          "div",
          "row",
          element("span", "name", product ? formName(product, sku, language) : sku),
          element("span", "price", price ? money(price, language) : ""),
          element("span", "muted", offer ? words.units(offer.units, offer.pools) : ""),
        ),
      );
    }
    if (phase === "soon" || phase === "open" || phase === "closed") {
      this.#clock = element("span", "clock", this.#left(view));
      this.#clock.setAttribute("role", "timer");
      card.append(element("p", "row", `${words[phase]} `, this.#clock));
    } else card.append(element("p", "", words[phase]));
    if (this.#reserved) {
      const said = element("p", "in", words.reserved);
      said.setAttribute("role", "status");
      card.append(said);
    }
    const label =
      phase === "open" && !this.#reserved ? words.enter : phase === "drawn" || phase === "over" ? words.result : words.look;
    card.append(this.#button(label, this.#enter), element("p", "muted", words.chance));
  }

  #button(label: string, press: () => void): HTMLButtonElement {
    const button = element("button", "", label);
    button.type = "button";
    button.setAttribute("part", "button");
    button.addEventListener("click", press);
    return button;
  }
}

function money({ currency, amountMinor }: { currency: string; amountMinor: number }, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: currencySign(language) });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

// A page may load the module twice.
if (!customElements.get("draw-entry")) customElements.define("draw-entry", DrawEntry);
