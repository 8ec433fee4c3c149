import type { AttributionShare, CreditedTouch, ModelCredit, OpportunityAttribution } from '@headwater/contracts';
import { amountOf, apportion, decimalsOf, unitsOf } from './apportion';
import type { AttributionModel, TimedTouch } from './model';

type Snapshot = Record<string, unknown>;

export interface KnownTouch extends TimedTouch { touch: CreditedTouch }

/** What was frozen of a touch. Snapshots of former releases stay as they were written. */
type FrozenTouch = CreditedTouch & { submission_id: string };

/**
 * The touches that a snapshot knows, oldest first, each once: all of them where it has them, else the first, the last and the
 * one that made the lead. Where it has none, what the lead said of itself stands for one.
 */
export function touchesOf(snapshot: Snapshot): KnownTouch[] {
  const creating = asTouch(snapshot.lead_creating_touch);
  const all = Array.isArray(snapshot.touches) ? snapshot.touches as unknown[] : [];
  const known = [snapshot.first_touch, ...all, creating, snapshot.last_touch].map(asTouch).filter((touch) => touch !== null);
  const bySubmission = new Map(known.map((touch) => [touch.submission_id, touch]));
  const touches = [...bySubmission.values()].map((touch) => ({
    at: Date.parse(touch.at), made_lead: touch.submission_id === creating?.submission_id, touch: credited(touch),
  })).sort((a, b) => a.at - b.at || (a.touch.submission_id! < b.touch.submission_id! ? -1 : 1));
  return touches.length > 0 ? touches : [ofItself(snapshot)];
}

/** Shares the amount of a deal among its touches; they sum to it exactly. */
export function creditTouches(touches: readonly KnownTouch[], { weigh }: AttributionModel, amount: number, currency: string): AttributionShare[] {
  const decimals = decimalsOf(amount, currency);
  const shares = apportion(unitsOf(amount, decimals), weigh(touches));
  return touches.map(({ touch }, i) => ({ touch, amount: amountOf(shares[i], decimals) }));
}

/** Who is credited with a deal. One without a lead has no attribution: nobody is. */
export function attribute(
  model: AttributionModel, snapshot: Snapshot | null, { value, currency, won }: { value: number; currency: string; won: boolean },
): OpportunityAttribution {
  const shares = snapshot ? creditTouches(touchesOf(snapshot), model, value, currency) : [];
  return { model: model.name, rule: model.rule, amount: value, currency, won, shares };
}

/** The same by each model, as short as an event has to be: what a touch was stands in the snapshot, and who earned nothing is left out. */
export function creditsOf(models: readonly AttributionModel[], snapshot: Snapshot | null, amount: number, currency: string): ModelCredit[] {
  if (!snapshot) return [];
  const touches = touchesOf(snapshot);
  return models.map((model) => ({
    model: model.name,
    shares: creditTouches(touches, model, amount, currency).flatMap(({ touch: { submission_id = null }, amount: share }) => (share > 0 ? [{ submission_id, amount: share }] : [])),
  }));
}

function asTouch(value: unknown): FrozenTouch | null {
  const touch = value as Partial<FrozenTouch> | null | undefined;
  return touch?.submission_id && touch.at && !Number.isNaN(Date.parse(touch.at)) ? touch as FrozenTouch : null;
}

const credited = ({ submission_id, at, entry, channel, source, campaign }: CreditedTouch): CreditedTouch => ({
  submission_id: submission_id ?? null, at, entry: entry ?? null, channel: channel ?? null, source: source ?? null, campaign: campaign ?? null,
});

function ofItself({ captured_at, converted_at, entry, channel, source, campaign }: Snapshot): KnownTouch {
  const at = String(captured_at ?? converted_at);
  return { at: Date.parse(at) || 0, made_lead: true, touch: credited({ at, entry, channel, source, campaign } as CreditedTouch) };
}
