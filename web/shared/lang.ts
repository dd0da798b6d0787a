// The page's language: the first of the browser's that we speak, then what the person chose.
import { effect, signal } from "@preact/signals";
import type { Names } from "../../contracts/basics.ts";
import { oursOf } from "../../domain/language.ts";
import type { Language } from "../../domain/market.ts";
import { readKept, writeKept } from "./storage.ts";

/** The languages of the pages, as each calls itself, and what each calls the choice. */
export const LANGUAGES: { [Name in Language]: { name: string; choice: string } } = {
  "zh-CN": { name: "中文", choice: "语言" },
  en: { name: "English", choice: "Language" },
  ja: { name: "日本語", choice: "言語" },
};

const isOurs = (name: string | undefined): name is Language => name !== undefined && Object.hasOwn(LANGUAGES, name);

function first(): Language {
  const kept = readKept<string>("lang");
  return isOurs(kept) ? kept : (navigator.languages.map(oursOf).find((ours) => ours !== undefined) ?? "en");
}

export const lang = signal<Language>(first());

effect(() => {
  document.documentElement.lang = lang.value;
});

export function chooseLang(chosen: string): void {
  if (!isOurs(chosen)) return;
  writeKept("lang", chosen);
  lang.value = chosen;
}

/** The words of a page in the chosen language, from one table for each. */
export const spoken =
  <Words>(tables: { [Name in Language]: Words }) =>
  (): Words =>
    tables[lang.value];

/** Names of goods and places; not every one has a Japanese name. */
export const inLang = (names: Names): string => names[lang.value] ?? names.en;
