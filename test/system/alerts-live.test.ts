import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startGate } from '../support/gate.ts';
import {
  alertNamesIn,
  hasPrometheus,
  readAlertRules,
  startPrometheus,
  type Prometheus,
} from '../support/prometheus-server.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { faultsOf, type Fault } from './alerts/faults.ts';
import { card } from './cases/play.ts';

/** Minutes and hours as seconds; what is counted and compared stays as it is. */
const shortened: readonly (readonly [string, string])[] = [
  ['[5m]', '[12s]'],
  ['[24h]', '[12s]'],
  // As many steps as the rule wants, and a few more.
  ['[26h:10m]', '[12s:1s]'],
  ['[10m]', '[12s]'],
  ['[1h]', '[12s]'],
  ['> 150', '> 10'],
  ['> 26 * 3600', '> 30'],
  ['> 3 * 24 * 3600 * 1.1', '> 60'],
  ['_seconds) > 600', '_seconds) > 8'],
];

/** The rules themselves, in which time passes faster. */
function inSeconds(rules: string): string {
  let changed = rules.replace(/^ *#.*\n/gm, '').replace(/\bfor: \w+/g, 'for: 1s');
  for (const [long, short] of shortened) {
    expect(changed).toContain(long);
    changed = changed.replaceAll(long, short);
  }
  // Whatever else in a rule is long: the table above lacks it.
  expect(changed).not.toMatch(/\b\d+[mhd]\b|\b3600\b/);
  return changed;
}

const isThere = await hasPrometheus();
// In CI nothing is skipped: there it is missing, and so the test fails.
const title = isThere ? '' : ' (needs prometheus: apt install prometheus)';

describe.skipIf(!isThere && !env['CI'])(`the alerts of a Prometheus that reads the product${title}`, () => {
  let gate: Awaited<ReturnType<typeof startGate>>;
  let rig: Rig;
  let prometheus: Prometheus;
  let rules = '';
  beforeAll(async () => {
    rules = await readAlertRules();
    gate = await startGate(Number(inject('temporalAddress').split(':').at(-1)));
    rig = await startRig({
      TEMPORAL_ADDRESS: gate.address,
      SURVEY_SECONDS: '1',
      POLL_SCHEDULE_SECONDS: '86400',
    });
    prometheus = await startPrometheus(rig.metricsOf, inSeconds(rules));
  });
  afterAll(async () => {
    await prometheus.stop();
    gate.open();
    await rig.close();
    gate.close();
  });

  const become = (alerts: readonly string[], wanted: string) =>
    Promise.all(
      alerts.map((name) =>
        expect
          .poll(() => prometheus.stateOf(name), { message: name, timeout: 120_000, interval: 250 })
          .toBe(wanted),
      ),
    );
  const firesAndClears = async ({ alerts, breaks, mends }: Fault): Promise<void> => {
    if (breaks) await become(alerts, 'inactive');
    await breaks?.();
    await become(alerts, 'firing');
    await mends?.();
    await become(alerts, 'inactive');
  };

  it('fire by a fault of each kind, and clear once it is mended', async () => {
    const oldest = rig.newOrder();
    const faults = faultsOf({ rig, gate, oldest });
    const exercised = new Set(Object.values(faults).flatMap(({ alerts }) => alerts));
    // Exercised in stopped-payment.test.ts, with a worker of another version.
    const others = ['PaytonePaymentStopped'];
    expect([...exercised, ...others].sort()).toEqual(alertNamesIn(rules));

    expect((await rig.put(oldest, card)).status).toBe(201);
    const play = async (): Promise<void> => {
      await firesAndClears(faults.credentialsRejected);
      await Promise.all([
        firesAndClears(faults.neverSwept).then(() => firesAndClears(faults.wrongList)),
        firesAndClears(faults.outcomeParked)
          .then(() => firesAndClears(faults.outcomesFailing))
          .then(() =>
            Promise.all(
              [faults.refundRefused, faults.otherAmount, faults.forgedCallbacks, faults.wrongKeys].map(
                firesAndClears,
              ),
            ),
          ),
      ]);
      await firesAndClears(faults.temporalIsAway);
      await firesAndClears(faults.noWorker);
      await firesAndClears(faults.sweptLongAgo);
    };
    // Both take a minute, in which the others come and go.
    await Promise.all([firesAndClears(faults.openForLong), firesAndClears(faults.platformSilent), play()]);
  }, 240_000);
});
