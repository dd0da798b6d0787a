// The check in Japanese.
import type { Facts } from "../../domain/proof/work.ts";
import { count, short, when } from "../shared/format.ts";
import { faultsJa } from "./fault-words.ts";
import { reasonsJa } from "./reason-words.ts";
import type { CheckWords } from "./words-en.ts";

const at = (unixS: number | undefined): string => (unixS === undefined ? "?" : when(unixS, 0, true));
const n = (value: number | undefined): string => (value === undefined ? "?" : count(value));
const hash = (value: string | undefined): string => (value === undefined ? "?" : short(value));
const names = (list: { by: string; brand: boolean }[]): string =>
  list.map(({ by, brand }) => `${by}${brand ? "（ブランドが運用）" : ""}`).join("、");

const RESEND =
  "これだけでは何の証明にもなりません。ファイルが途中で壊れた可能性があります。ショップのページから取得し直してください。";
const PUBLIC =
  "公開ファイルを持つ人なら、誰でも同じ結論に至ります。このファイルを保存してください。該当の行を示しており、公開した内容はログと証人によって言い逃れができません。";

const scored = ({ standing, score, cutoff, rank = 0, winners = 0, waits = 0 }: Facts): string => {
  const both = `ご自身のスコア${hash(score)}、当選ライン${hash(cutoff)}`;
  if (standing === "won") return `${both}。当選ライン以下のため当選です。${n(winners)}名中${n(rank + 1)}位。`;
  if (standing === "wait") return `${both}。当選ラインを超えるため落選です。補欠${n(waits)}名中${n(rank - winners + 1)}番。`;
  return `${both}。当選ラインを超えるため落選です。`;
};

const STANDING = { won: "当選", wait: "補欠", lost: "落選", excluded: "除外" };

export const ja: CheckWords = {
  provesOf: { "result-list-form": RESEND, "result-list-differs": RESEND },
  steps: {
    file: { title: "証明が揃っている", ok: () => "足りないものも、余分なものもありません。", proves: RESEND },
    plan: {
      title: "実施要項が、ご覧になったものと同じ",
      ok: (f) => `控えには抽選前から実施要項${hash(f.M)}が記されており、これは一字一句同じものです。`,
      proves:
        "ショップが署名した控えには、このファイルとは別の実施要項が記されています。両方が揃うと、実施要項が2つあることの証明になります。",
    },
    round: {
      title: "乱数の出どころが事前に指定されている",
      ok: (f) => `${f.chain?.name}のラウンド${n(f.round)}、${at(f.beaconAt)}に発表。締め切り時刻から決まるため、誰にも選べません。`,
      proves: PUBLIC,
    },
    entry: {
      title: "これはご自身の応募である",
      ok: (f) => `${at(f.own?.s)}に受付期間内で応募。${n(f.own?.tickets)}口（上限${n(f.manifest?.ticketsMax)}口）。`,
      proves: "ファイルが控えとは別の応募のものであるか、ショップが自らの実施要項で認めていない応募を受け付けています。",
    },
    receipt: {
      title: "ショップが署名している",
      ok: (f) => `シャード${n(f.own?.shard)}の${n(f.own?.index)}番。この抽選販売の鍵で${at(f.group?.s)}に署名。`,
      proves:
        "ショップの不正を示すものではありません。この控えにはショップの署名がありません。ショップのページから得たものであれば、保管して問い合わせてください。",
    },
    place: {
      title: "封印されたリストに位置がある",
      ok: (f) => `封印は応募${n(f.seal?.entries)}件を含みます。その位置に、ご自身の応募がそのまま載っています。`,
      proves:
        "ショップはこの位置がご自身のものだと署名しながら、違う内容のリストを封印しました。控えと封印書が揃うと、応募が削除または差し替えられたことの証明になります。",
    },
    logged: {
      title: "封印書と結果が公開ログにある",
      ok: (f) => `${f.manifest?.origin}の${n(f.sealIndex)}番と${n(f.resultIndex)}番。ログの署名があります。`,
      proves: "公開ログと見比べれば、示された封印書または結果が別のものだとわかります。1つの抽選に2つの版があることになります。",
    },
    witnesses: {
      title: "証人が同じログを見ている",
      ok: (f) =>
        `証人${n(f.witnesses?.n)}者のうち${n(f.witnesses?.sealed.length)}者が封印書に署名：${names(f.witnesses?.sealed ?? [])}。`,
      proves: "証人が足りないため、実施要項そのものの定めにより、この封印書または結果は無効です。",
    },
    deadline: {
      title: "封印が乱数より前である",
      ok: (f) =>
        `証人が見た時刻：${(f.witnesses?.sealed ?? []).map(({ time }) => at(time)).join("、")}。期限は${at(f.deadline)}、乱数の発表は${at(f.beaconAt)}。`,
      proves: "証人自身の時刻がこのファイルにあります。証人が封印書を見た時点ですでに遅く、封印は無効です。",
    },
    exclusion: {
      title: "抽選前に理由を示して除外された",
      ok: (f) => `この応募は、封印された除外リスト（${n(f.seal?.excluded)}件）に載っています。`,
      proves: "この応募は、封印された除外リストにないのに抽選から漏れています。控えと封印書がその証明になります。",
    },
    table: {
      title: "店舗のリストに載っている",
      ok: (f) => `この商品と店舗の封印されたリストは${n(f.table?.n)}行で、そのうち1行がご自身のものです。`,
      proves: "ショップはこの応募に署名しながら、応募のないリストで抽選しました。控えと封印書が揃うと証明になります。",
    },
    stock: {
      title: "商品の数が発表どおりである",
      ok: (f) => `商品${n(f.pool?.stock)}点、補欠${n(f.pool?.wait)}名。受付開始前に固定。当選${n(f.winners)}名。`,
      proves: `商品の数は、誰かが応募する前に実施要項で固定されていましたが、結果はそれと矛盾します。${PUBLIC}`,
    },
    beacon: {
      title: "乱数が本物である",
      ok: (f) => `${f.chain?.name}の署名があります。ショップには作れません。`,
      proves: "誰でもビーコンにこのラウンドを問い合わせて、ショップが別の数を使ったことを確かめられます。",
    },
    seed: {
      title: "抽選の数が封印書と乱数から導かれる",
      ok: (f) => `${hash(f.seed)}。この端末で計算し直しました。`,
      proves: PUBLIC,
    },
    score: {
      title: "ご自身のスコアと当選ライン",
      ok: scored,
      proves: "スコアと当選ラインはこのファイルにあり、公開された結果と食い違います。誰でも計算し直せます。",
    },
    list: {
      title: "店舗のリスト全体",
      ok: (f) => `封印されたリストの全${n(f.table?.n)}行が順番どおりに揃っています。フィンガープリントは${hash(f.table?.root)}。`,
      proves: RESEND,
    },
    winners: {
      title: "当選者全員が導かれる",
      ok: (f) => `この端末で抽選し直しました。当選${n(f.winners)}名、補欠${n(f.waits)}名、当選ラインのすべてが同じです。`,
      proves: PUBLIC,
    },
  },
  open: {
    "plan-not-seen": (f) =>
      `このページは、この実施要項を初めて見ます。同じ抽選販売の控えや、証人が保管するものとフィンガープリントを見比べてください：${f.M}`,
    "identity-not-shown": () => "提示用の控えで、持ち主の秘密の数を含まないため、どのシャードに属すべきかは検証していません。",
    "log-key-unknown": (f) => `${f.manifest?.origin}の鍵がここではわからないため、ログ自身の署名は検証していません。`,
    "no-witnesses": () => "この抽選販売には証人がいません。全員が同じログを見ていることは、ショップの申告だけが根拠です。",
    "no-witnesses-deadline": () => "証人がいないため、リストがいつ封印されたかはショップの申告だけが根拠です。",
    "local-beacon": (f) => `署名は、お試し用のローカルビーコン${f.chain?.name}のものです。運用する人が数を選べます。`,
  },
  failed: faultsJa,
  proof: "証明",
  proves: "保存したファイルが証明すること",
  running: "この端末で検証しています…",
  step: (done) => `${done}項目を検証済み`,
  state: { ok: "成立", open: "未判定", failed: "不成立", working: "検証中" },
  all: (steps) => `${steps}項目すべてが成立`,
  someOpen: (steps, left) => `${steps}項目が成立、${left}項目は未判定`,
  broken: "成立しない項目があります",
  verdict: "この端末で検証しました",
  openTitle: "未判定",
  witnessList: "証人",
  byBrand: "ブランドが運用",
  independent: "独立",
  seenAt: (time) => `${at(time)}に封印書を確認`,
  localTrial: "この抽選はお試し用のローカルビーコンを使ったため、他の人への証明になりません。",
  poolMissing: "リスト全体をダウンロードできなかったため、ご自身の結果だけを検証しました。接続のよいときにもう一度お試しください。",
  levels: { own: "ご自身の結果", pool: "店舗の当選者全員" },
  life: {
    title: "この控えのその後",
    entered: (s, shard, index) => `${at(s)}に応募：シャード${shard}の${index}番。`,
    withdrawn: "締め切り前に本人が取り消し。",
    excluded: (reason) => `抽選前に除外：${reason}。`,
    outcome: {
      0: "異議申し立てなし。",
      1: "異議申し立ては却下。",
      2: "異議申し立てが認められ、抽選の対象に復帰。",
      3: "異議申し立てが期限までに判断されず、抽選の対象に復帰。",
    },
    sealed: (entries, s) => `応募${count(entries)}件とともに封印${s === undefined ? "" : `（証人の確認は${at(s)}）`}。`,
    drawn: (s, standing, place) => `${at(s)}に抽選：${STANDING[standing]}${place}。`,
    rank: (rank, of) => `、${count(of)}名中${count(rank)}位`,
    wait: (place, of) => `、${count(of)}名中${count(place)}番`,
    awarded: (wave) => `第${wave}回の割り当てで商品を獲得。`,
    lapsed: (wave, cause) => `第${wave}回の割り当てで失効：${cause}。`,
    notReached: (waves) => `これまで${waves}回の割り当てでは、この順番まで届いていません。`,
    cause: { 1: "支払いなし", 2: "辞退", 3: "受け取りなし", 4: "引き渡し不成立" },
  },
  reasons: reasonsJa,
};
