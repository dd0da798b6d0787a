// What a person reads when something did not work: by problem code, with the server's title as the last resort.
import type { ProblemCode } from "../../contracts/problems.ts";
import type { Language } from "../../domain/market.ts";
import { type Failure, isProblem } from "./api.ts";
import { spoken } from "./lang.ts";

type Words = { [Code in ProblemCode]?: string };

const en: Words = {
  unauthenticated: "Please sign in first. What this device keeps is still here.",
  wrong_role: "This account is not allowed to do that.",
  not_found: "There is nothing here for this account.",
  invalid_input: "Something in the input does not fit. Please check it.",
  busy: "Very many people are here right now. Nothing is lost; it is tried again.",
  not_prepared: "This session is still being prepared. Please try again in a moment.",
  misconfigured: "The shop is not fully set up. Please tell the shop.",
  internal: "Something failed on the shop's side. Trying again is safe.",
  voided: "This session does not take place. No reservation counts.",
  too_early: "Reservations have not opened yet.",
  late: "Reservations have closed.",
  unknown_pool: "This session does not offer that product at that store.",
  not_eligible: "A condition of this session's rules is not met.",
  staff: "People who work for the brand or its stores cannot take part.",
  under_age: "These goods are sold from a minimum age on.",
  wrong_region: "This session is held for another market than yours.",
  cooling_down: "You won something of this family recently. There is a pause before taking part again.",
  withdrew_before: "You withdrew your reservation for this product, so it cannot be made again in this session.",
  already_reserved: "You already hold a reservation for this product in this session.",
  archived: "This session was over long ago: the shop keeps no receipts of it any more. Its public files stay.",
  not_reserved: "No such reservation was found.",
  review_over: "The time for this is over.",
  not_excluded: "This reservation was not excluded, so there is nothing to appeal against.",
  appealed_already: "Your appeal was received already, with other words.",
  not_awarded: "No unit has been given to this reservation so far.",
  award_lapsed: "The time to take this unit is over; it has passed to the next place.",
  already_paid: "This order is paid. Please ask the store for a refund.",
  not_paid: "This order is not paid yet.",
  not_ready: "The store has not received the goods yet.",
  already_collected: "This order was collected already.",
  pickup_expired: "The time for picking up is over; the payment is refunded.",
  voucher_invalid: "This code does not hold here: it belongs to another store or another device.",
  voucher_stale: "This code has rotated. Ask the customer for the live one.",
  code_wrong: "These digits do not belong to this order now.",
  code_locked: "Too many wrong digits were tried. Use the QR code.",
  serial_used: "This serial was handed over before. Nothing was handed over now.",
  delivery_differs: "A delivery with this number was recorded with other contents.",
  incident_over: "There is nothing to choose any more: the order is shown as it is now.",
  no_units_there: "That store has no unit left.",
  earlier_ranks_first: "Winners with a better rank choose first. Try again later, or choose another store.",
  unknown_sku: "This product is not part of that session.",
  unknown_store: "This store is not known.",
};

const zh: Words = {
  unauthenticated: "请先登录。本机保存的内容仍在。",
  wrong_role: "此账号无权进行该操作。",
  not_found: "此账号下没有这项内容。",
  invalid_input: "输入内容不符合要求，请检查。",
  busy: "当前人数很多。您的请求不会丢失，正在重试。",
  not_prepared: "场次仍在准备，请稍后再试。",
  misconfigured: "商店尚未配置完成，请告知商家。",
  internal: "商店一侧出错了，可以放心重试。",
  voided: "本场次已取消，所有预约作废。",
  too_early: "预约尚未开始。",
  late: "预约已截止。",
  unknown_pool: "本场次的该门店不投放此商品。",
  not_eligible: "不符合本场次规则中的某项条件。",
  staff: "品牌及门店工作人员不能参与。",
  under_age: "未达到购买此类商品的最低年龄。",
  wrong_region: "本场次面向其他市场。",
  cooling_down: "您近期已中签同类商品，需间隔一段时间才能再次参与。",
  withdrew_before: "您已撤回该商品的预约，本场次不能再次预约。",
  already_reserved: "您在本场次已预约过该商品。",
  archived: "该场次已结束较久，商城不再保留预约凭证；公开文件仍可查验。",
  not_reserved: "没有找到该预约。",
  review_over: "办理时间已过。",
  not_excluded: "该预约未被排除，无需申诉。",
  appealed_already: "您已提交过申诉，内容不同。",
  not_awarded: "该预约目前没有获得名额。",
  award_lapsed: "确认或支付时间已过，名额已顺延给下一位。",
  already_paid: "订单已支付，如需退款请联系门店。",
  not_paid: "订单尚未支付。",
  not_ready: "门店尚未收到货品。",
  already_collected: "该订单此前已提货。",
  pickup_expired: "提货时间已过，款项将退回。",
  voucher_invalid: "此码在这里无效：属于其他门店或其他设备。",
  voucher_stale: "此码已更新，请顾客出示当前的码。",
  code_wrong: "数字与该订单当前的提货码不符。",
  code_locked: "错误次数过多，请使用二维码。",
  serial_used: "该物品编码此前已交付过，本次未交付。",
  delivery_differs: "同一编号的到货记录内容不同。",
  incident_over: "已无需选择，页面显示的是订单的最新状态。",
  no_units_there: "该门店已无余量。",
  earlier_ranks_first: "名次靠前的中签者先选。请稍后再试，或选择其他门店。",
  unknown_sku: "该场次没有此商品。",
  unknown_store: "没有这家门店。",
};

const ja: Words = {
  unauthenticated: "まずログインしてください。この端末に保存された内容は残っています。",
  wrong_role: "このアカウントでは、その操作はできません。",
  not_found: "このアカウントには該当するものがありません。",
  invalid_input: "入力内容に誤りがあります。ご確認ください。",
  busy: "ただいま混み合っています。失われるものはありません。自動で再試行します。",
  not_prepared: "この抽選販売は準備中です。しばらくしてからもう一度お試しください。",
  misconfigured: "ショップの設定が完了していません。ショップにお知らせください。",
  internal: "ショップ側で問題が起きました。もう一度お試しいただいて問題ありません。",
  voided: "この抽選販売は中止になりました。応募はすべて無効です。",
  too_early: "応募の受付はまだ始まっていません。",
  late: "応募の受付は終了しました。",
  unknown_pool: "この抽選販売では、その店舗でこの商品を扱っていません。",
  not_eligible: "この抽選販売の規定の条件を満たしていません。",
  staff: "ブランドおよび店舗の関係者は参加できません。",
  under_age: "この商品を購入できる年齢に達していません。",
  wrong_region: "この抽選販売は、別の国・地域の方が対象です。",
  cooling_down: "この系列の商品に最近当選されています。次の参加まで、しばらく間を置いていただきます。",
  withdrew_before: "この商品への応募を取り消されたため、この抽選販売ではもう一度応募できません。",
  already_reserved: "この抽選販売では、この商品にすでに応募されています。",
  archived: "この抽選販売は終了から長い時間が経ったため、ショップに控えは残っていません。公開ファイルは引き続きご覧になれます。",
  not_reserved: "該当する応募が見つかりませんでした。",
  review_over: "手続きの期限は過ぎました。",
  not_excluded: "この応募は除外されていないため、異議申し立ては不要です。",
  appealed_already: "異議申し立ては、別の内容ですでに受け付けています。",
  not_awarded: "この応募に割り当てられた商品は、今のところありません。",
  award_lapsed: "購入手続きの期限を過ぎたため、次の順位の方に移りました。",
  already_paid: "この注文は支払い済みです。返金については店舗にお問い合わせください。",
  not_paid: "この注文はまだ支払われていません。",
  not_ready: "商品がまだ店舗に届いていません。",
  already_collected: "この注文はすでに受け取り済みです。",
  pickup_expired: "受取期限を過ぎました。代金は返金されます。",
  voucher_invalid: "このコードはここでは使えません。別の店舗または別の端末のものです。",
  voucher_stale: "このコードはすでに更新されています。お客様に現在のコードをご提示いただいてください。",
  code_wrong: "この数字は、この注文の現在の数字と一致しません。",
  code_locked: "数字の間違いが多すぎます。QRコードをお使いください。",
  serial_used: "この個体番号は以前に引き渡し済みです。今回は引き渡していません。",
  delivery_differs: "同じ番号の入荷が、別の内容で登録されています。",
  incident_over: "選択の必要はなくなりました。現在の注文の状態を表示しています。",
  no_units_there: "その店舗には在庫がありません。",
  earlier_ranks_first: "順位の高い当選者が先に選びます。後でもう一度お試しになるか、別の店舗をお選びください。",
  unknown_sku: "この商品は、その抽選販売の対象ではありません。",
  unknown_store: "この店舗は登録されていません。",
};

type General = { offline: string; noReply: string; wait: (seconds: number) => string };

const GENERAL: { [Name in Language]: General } = {
  en: {
    offline: "You are offline. Nothing is lost; it goes on when the network is back.",
    noReply: "No answer came in time. Trying again is safe: it is the same request.",
    wait: (seconds) => `The shop asks to wait ${seconds} s.`,
  },
  "zh-CN": {
    offline: "当前没有网络。内容不会丢失，恢复后会继续。",
    noReply: "未能及时收到答复。可以放心重试：发送的是同一个请求。",
    wait: (seconds) => `请等待 ${seconds} 秒。`,
  },
  ja: {
    offline: "オフラインです。失われるものはありません。接続が戻ると続行します。",
    noReply: "時間内に返答がありませんでした。同じ内容を送るため、もう一度お試しいただいて問題ありません。",
    wait: (seconds) => `${seconds}秒お待ちください。`,
  },
};

export const failureWords = spoken<Words>({ en, "zh-CN": zh, ja });
const generally = spoken(GENERAL);

export function failureText(failure: Failure): string {
  const general = generally();
  if (failure.kind === "network") return failure.offline ? general.offline : general.noReply;
  const words = failureWords()[failure.code as ProblemCode] ?? failure.title;
  const waits = isProblem(failure, "busy", "not_prepared") && failure.retryAfterS;
  return waits ? `${words} ${general.wait(waits)}` : words;
}
