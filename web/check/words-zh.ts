// The check in Chinese.
import type { Facts } from "../../domain/proof/work.ts";
import { count, short, when } from "../shared/format.ts";
import { faultsZh } from "./fault-words.ts";
import { reasonsZh } from "./reason-words.ts";
import type { CheckWords } from "./words-en.ts";

const at = (unixS: number | undefined): string => (unixS === undefined ? "?" : when(unixS, 0, true));
const n = (value: number | undefined): string => (value === undefined ? "?" : count(value));
const hash = (value: string | undefined): string => (value === undefined ? "?" : short(value));
const names = (list: { by: string; brand: boolean }[]): string =>
  list.map(({ by, brand }) => `${by}${brand ? "（品牌方运行）" : ""}`).join("、");

const RESEND = "仅凭它不能说明什么：文件可能在传送中损坏。请从商店页面重新获取。";
const PUBLIC = "任何人用公开文件都会得到同样的结论。请保存此文件：它指明了具体条目，日志与见证方使主办方无法抵赖其公布的内容。";

const scored = ({ standing, score, cutoff, rank = 0, winners = 0, waits = 0 }: Facts): string => {
  const both = `您的分值 ${hash(score)}，分数线 ${hash(cutoff)}`;
  if (standing === "won") return `${both}：不高于分数线，中签。名次 ${n(rank + 1)}，共 ${n(winners)} 位。`;
  if (standing === "wait") return `${both}：高于分数线，未中签。候补第 ${n(rank - winners + 1)} 位，共 ${n(waits)} 位。`;
  return `${both}：高于分数线，未中签。`;
};

const STANDING = { won: "中签", wait: "进入候补", lost: "未中签", excluded: "已排除" };

export const zh: CheckWords = {
  provesOf: { "result-list-form": RESEND, "result-list-differs": RESEND },
  steps: {
    file: { title: "证明文件完整", ok: () => "没有缺失，也没有多余内容。", proves: RESEND },
    plan: {
      title: "公告与您当时看到的一致",
      ok: (f) => `您的回执在摇号前就写明公告 ${hash(f.M)}；这份公告与之逐字相同。`,
      proves: "商店签名的回执写明的是另一份公告。两者合在一起，证明存在两份公告。",
    },
    round: {
      title: "随机数的来源事先已指定",
      ok: (f) => `${f.chain?.name} 第 ${n(f.round)} 轮，${at(f.beaconAt)} 产生：由截止时间推出，无人可挑选。`,
      proves: PUBLIC,
    },
    entry: {
      title: "这是您的预约",
      ok: (f) => `${at(f.own?.s)} 预约，在开放时间内，权重 ${n(f.own?.tickets)}，上限 ${n(f.manifest?.ticketsMax)}。`,
      proves: "文件与回执不是同一份预约，或商店接受了公告所不允许的预约。",
    },
    receipt: {
      title: "商店已签名确认",
      ok: (f) => `分片 ${n(f.own?.shard)} 第 ${n(f.own?.index)} 位，${at(f.group?.s)} 用本场次密钥签名。`,
      proves: "不能说明商店有错：这份回执没有它的签名。如果它来自商店页面，请保存并询问。",
    },
    place: {
      title: "您的位置在封存名单中",
      ok: (f) => `封存书涵盖 ${n(f.seal?.entries)} 份预约，您的位置上正是您的预约，未被更改。`,
      proves: "商店签名承认这个位置属于您，封存的名单却不是这样。回执与封存书合在一起，证明有预约被删除或替换。",
    },
    logged: {
      title: "封存书与结果均在公开日志中",
      ok: (f) => `${f.manifest?.origin} 的第 ${n(f.sealIndex)} 条与第 ${n(f.resultIndex)} 条，带有日志签名。`,
      proves: "与公开日志比对即可发现：给您看的封存书或结果是另一份。同一次摇号有两个版本。",
    },
    witnesses: {
      title: "见证方看到的是同一份日志",
      ok: (f) =>
        `${n(f.witnesses?.n)} 个见证方中有 ${n(f.witnesses?.sealed.length)} 个为封存书签名：${names(f.witnesses?.sealed ?? [])}。`,
      proves: "见证方不足，按公告本身，这份封存书或结果无效。",
    },
    deadline: {
      title: "封存早于随机数",
      ok: (f) =>
        `见证方看到的时间：${(f.witnesses?.sealed ?? []).map(({ time }) => at(time)).join("、")}。期限为 ${at(f.deadline)}，随机数于 ${at(f.beaconAt)} 产生。`,
      proves: "文件中有见证方自己的时间：他们看到封存书时已经太晚，封存无效。",
    },
    exclusion: {
      title: "摇号前已按理由排除",
      ok: (f) => `您的预约在封存的排除名单中，名单共 ${n(f.seal?.excluded)} 条。`,
      proves: "该预约没有参与摇号，也不在封存的排除名单中。回执与封存书可以证明。",
    },
    table: {
      title: "您在门店名单中",
      ok: (f) => `该商品在该门店的封存名单有 ${n(f.table?.n)} 行，其中一行是您的。`,
      proves: "商店签名确认了这份预约，摇号所用名单中却没有它。回执与封存书合在一起可以证明。",
    },
    stock: {
      title: "投放量与公告一致",
      ok: (f) => `${n(f.pool?.stock)} 件，候补 ${n(f.pool?.wait)} 位，开放前已固定；中签 ${n(f.winners)} 位。`,
      proves: `投放量在任何人预约之前就由公告固定，结果与之矛盾。${PUBLIC}`,
    },
    beacon: {
      title: "随机数是真的",
      ok: (f) => `带有 ${f.chain?.name} 的签名，任何商店都无法伪造。`,
      proves: "任何人都可以向信标查询这一轮，从而看到商店用了另一个数。",
    },
    seed: { title: "摇号数由封存书和随机数得出", ok: (f) => `${hash(f.seed)}，已在本机重新计算。`, proves: PUBLIC },
    score: {
      title: "您的分值与分数线",
      ok: scored,
      proves: "分值与分数线都在文件中，与公布的结果不符。任何人都可以重新计算。",
    },
    list: {
      title: "门店完整名单",
      ok: (f) => `全部 ${n(f.table?.n)} 行都在这里，顺序正确，指纹为封存的 ${hash(f.table?.root)}。`,
      proves: RESEND,
    },
    winners: {
      title: "所有中签者均可推出",
      ok: (f) => `在本机重新摇号：同样的 ${n(f.winners)} 位中签者、${n(f.waits)} 位候补、同一条分数线。`,
      proves: PUBLIC,
    },
  },
  open: {
    "plan-not-seen": (f) => `本页此前没有见过这份公告。请与他人的回执或见证方保存的公告比对指纹：${f.M}`,
    "identity-not-shown": () => "这是供出示的回执，不含本人的私密数字，因此未核对它应属于哪个分片。",
    "log-key-unknown": (f) => `本页不知道 ${f.manifest?.origin} 的密钥，因此未核对日志自己的签名。`,
    "no-witnesses": () => "本场次没有见证方：大家看到的是否为同一份日志，只有商店自己的说法。",
    "no-witnesses-deadline": () => "没有见证方，名单何时封存只有商店自己的说法。",
    "local-beacon": (f) => `签名来自供试用的本地信标 ${f.chain?.name}，运行者可以自选其数值。`,
  },
  failed: faultsZh,
  proof: "证明",
  proves: "保存的文件能证明什么",
  running: "正在本机核对…",
  step: (done) => `已核对 ${done} 步`,
  state: { ok: "成立", open: "未能判定", failed: "不成立", working: "正在核对" },
  all: (steps) => `${steps} 步全部成立`,
  someOpen: (steps, left) => `${steps} 步成立，${left} 步未能判定`,
  broken: "有一步不成立",
  verdict: "已在本机核对",
  openTitle: "未能判定",
  witnessList: "见证方",
  byBrand: "品牌方运行",
  independent: "独立",
  seenAt: (time) => `${at(time)} 看到封存书`,
  localTrial: "本次摇号用的是供试用的本地信标，对他人不构成证明。",
  poolMissing: "完整名单未能下载，因此只核对了您自己的结果。网络恢复后请再试。",
  levels: { own: "您自己的结果", pool: "门店全部中签者" },
  life: {
    title: "这份回执的经历",
    entered: (s, shard, index) => `${at(s)} 预约：分片 ${shard} 第 ${index} 位。`,
    withdrawn: "截止前由本人撤回。",
    excluded: (reason) => `摇号前被排除：${reason}。`,
    outcome: { 0: "未申诉。", 1: "申诉被驳回。", 2: "申诉通过，恢复资格。", 3: "申诉逾期未决，恢复资格。" },
    sealed: (entries, s) => `与 ${count(entries)} 份预约一起封存${s === undefined ? "" : `，见证方 ${at(s)} 看到`}。`,
    drawn: (s, standing, place) => `${at(s)} 摇号：${STANDING[standing]}${place}。`,
    rank: (rank, of) => `，名次 ${count(rank)}，共 ${count(of)} 位`,
    wait: (place, of) => `，第 ${count(place)} 位，共 ${count(of)} 位`,
    awarded: (wave) => `第 ${wave} 轮获得名额。`,
    lapsed: (wave, cause) => `第 ${wave} 轮名额失效：${cause}。`,
    notReached: (waves) => `至今 ${waves} 轮，名额尚未顺延到此位置。`,
    cause: { 1: "未支付", 2: "已放弃", 3: "未提货", 4: "交付未成" },
  },
  reasons: reasonsZh,
};
