// Handing over: a scanned text, or the order's six characters with 8 digits. The reply is the largest thing on the screen.
import { useState } from "preact/hooks";
import type { OrderView, PickupInput } from "../../contracts/orders.ts";
import { orderTail } from "../../domain/order/order-id.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Failure } from "../shared/api.ts";
import { now } from "../shared/clock.ts";
import { failureText } from "../shared/failure-words.ts";
import { when } from "../shared/format.ts";
import { TaskForm } from "../shared/parts.tsx";
import { Camera } from "./camera.tsx";
import { collectedIn, handOver, skuName, storeName } from "./desk.ts";
import { words } from "./words.ts";

export function HandOver() {
  const w = words();
  const [qr, setQr] = useState("");
  const [tail, setTail] = useState("");
  const [code, setCode] = useState("");
  const [serial, setSerial] = useState("");
  const [outcome, setOutcome] = useState<Outcome<OrderView, Failure> | undefined>();
  const given = inputOf(qr.trim(), tail.trim().toLowerCase(), code.replace(/\D/g, ""), serial.trim());
  const run = async (input = given) => {
    if (input) setOutcome(await handOver(input));
  };
  const clear = () => {
    setOutcome(undefined);
    for (const set of [setQr, setTail, setCode, setSerial]) set("");
  };
  const scanned = (text: string) => {
    setQr(text);
    void run(inputOf(text, "", "", serial.trim()));
  };
  return (
    <section class="card stack" aria-labelledby="hand-over">
      <h2 id="hand-over">{w.handOver.title}</h2>
      {outcome ? (
        <>
          <Reply outcome={outcome} />
          <button type="button" class="main" onClick={clear}>
            {w.handOver.next}
          </button>
        </>
      ) : (
        <TaskForm working={w.working} button={w.handOver.button} fits={given !== undefined} run={run}>
          <Camera onText={scanned} />
          <label>
            {w.handOver.qr}
            <input
              value={qr}
              autoComplete="off"
              spellcheck={false}
              placeholder={w.handOver.qrHint}
              onInput={(event) => setQr(event.currentTarget.value)}
            />
          </label>
          <fieldset class="codes">
            <legend>{w.handOver.or}</legend>
            <label>
              {w.handOver.tail}
              <input
                value={tail}
                maxLength={6}
                autoComplete="off"
                autoCapitalize="none"
                spellcheck={false}
                onInput={(event) => setTail(event.currentTarget.value)}
              />
            </label>
            <label>
              {w.handOver.code}
              <input
                value={code}
                maxLength={9}
                inputMode="numeric"
                autoComplete="off"
                onInput={(event) => setCode(event.currentTarget.value)}
              />
            </label>
          </fieldset>
          <label>
            {w.handOver.serial}
            <input
              value={serial}
              maxLength={64}
              autoComplete="off"
              spellcheck={false}
              onInput={(event) => setSerial(event.currentTarget.value)}
            />
          </label>
        </TaskForm>
      )}
    </section>
  );
}

function inputOf(qr: string, tail: string, code: string, serial: string): PickupInput | undefined {
  const item = serial ? { serial } : {};
  if (qr.length >= 16) return { qr, ...item };
  return /^[0-9a-z]{6}$/.test(tail) && code.length === 8 ? { tail, code, ...item } : undefined;
}

function Reply({ outcome }: { outcome: Outcome<OrderView, Failure> }) {
  const w = words().handOver;
  if (outcome.ok) {
    const { order, sku } = outcome.value;
    return (
      <div class="reply good" role="alert">
        <strong>{w.done}</strong>
        <p>{w.doneText(orderTail(order), skuName(sku))}</p>
      </div>
    );
  }
  const collected = collectedIn(outcome.refusal);
  return (
    <div class="reply bad" role="alert">
      <strong>{collected ? w.again : w.failed}</strong>
      <p>
        {collected ? w.againText(when(collected.at, now.value, true), storeName(collected.store)) : failureText(outcome.refusal)}
      </p>
      {collected?.serial && <code>{collected.serial}</code>}
    </div>
  );
}
