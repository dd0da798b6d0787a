// What the element says, in the page's language.
import { oursOf } from "../../domain/language.ts";
import type { Language } from "../../domain/market.ts";

const en = {
  units: (n: number, stores: number) => `${n} ${n === 1 ? "unit" : "units"} in ${stores} ${stores === 1 ? "store" : "stores"}`,
  soon: "Opens in",
  open: "Closes in",
  closed: "Closed. Draw in",
  drawn: "Drawn",
  over: "This session is over.",
  voided: "This session was called off.",
  days: (n: number) => `${n} d`,
  enter: "Enter the draw",
  look: "See the session",
  result: "See the result",
  reserved: "You are in the draw.",
  chance: "Everyone who enters in time has the same chance. Anyone can check the draw.",
  loading: "Loading…",
  failed: "The shop cannot be reached.",
  again: "Try again",
  unknown: "There is no such session.",
};
export type Words = typeof en;

const zh: Words = {
  units: (n, stores) => `${stores} 家门店共 ${n} 件`,
  soon: "距开放",
  open: "距截止",
  closed: "已截止，距摇号",
  drawn: "已摇号",
  over: "本场次已结束。",
  voided: "本场次已取消。",
  days: (n) => `${n} 天`,
  enter: "参加申购",
  look: "查看场次",
  result: "查看结果",
  reserved: "您已参加本场摇号。",
  chance: "按时参加者机会相同，摇号结果人人可验证。",
  loading: "加载中…",
  failed: "暂时无法连接商店。",
  again: "重试",
  unknown: "没有这个场次。",
};

const ja: Words = {
  units: (n, stores) => `${stores}店舗・計${n}点`,
  soon: "受付開始まで",
  open: "締め切りまで",
  closed: "受付終了・抽選まで",
  drawn: "抽選済みです。",
  over: "この抽選販売は終了しました。",
  voided: "この抽選販売は中止になりました。",
  days: (n) => `${n}日`,
  enter: "抽選に応募する",
  look: "抽選販売を見る",
  result: "結果を見る",
  reserved: "応募が完了しています。",
  chance: "期限までに応募した方の当選確率は同じです。抽選は誰でも検証できます。",
  loading: "読み込んでいます…",
  failed: "ショップに接続できません。",
  again: "再試行",
  unknown: "この抽選販売は見つかりません。",
};

export const WORDS: { [Name in Language]: Words } = { en, "zh-CN": zh, ja };

/** The element's `lang`, else the page's, else the browser's; English where we do not speak it. */
export function wordsFor(element: Element): { words: Words; language: Language } {
  const language = oursOf(element.closest("[lang]")?.getAttribute("lang") ?? navigator.language) ?? "en";
  return { words: WORDS[language], language };
}
