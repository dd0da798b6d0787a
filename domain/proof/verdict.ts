// The verdict's sentences, as draw1, section 12, fixes them, in the languages that the project speaks. It never says "fair".
import type { Manifest } from "../draw/manifest.ts";
import type { Facts } from "./work.ts";

export type VerdictLang = "en" | "zh-CN";

const ASSURANCE: { [Lang in VerdictLang]: { [Kind in Manifest["assurance"]]: string } } = {
  en: {
    phone: "the phone numbers that the organiser checked",
    card: "the payment cards that the organiser checked",
    person: "the issuer who vouched for each person",
  },
  "zh-CN": {
    phone: "主办方核验的手机号",
    card: "主办方核验的支付卡",
    person: "为每个人作证的身份机构",
  },
};

/** What is shown once every step of the level holds; `whole` says that level 2 held too. */
export function verdictText(facts: Facts, whole: boolean, lang: VerdictLang): string {
  const assurance = ASSURANCE[lang][(facts.manifest as Manifest).assurance];
  const excluded = facts.standing === "excluded";
  if (lang === "en") {
    const entry = excluded
      ? "Your entry was not changed; it was excluded for a stated reason before the random number existed, "
      : "Your entry was not removed or changed, ";
    const follow = excluded
      ? "as the sealed list of exclusions shows"
      : `and ${whole ? "the winners follow" : "your result follows"} from public randomness`;
    return `${entry}${follow}. Whether every entrant is a real person rests on ${assurance}.`;
  }
  const entry = excluded ? "您的预约未被更改；它在随机数产生之前已按公布的理由被排除，" : "您的预约未被删除或更改，";
  const follow = excluded ? "封存的排除名单可以证明" : `${whole ? "所有中签者均" : "您的结果"}由公开随机数得出`;
  return `${entry}${follow}。每位参与者是否为真实的人，取决于${assurance}。`;
}

/** "k of n, i of them independent": who saw the seal in time. Without an independent one it is said in words. */
export function witnessText({ witnesses }: Facts, lang: VerdictLang): string {
  const { sealed = [], n = 0, independent = 0 } = witnesses ?? {};
  const signed = sealed.length;
  if (lang === "en") {
    if (signed === 0) return "No witness: nobody but the organiser says when the list was sealed.";
    if (independent === 0) return `${signed} of ${n} witnesses signed, none of them independent: the organiser runs them all.`;
    return `${signed} of ${n} witnesses signed, ${independent} of them independent.`;
  }
  if (signed === 0) return "没有见证方：名单何时封存，只有主办方自己的说法。";
  if (independent === 0) return `${n} 个见证方中有 ${signed} 个签名，无一独立：均由主办方运行。`;
  return `${n} 个见证方中有 ${signed} 个签名，其中 ${independent} 个独立。`;
}
