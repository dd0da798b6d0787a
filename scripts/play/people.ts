// People of a script: sign in locally, reserve, accept, show a voucher.
import { randomBytes, webcrypto } from "node:crypto";
import type { OrderView, VoucherReply } from "../../contracts/orders.ts";
import type { AwardReply, PassReply } from "../../contracts/reservations.ts";
import type { SignInReply } from "../../contracts/sign-in.ts";
import { b64url, unhex, utf8 } from "../../domain/bytes.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { HOME_MARKET } from "../../domain/market.ts";
import { qrText, stepAt, stepMessage } from "../../domain/order/voucher.ts";
import { Client, expect, type Reply } from "./client.ts";

export class Person {
  readonly name: string;
  readonly client: Client;
  readonly #device: webcrypto.CryptoKeyPair | undefined;
  pass: PassReply | undefined;

  private constructor(name: string, client: Client, device: webcrypto.CryptoKeyPair | undefined) {
    this.name = name;
    this.client = client;
    this.#device = device;
  }

  /** Signs in locally; `withDevice` makes a device key, as a phone would. */
  static async signIn(url: string, name: string, withDevice = false, market = HOME_MARKET): Promise<Person> {
    const device = withDevice
      ? await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"])
      : undefined;
    const key = device && { device: await rawKey(device) };
    const reply = await new Client(url).post<SignInReply>("/local/sign-in", { role: "member", name, market, ...key });
    return new Person(name, new Client(url, expect(reply, 200).token), device);
  }

  async enter(session: string): Promise<void> {
    this.pass = expect(await this.client.post<PassReply>(`/v1/sessions/${session}/pass`), 200);
  }

  reserve(
    session: string,
    pool: number,
    nonce = randomBytes(32).toString("hex"),
  ): Promise<Reply<Receipt & { receipt?: Receipt; code?: string }>> {
    return this.client.post(`/v1/sessions/${session}/reservations`, { pass: this.pass?.pass, pool, nonce });
  }

  choose(receipt: Receipt, choice: "accept" | "decline"): Promise<Reply<AwardReply & { code?: string }>> {
    const { shard, index, tickets, s, nonce, pools } = receipt;
    return this.client.post(`/v1/sessions/${receipt.session}/awards`, { choice, pool: pools[0], shard, index, tickets, s, nonce });
  }

  async order(order: string): Promise<OrderView | undefined> {
    const reply = await this.client.get<OrderView>(`/v1/orders/${order}`);
    return reply.status === 404 ? undefined : expect(reply, 200);
  }

  /** The text of the QR code that the phone shows now. */
  async qr(order: string): Promise<string> {
    const device = this.#device as webcrypto.CryptoKeyPair;
    const { voucher, sig } = expect(
      await this.client.post<VoucherReply>(`/v1/orders/${order}/voucher`, { device: await rawKey(device) }),
      200,
    );
    const step = stepAt(Date.now());
    const signature = await webcrypto.subtle.sign(
      { name: "ECDSA", hash: "SHA-256" },
      device.privateKey,
      stepMessage(utf8(voucher), step),
    );
    return qrText(utf8(voucher), unhex(sig), step, new Uint8Array(signature));
  }
}

const rawKey = async ({ publicKey }: webcrypto.CryptoKeyPair): Promise<string> =>
  b64url(new Uint8Array(await webcrypto.subtle.exportKey("raw", publicKey)));

/** Operators of different names are two where two have to agree. */
export async function operatorAt(url: string, name = "1"): Promise<Client> {
  const reply = await new Client(url).post<SignInReply>("/local/sign-in", { role: "operator", name });
  return new Client(url, expect(reply, 200).token);
}

export async function storeAt(url: string, store: string): Promise<Client> {
  return new Client(url, expect(await new Client(url).post<SignInReply>("/local/sign-in", { role: "store", store }), 200).token);
}
