// The schemas that have a name in openapi.json; every other one stands where it is used.
import type * as v from "valibot";
import { money, names } from "../../contracts/basics.ts";
import { keptProduct, product } from "../../contracts/catalog.ts";
import { catalogSnapshot } from "../../contracts/catalog-view.ts";
import { eventType, feedEvent } from "../../contracts/feed.ts";
import { orderDesk, orderView, pickupInput } from "../../contracts/orders.ts";
import { checksReply, forecastReply } from "../../contracts/planning.ts";
import { awardInput, awardReply, passReply, receipt, reserveInput, withdrawal } from "../../contracts/reservations.ts";
import { notice, proposalView, reviewDesk } from "../../contracts/review.ts";
import {
  allotmentInput,
  announcedReply,
  planInput,
  rules,
  sessionDesk,
  sessionRecord,
  sessionState,
  sessionView,
  waiting,
} from "../../contracts/sessions.ts";
import { store } from "../../contracts/stores.ts";
import { templateInput, templateView } from "../../contracts/templates.ts";
import { webhookDesk, webhookMade, webhookView } from "../../contracts/webhooks.ts";

export const NAMED: { [name: string]: v.GenericSchema } = {
  Names: names,
  Money: money,
  SessionState: sessionState,
  Product: product,
  Catalog: catalogSnapshot,
  KeptProduct: keptProduct,
  Store: store,
  Session: sessionRecord,
  SessionView: sessionView,
  Rules: rules,
  Waiting: waiting,
  Pass: passReply,
  ReserveInput: reserveInput,
  Receipt: receipt,
  Withdrawal: withdrawal,
  AwardInput: awardInput,
  Award: awardReply,
  Order: orderView,
  OrderDesk: orderDesk,
  PickupInput: pickupInput,
  PlanInput: planInput,
  AllotmentInput: allotmentInput,
  Announced: announcedReply,
  SessionDesk: sessionDesk,
  TemplateInput: templateInput,
  Template: templateView,
  Checks: checksReply,
  Forecast: forecastReply,
  Notice: notice,
  Proposal: proposalView,
  ReviewDesk: reviewDesk,
  EventType: eventType,
  Event: feedEvent,
  Webhook: webhookView,
  WebhookMade: webhookMade,
  WebhookDesk: webhookDesk,
};
