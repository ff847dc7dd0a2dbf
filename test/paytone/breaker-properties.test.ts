import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Breaker, type Verdict } from '../../src/paytone/breaker.ts';

interface Step {
  /** Since the step before. */
  readonly seconds: number;
  readonly about: string;
  readonly verdict: Verdict;
}

const stepOf = (verdict: fc.Arbitrary<Verdict>, references: number): fc.Arbitrary<Step> =>
  fc.record({
    seconds: fc.oneof(fc.nat(5), fc.nat(700)),
    about: fc.nat(references - 1).map((number) => `A${number}`),
    verdict,
  });
const anyVerdict = fc.constantFrom<Verdict[]>('accepted', 'rejected', 'rejected', 'silent');

/** What went out, and what the breaker was before and after it. */
async function play(steps: readonly Step[], visit: (sent: Step & Record<'from' | 'to', boolean>) => void) {
  let now = 0;
  const breaker = new Breaker(() => now);
  for (const step of steps) {
    now += step.seconds * 1000;
    const from = breaker.isOpen;
    const permit = await breaker.admit(step.about);
    permit?.answered(step.verdict);
    if (permit) visit({ ...step, from, to: breaker.isOpen });
  }
  return breaker;
}

it('while open, never sends two calls in a row about one reference', () =>
  fc.assert(
    fc.asyncProperty(fc.array(stepOf(anyVerdict, 6), { maxLength: 200 }), async (steps) => {
      let last: string | null = null;
      // Short steps: no reference is ever alone for ten minutes.
      const brisk = steps.map((step) => ({ ...step, seconds: step.seconds % 6 }));
      await play(brisk, ({ about, from }) => {
        if (from) expect(about).not.toBe(last);
        last = about;
      });
    }),
  ));

it('opens for three different references rejected in a row, and for nothing less', () =>
  fc.assert(
    fc.asyncProperty(fc.array(stepOf(anyVerdict, 6), { maxLength: 200 }), async (steps) => {
      let rejected = new Set<string>();
      await play(steps, ({ about, verdict, from, to }) => {
        if (verdict === 'accepted') rejected = new Set();
        if (verdict === 'rejected') rejected.add(about);
        expect(to).toBe(verdict !== 'accepted' && (from || rejected.size >= 3));
      });
    }),
  ));

it('stays closed for two references, whatever is answered about them', () =>
  fc.assert(
    fc.asyncProperty(fc.array(stepOf(anyVerdict, 2), { maxLength: 200 }), async (steps) => {
      let sent = 0;
      const breaker = await play(steps, () => (sent += 1));
      expect([breaker.isOpen, sent]).toEqual([false, steps.length]);
    }),
  ));

it('closes with one accepted call, and lets everything go', () =>
  fc.assert(
    fc.asyncProperty(fc.array(stepOf(anyVerdict, 6), { maxLength: 100 }), async (steps) => {
      const later = { seconds: 1200, about: 'B', verdict: 'accepted' } as const;
      const rest = steps.map((step) => ({ ...step, seconds: 0, verdict: 'accepted' as const }));
      let sent = 0;
      const breaker = await play([...steps, later, ...rest], () => (sent += 1));
      expect(breaker.isOpen).toBe(false);
      expect(sent).toBeGreaterThan(rest.length);
    }),
  ));

it('lets rejected credentials meet ten requests of a thousand payments in their half hour', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ second: fc.nat(1800), order: fc.nat(999) }), { minLength: 1000, maxLength: 3000 }),
      async (calls) => {
        const inTurn = calls.toSorted((a, b) => a.second - b.second);
        const steps = inTurn.map(({ second, order }, at) => ({
          seconds: second - (inTurn[at - 1]?.second ?? 0),
          about: `A${order}`,
          verdict: 'rejected' as const,
        }));
        // Until three different ones are rejected, an order that comes back is its own concern.
        const before = await play(steps.slice(0, 50), () => undefined);
        expect(before.isOpen).toBe(true);
        const references: string[] = [];
        await play(steps, ({ about }) => references.push(about));
        expect(references.length - againBeforeItOpened(references)).toBeLessThanOrEqual(10);
      },
    ),
    { numRuns: 30 },
  ));

/** How many of the first calls were about a reference that had been rejected before. */
function againBeforeItOpened(references: readonly string[]): number {
  const first = new Set<string>();
  const openedAt = references.findIndex((about) => first.add(about).size === 3);
  return openedAt + 1 - 3;
}
