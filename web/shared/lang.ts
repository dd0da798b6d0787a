// The page's language: the browser's at first, then what the person chose.
import { effect, signal } from "@preact/signals";
import type { Names } from "../../contracts/basics.ts";
import { readKept, writeKept } from "./storage.ts";

/** Languages of the pages; names may come in more. */
export type Lang = "zh-CN" | "en";

const first = (): Lang => (navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en");

export const lang = signal<Lang>(readKept<Lang>("lang") === "zh-CN" ? "zh-CN" : readKept<Lang>("lang") === "en" ? "en" : first());

effect(() => {
  document.documentElement.lang = lang.value;
});

export function chooseLang(chosen: Lang): void {
  writeKept("lang", chosen);
  lang.value = chosen;
}

const readsJapanese = navigator.language.toLowerCase().startsWith("ja");

/** Names of goods and places. A Japanese browser gets them in Japanese where there are any, though the pages speak English to it. */
export const inLang = (names: Names): string => (readsJapanese && lang.value === "en" && names.ja) || names[lang.value];
