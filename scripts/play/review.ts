// A review, played through HTTP: two operators exclude two people, who are told; one of them appeals, and is in the draw again.
import type { Notice, OwnExclusions, ProposalView } from "../../contracts/review.ts";
import type { Receipt } from "../../domain/draw/receipt.ts";
import { type Client, expect } from "./client.ts";
import { operatorAt, type Person } from "./people.ts";

type Excluded = { person: Person; receipt: Receipt; reason: number };

export async function playReview(
  url: string,
  session: string,
  [stays, returns]: [Excluded, Excluded],
  say: (line: string) => void,
): Promise<void> {
  const [ann, ben] = (await Promise.all(["ann", "ben"].map((name) => operatorAt(url, name)))) as [Client, Client];
  const desk = `/v1/admin/sessions/${session}`;
  const propose = async (kind: "exclusions" | "decisions", rows: object[]): Promise<string> => {
    const proposal = `demo-${kind}`;
    expect(await ann.post<ProposalView>(`${desk}/${kind}`, { proposal, note: "For the demo.", rows }), 201);
    return `${desk}/proposals/${proposal}/confirm`;
  };
  const placeOf = ({ shard, index }: Receipt) => ({ shard, index });

  const confirming = await propose(
    "exclusions",
    [stays, returns].map(({ receipt, reason }) => ({ ...placeOf(receipt), reason })),
  );
  const alone = await ann.post<{ code: string }>(confirming);
  expect(await ben.post(confirming), 200);
  say(
    `EXCLUDE   Two people, for a reason each. Whoever proposed it cannot confirm it: ${alone.status} ${alone.body.code}. Another operator can.`,
  );

  const own = `/v1/sessions/${session}`;
  const { exclusions } = expect(await returns.person.client.get<OwnExclusions>(`${own}/exclusions`), 200);
  const [told] = exclusions as [Notice];
  const appeal = { pool: returns.receipt.pools[0], text: "That is my own account, and I am a person." };
  expect(await returns.person.client.post(`${own}/appeals`, appeal), 201);
  const answer = "Your brother and you are two people.";
  expect(await ben.post(await propose("decisions", [{ ...placeOf(returns.receipt), granted: true, answer }])), 200);
  const [back] = expect(await returns.person.client.get<OwnExclusions>(`${own}/exclusions`), 200).exclusions;
  say(`APPEAL    One of them, told of reason ${told.reason}, appeals. Two operators agree: ${back?.standing}.`);
}
