// The verify page's own words; the English object is the shape.
import type { Limit } from "../../domain/audit/logged.ts";
import { spoken } from "../shared/lang.ts";
import type { KeySource, Trouble } from "./desk.ts";

const en = {
  title: "Verify a draw",
  lead: "Checks on this device whether a draw was what it was announced to be. Nothing you put here leaves it, and no shop is needed.",
  drop: "Drop files here, or",
  choose: "Choose files",
  takes:
    "A proof (.tlog-proof), a saved check (.check.json), a receipt (.json), or a picture of its QR code. A pool's table and result make the check whole.",
  paste: "Or paste a receipt or a proof",
  check: "Check",
  working: "Checking…",
  again: "Start over",
  shop: "Ask a shop for what is missing",
  shopLabel: "Address of the shop",
  shopHint:
    "Only needed for a receipt alone: its place and the published lists are then fetched from there. Leave it empty to stay without network.",
  trouble: {
    "unknown-file": "This is not a file or a text that can be checked here.",
    "needs-network": "A receipt alone needs the published files. Give the shop's address below, or drop the saved check instead.",
    "not-published":
      "No proof for this receipt at that address: the result is not in the public log yet, the place does not exist, or there is no network.",
    "no-qr": "No QR code was found in this picture.",
    failed: "The check itself broke off. That says nothing about the draw: try another browser.",
    paper: "This is a signed withdrawal or refusal. It speaks for itself; there is no draw in it to check.",
  } as { [Name in Trouble]: string },
  key: {
    file: "The plan's fingerprint and the log's key came with the saved file. Compare them with what others have.",
    shop: "The log's key came from the shop just now. Compare it with what others have.",
    reader: "The log's key is the one you gave.",
  } as { [Name in KeySource]: string },
  session: {
    title: "Check a whole session",
    lead: "Reads every published file of a session and computes everything again, as an auditor would. Large sessions take a while and belong on a computer.",
    id: "Session",
    button: "Check the session",
    working: "Checking…",
    needsShop: "Give the shop's address above.",
    files: (n: string) => `Files read: ${n}`,
    holds: "Everything that the published files let anybody check holds",
    counts: (entries: string, excluded: string, pools: string, winners: string) =>
      `Entries: ${entries}. Excluded: ${excluded}. Pools: ${pools}. Winners: ${winners}.`,
    review: (told: string, granted: string, refused: string, undecided: string) =>
      `Excluded by operators: ${told}. Appeals granted: ${granted}, refused: ${refused}, not decided in time and so in the draw: ${undecided}.`,
    byBrand: "run by the brand",
    broken: "Something does not hold",
    unreachable: (file: string) => `${file} could not be had. That says nothing about the session.`,
    limit: {
      "no-log": "There is no public log: nothing shows that others were given the same files.",
      "no-witnesses": "There are no witnesses: that the seal is older than the random number rests on the shop's word.",
      "no-independent-witness": "All witnesses are run by the brand.",
      "log-key-from-site": "The log's key came from the site that is being checked.",
      "local-beacon": "The beacon is a local one for trying out: whoever runs it knew every number beforehand.",
      "not-sealed": "Not sealed yet: nothing can be said of the entries.",
      "not-drawn": "Not drawn yet: once the beacon's round is out, anyone can compute the winners from the sealed lists.",
      "tickets-by-rule": "Whether tickets follow the rule is shown by the members' own receipts and the auditor's sample.",
      "void-not-counted": "The log holds a void of this session that does not count.",
    } as { [Name in Limit]: string },
  },
  own: "About this page",
  ownText:
    "It is one file. Save it and it works for ever. The SHA-256 of the file stands in the public log, so that nobody is given another one: compute it yourself and compare.",
};

const zh: typeof en = {
  title: "核对一次摇号",
  lead: "在本机核对一次摇号是否如公告所说。放在这里的内容不会离开本机，也不需要任何商店。",
  drop: "把文件拖到这里，或",
  choose: "选择文件",
  takes: "证明（.tlog-proof）、保存的核对（.check.json）、回执（.json）或其二维码图片。加上门店名单与结果，核对才完整。",
  paste: "或粘贴回执或证明",
  check: "核对",
  working: "正在核对…",
  again: "重新开始",
  shop: "向商店索取缺少的内容",
  shopLabel: "商店地址",
  shopHint: "只有回执时才需要：届时从那里获取它的位置和公开名单。留空则不使用网络。",
  trouble: {
    "unknown-file": "这不是可以在此核对的文件或文字。",
    "needs-network": "仅凭回执还需要公开文件。请在下方填写商店地址，或改为放入保存的核对。",
    "not-published": "该地址没有这份回执的证明：结果尚未写入公开日志、位置不存在，或没有网络。",
    "no-qr": "图片中没有找到二维码。",
    failed: "核对程序中断了。这与摇号本身无关，请换一个浏览器再试。",
    paper: "这是带签名的撤回或拒绝，本身即可说明问题，其中没有可核对的摇号。",
  },
  key: {
    file: "公告指纹与日志密钥均来自保存的文件，请与他人的比对。",
    shop: "日志密钥刚从商店获取，请与他人的比对。",
    reader: "日志密钥是您提供的。",
  },
  session: {
    title: "核对整个场次",
    lead: "像审计者那样读取一个场次的全部公开文件，全部重新计算。大场次耗时较长，宜在电脑上进行。",
    id: "场次",
    button: "核对场次",
    working: "正在核对…",
    needsShop: "请在上方填写商店地址。",
    files: (n) => `已读取文件：${n}`,
    holds: "公开文件所能核对的一切均成立",
    counts: (entries, excluded, pools, winners) =>
      `预约 ${entries} 份，排除 ${excluded} 份，投放池 ${pools} 个，中签 ${winners} 位。`,
    review: (told, granted, refused, undecided) =>
      `运营排除 ${told} 份；申诉通过 ${granted} 份，驳回 ${refused} 份，逾期未决而恢复 ${undecided} 份。`,
    byBrand: "品牌方运行",
    broken: "有一项不成立",
    unreachable: (file) => `无法获取 ${file}。这与场次本身无关。`,
    limit: {
      "no-log": "没有公开日志：无从得知他人拿到的是否为同样的文件。",
      "no-witnesses": "没有见证方：封存早于随机数，只有商店自己的说法。",
      "no-independent-witness": "所有见证方均由品牌方运行。",
      "log-key-from-site": "日志密钥来自被核对的网站。",
      "local-beacon": "随机数来自供试用的本地信标，运行者事先知道每个数。",
      "not-sealed": "尚未封存：关于报名名单还无从核对。",
      "not-drawn": "尚未抽签：信标该轮随机数公布后，任何人都能从封存的名单算出中签者。",
      "tickets-by-rule": "权重是否符合规则，由会员自己的回执和审计样本说明。",
      "void-not-counted": "日志中有一条不作数的取消记录。",
    },
  },
  own: "关于本页",
  ownText: "本页只有一个文件，存下来即可永久使用。文件的 SHA-256 写在公开日志中，使任何人拿到的都是同一份：请自行计算并比对。",
};

const ja: typeof en = {
  title: "抽選を検証する",
  lead: "抽選が事前の発表どおりに行われたかを、この端末で検証します。ここに入れた内容が端末の外に出ることはなく、ショップも必要ありません。",
  drop: "ここにファイルをドロップするか、",
  choose: "ファイルを選択",
  takes:
    "証明（.tlog-proof）、検証ファイル（.check.json）、控え（.json）、またはそのQRコードの画像。店舗のリストと結果を加えると、検証が完全になります。",
  paste: "または、控えか証明を貼り付け",
  check: "検証",
  working: "検証しています…",
  again: "最初からやり直す",
  shop: "足りない内容をショップから取得",
  shopLabel: "ショップのアドレス",
  shopHint: "控えだけの場合に必要です。控えの位置と公開リストをそこから取得します。空欄のままなら、ネットワークを使いません。",
  trouble: {
    "unknown-file": "ここで検証できるファイルや文字列ではありません。",
    "needs-network": "控えだけの場合は、公開ファイルも必要です。下にショップのアドレスを入力するか、検証ファイルを入れてください。",
    "not-published":
      "そのアドレスには、この控えの証明がありません。結果がまだ公開ログにないか、位置が存在しないか、ネットワークに接続されていません。",
    "no-qr": "画像の中にQRコードが見つかりませんでした。",
    failed: "検証そのものが途中で止まりました。抽選の正否とは関係ありません。別のブラウザーでお試しください。",
    paper: "これは署名付きの取り消しまたは不受理通知です。それ自体が証拠であり、検証する抽選は含まれていません。",
  },
  key: {
    file: "実施要項のフィンガープリントとログの鍵は、保存されたファイルにあったものです。他の人のものと見比べてください。",
    shop: "ログの鍵は、ショップから今取得したものです。他の人のものと見比べてください。",
    reader: "ログの鍵は、ご自身が入力したものです。",
  },
  session: {
    title: "抽選販売全体を検証する",
    lead: "監査人と同じように、抽選販売の公開ファイルをすべて読み、すべてを計算し直します。大規模なものは時間がかかるため、パソコンをお使いください。",
    id: "抽選販売ID",
    button: "抽選販売を検証",
    working: "検証しています…",
    needsShop: "上にショップのアドレスを入力してください。",
    files: (n) => `読み込んだファイル：${n}件`,
    holds: "公開ファイルで検証できることは、すべて成立しています",
    counts: (entries, excluded, pools, winners) =>
      `応募${entries}件、除外${excluded}件、抽選単位${pools}件、当選者${winners}名でした。`,
    review: (told, granted, refused, undecided) =>
      `運営による除外${told}件。異議申し立て：認められたもの${granted}件、却下${refused}件、期限までに判断されず抽選の対象に戻ったもの${undecided}件。`,
    byBrand: "ブランドが運用",
    broken: "成立しない項目があります",
    unreachable: (file) => `${file}を取得できませんでした。抽選販売の正否とは関係ありません。`,
    limit: {
      "no-log": "公開ログがありません。他の人にも同じファイルが渡されたことを示すものがありません。",
      "no-witnesses": "証人がいません。封印が乱数より前であることは、ショップの申告だけが根拠です。",
      "no-independent-witness": "証人はすべてブランドが運用しています。",
      "log-key-from-site": "ログの鍵は、検証の対象であるサイトから取得したものです。",
      "local-beacon": "ビーコンはお試し用のローカルのものです。運用する人は、すべての数を事前に知っていました。",
      "not-sealed": "まだ封印されていないため、応募については何も言えません。",
      "not-drawn": "まだ抽選されていません。ビーコンのラウンドが出れば、封印されたリストから誰でも当選者を計算できます。",
      "tickets-by-rule": "口数が規則どおりかどうかは、会員自身の控えと監査人の抜き取りが示します。",
      "void-not-counted": "ログに、この抽選販売についての無効な中止の記録があります。",
    },
  },
  own: "このページについて",
  ownText:
    "このページは1つのファイルです。保存すれば、ずっと使えます。違うページが渡されないよう、ファイルのSHA-256が公開ログに載っています。ご自身で計算して見比べてください。",
};

export const verifyWords = spoken({ en, "zh-CN": zh, ja });
