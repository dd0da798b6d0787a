// The verdict's sentences, as draw1, section 12, fixes them, in the languages that the project speaks. It never says "fair".
import type { Manifest } from "../draw/manifest.ts";
import type { Language } from "../market.ts";
import type { Facts } from "./work.ts";

type Told = { excluded: boolean; whole: boolean; assurance: Manifest["assurance"] };

type VerdictWords = {
  verdict: (told: Told) => string;
  /** "k of n, i of them independent"; without an independent one it is said in words. */
  witnesses: (signed: number, n: number, independent: number) => string;
};

const EN_ASSURANCE = {
  phone: "the phone numbers that the organiser checked",
  card: "the payment cards that the organiser checked",
  person: "the issuer who vouched for each person",
};

const en: VerdictWords = {
  verdict({ excluded, whole, assurance }) {
    const entry = excluded
      ? "Your entry was not changed; it was excluded for a stated reason before the random number existed, "
      : "Your entry was not removed or changed, ";
    const follow = excluded
      ? "as the sealed list of exclusions shows"
      : `and ${whole ? "the winners follow" : "your result follows"} from public randomness`;
    return `${entry}${follow}. Whether every entrant is a real person rests on ${EN_ASSURANCE[assurance]}.`;
  },
  witnesses(signed, n, independent) {
    if (signed === 0) return "No witness: nobody but the organiser says when the list was sealed.";
    if (independent === 0) return `${signed} of ${n} witnesses signed, none of them independent: the organiser runs them all.`;
    return `${signed} of ${n} witnesses signed, ${independent} of them independent.`;
  },
};

const ZH_ASSURANCE = { phone: "主办方核验的手机号", card: "主办方核验的支付卡", person: "为每个人作证的身份机构" };

const zh: VerdictWords = {
  verdict({ excluded, whole, assurance }) {
    const entry = excluded ? "您的预约未被更改；它在随机数产生之前已按公布的理由被排除，" : "您的预约未被删除或更改，";
    const follow = excluded ? "封存的排除名单可以证明" : `${whole ? "所有中签者均" : "您的结果"}由公开随机数得出`;
    return `${entry}${follow}。每位参与者是否为真实的人，取决于${ZH_ASSURANCE[assurance]}。`;
  },
  witnesses(signed, n, independent) {
    if (signed === 0) return "没有见证方：名单何时封存，只有主办方自己的说法。";
    if (independent === 0) return `${n} 个见证方中有 ${signed} 个签名，无一独立：均由主办方运行。`;
    return `${n} 个见证方中有 ${signed} 个签名，其中 ${independent} 个独立。`;
  },
};

const JA_ASSURANCE = {
  phone: "主催者による電話番号の確認",
  card: "主催者による支払いカードの確認",
  person: "各人の本人性を保証した発行者",
};

const ja: VerdictWords = {
  verdict({ excluded, whole, assurance }) {
    const entry = excluded
      ? "応募は改変されていません。乱数が生まれる前に、明示された理由で除外されたことを、封印された除外リストが示しています。"
      : `応募は削除も改変もされておらず、${whole ? "当選者全員" : "ご自身の結果"}は公開の乱数から導かれます。`;
    return `${entry}応募者がそれぞれ実在の人物であるかどうかは、${JA_ASSURANCE[assurance]}に依存します。`;
  },
  witnesses(signed, n, independent) {
    if (signed === 0) return "証人がいません。リストがいつ封印されたかは、主催者の申告だけが根拠です。";
    if (independent === 0) return `証人${n}者のうち${signed}者が署名しました。独立した証人はなく、すべて主催者が運用しています。`;
    return `証人${n}者のうち${signed}者が署名し、うち${independent}者は独立しています。`;
  },
};

const WORDS: { [Name in Language]: VerdictWords } = { en, "zh-CN": zh, ja };

/** What is shown once every step of the level holds; `whole` says that level 2 held too. */
export function verdictText(facts: Facts, whole: boolean, lang: Language): string {
  const { assurance } = facts.manifest as Manifest;
  return WORDS[lang].verdict({ excluded: facts.standing === "excluded", whole, assurance });
}

/** Who saw the seal in time. */
export function witnessText({ witnesses }: Facts, lang: Language): string {
  const { sealed = [], n = 0, independent = 0 } = witnesses ?? {};
  return WORDS[lang].witnesses(sealed.length, n, independent);
}
