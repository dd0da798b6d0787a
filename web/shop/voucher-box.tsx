// Shows the pickup code: a QR code that changes every 30 s, or 8 digits on demand.
import { useEffect, useState } from "preact/hooks";
import type { CodeReply } from "../../contracts/orders.ts";
import { STEP_S } from "../../domain/order/voucher.ts";
import type { Failure } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { FailureNote, Note, TaskButton } from "../shared/parts.tsx";
import { Qr } from "../shared/qr.tsx";
import { getCode, getVoucher, liveText, type NoDevice } from "./voucher.ts";
import { words } from "./words.ts";

export function VoucherBox({ order }: { order: string }) {
  const w = words().voucher;
  const [shown, setShown] = useState(false);
  return (
    <div class="stack voucher">
      <button type="button" class="main" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {shown ? w.hide : w.show}
      </button>
      {shown && <LiveQr order={order} />}
      {shown && <Digits order={order} />}
    </div>
  );
}

function LiveQr({ order }: { order: string }) {
  const w = words().voucher;
  const [text, setText] = useState<string | undefined>();
  const [failure, setFailure] = useState<Failure | NoDevice | undefined>();
  const step = Math.floor(now.value / STEP_S);
  useEffect(() => {
    let stale = false;
    void (async () => {
      const voucher = await getVoucher(order);
      const fresh = voucher.ok ? await liveText(voucher.value) : undefined;
      if (stale) return;
      setFailure(voucher.ok ? undefined : voucher.refusal);
      setText(fresh);
    })();
    return () => {
      stale = true;
    };
  }, [order, step]);
  useStayingAwake();
  if (failure?.kind === "no-device") return <Note tone="warn">{w.noDevice}</Note>;
  if (failure) return <FailureNote failure={failure} />;
  if (!text) return <p class="working">{w.making}</p>;
  return (
    <figure>
      <Qr text={text} label={w.label} />
      <figcaption>
        <span class="muted small">{w.next(STEP_S - (now.value % STEP_S))}</span>
        <span>{w.hint}</span>
      </figcaption>
    </figure>
  );
}

/** A screen that goes dark in the queue is a nuisance; browsers without wake locks just go dark. */
function useStayingAwake(): void {
  useEffect(() => {
    const lock = navigator.wakeLock?.request("screen").catch(() => undefined);
    return () => void lock?.then((held) => held?.release());
  }, []);
}

function Digits({ order }: { order: string }) {
  const w = words().voucher;
  const [code, setCode] = useState<CodeReply | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  const ask = async () => {
    const outcome = await getCode(order);
    setFailure(outcome.ok ? undefined : outcome.refusal);
    if (outcome.ok) setCode(outcome.value);
  };
  const leftS = code ? code.validUntil - now.value : 0;
  return (
    <div class="stack">
      {code && leftS > 0 && (
        <div class="tail pair" role="status">
          <span>{w.tailLabel}</span>
          <b>{code.tail}</b>
          <span>{w.digitsLabel}</span>
          <b>{`${code.code.slice(0, 4)} ${code.code.slice(4)}`}</b>
          <small>{w.digitsHint(leftS)}</small>
        </div>
      )}
      {code && leftS <= 0 && <p class="muted">{w.digitsOver}</p>}
      <FailureNote failure={failure} />
      <TaskButton class="quiet" working={w.digitsWorking} run={ask}>
        {code ? w.newDigits : w.digits}
      </TaskButton>
    </div>
  );
}
