// What the element says, in the page's language.
export const WORDS = {
  en: {
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
  },
  zh: {
    units: (n: number, stores: number) => `${stores} 家门店共 ${n} 件`,
    soon: "距开放",
    open: "距截止",
    closed: "已截止，距摇号",
    drawn: "已摇号",
    over: "本场次已结束。",
    voided: "本场次已取消。",
    days: (n: number) => `${n} 天`,
    enter: "参加申购",
    look: "查看场次",
    result: "查看结果",
    reserved: "您已参加本场摇号。",
    chance: "按时参加者机会相同，摇号结果人人可验证。",
    loading: "加载中…",
    failed: "暂时无法连接商店。",
    again: "重试",
    unknown: "没有这个场次。",
  },
};
export type Words = (typeof WORDS)["en"];

/** The element's `lang`, else the page's, else the browser's. */
export function wordsFor(element: Element): { words: Words; names: string[] } {
  const tag = element.closest("[lang]")?.getAttribute("lang") ?? navigator.language;
  const language = tag.toLowerCase().split("-")[0] as string;
  return language === "zh" ? { words: WORDS.zh, names: ["zh-CN", "en"] } : { words: WORDS.en, names: [tag, language, "en"] };
}
