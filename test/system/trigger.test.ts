import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Play } from '../../src/developers/play.ts';
import { scenarios } from '../../src/developers/scenarios.ts';
import { runCli } from '../support/command-line.ts';
import { startRig, type Rig } from '../support/rig.ts';

describe('trigger', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({ POLL_SCHEDULE_SECONDS: '1' });
  });
  afterAll(() => rig.close());

  it.each([
    ['paid', 'is paid'],
    ['pending', 'is awaiting_payment: http'],
    ['declined', 'is failed: '],
    ['expired', 'is expired'],
    ['late', 'is review'],
    ['twice', 'is review'],
    ['under', 'is review'],
    ['canceled', 'is cancel'],
    ['refunded', 'is refunded'],
    ['dashboard-refund', 'is partially_refunded'],
    ['chargeback', 'is charged_back'],
  ])(
    '%s',
    async (name, last) => {
      const said: string[] = [];
      const orderId = rig.newOrder();
      const stage = { api: rig.ingressUrl, key: rig.apiKey, sandbox: rig.sandbox.url, orderId };
      const play = new Play({ ...stage, amount: '100.55', say: (line) => void said.push(line) });
      await scenarios[name]?.run(play);
      expect(said.at(-1)).toContain(`${orderId} ${last}`);
    },
    90_000,
  );

  it('covers every scenario', () => {
    expect(Object.keys(scenarios)).toHaveLength(11);
  });

  it('is typed on the command line, and says what is wrong', async () => {
    const orderId = rig.newOrder();
    const at = ['--api', rig.ingressUrl, '--sandbox', rig.sandbox.url, '--key', rig.apiKey];
    const played = await runCli({}, 'trigger', 'paid', '--order', orderId, ...at);
    expect(played).toMatchObject({ code: 0, error: '' });
    expect(played.out.split('\n').map((line) => line.replace(/: http.*/, ''))).toEqual([
      `PUT /v1/payments/${orderId} {"amount":{"value":"100.55","currency":"USD"},"service":"payment_card_usd_hpp"}`,
      `${orderId} is awaiting_payment`,
      'the customer pays',
      `${orderId} is paid`,
    ]);
    const wrongKey = await runCli({}, 'trigger', 'paid', ...at, '--key', 'wrong');
    expect(wrongKey).toMatchObject({ code: 1, error: expect.stringContaining('answers 401') as string });
    const nobody = await runCli({}, 'trigger', 'paid', '--api', 'localhost:1');
    expect(nobody.error).toContain('http://localhost:1 does not answer: is "npm start" running?');
    const unknown = await runCli({}, 'trigger', 'nothing');
    expect([unknown.code, unknown.error]).toEqual([2, expect.stringContaining('Allowed choices are paid')]);
  }, 60_000);
});
