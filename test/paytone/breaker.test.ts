import { describe, expect, it } from 'vitest';
import { Breaker, type Permit, type Verdict } from '../../src/paytone/breaker.ts';

/** A breaker in virtual time. */
function rig() {
  const clock = { seconds: 0 };
  const breaker = new Breaker(() => clock.seconds * 1000);
  const admitted = async (about: string): Promise<Permit> => {
    const permit = await breaker.admit(about);
    if (!permit) throw new Error(`${about} was held back`);
    return permit;
  };
  /** A call that is answered at once, if it goes out; whether it did. */
  const call = async (about: string, verdict: Verdict): Promise<boolean> => {
    const permit = await breaker.admit(about);
    permit?.answered(verdict);
    return permit !== null;
  };
  const open = async (): Promise<void> => {
    const permits = await Promise.all(['A', 'B', 'C'].map(admitted));
    for (const permit of permits) permit.answered('rejected');
  };
  return { clock, breaker, admitted, call, open };
}

describe('the breaker', () => {
  it('lets every order go while one reference is rejected for a minute', async () => {
    const { call, breaker, clock } = rig();
    for (; clock.seconds <= 60; clock.seconds++) {
      expect(await call('A', 'rejected')).toBe(true);
      if (clock.seconds % 3 === 0) expect(await call(`B${clock.seconds}`, 'accepted')).toBe(true);
      expect(breaker.isOpen).toBe(false);
    }
  });

  it('stays closed for two references however often, and for three with one accepted in between', async () => {
    const { call, breaker } = rig();
    for (let times = 0; times < 50; times++) {
      await call('A', 'rejected');
      await call('B', 'rejected');
    }
    expect(breaker.isOpen).toBe(false);
    await call('D', 'accepted');
    await call('C', 'rejected');
    await call('A', 'rejected');
    expect(breaker.isOpen).toBe(false);
  });

  it('opens with the third reference; no answer in between proves nothing', async () => {
    const { call, breaker } = rig();
    for (const about of ['A', 'B', 'A', 'D']) {
      await call(about, about === 'D' ? 'silent' : 'rejected');
      expect(breaker.isOpen).toBe(false);
    }
    await call('C', 'rejected');
    expect(breaker.isOpen).toBe(true);
    expect(await call('D', 'accepted')).toBe(false);
  });

  it('probes at growing intervals, and lets everything through once one is accepted', async () => {
    const { open, call, breaker, clock } = rig();
    await open();
    const probesAt: number[] = [];
    for (let order = 0; clock.seconds <= 3600; clock.seconds++, order++)
      if (await call(`D${order}`, 'rejected')) probesAt.push(clock.seconds);
    expect(probesAt.slice(0, 8)).toEqual([10, 30, 70, 150, 310, 630, 1230, 1830]);
    clock.seconds += 600;
    expect(await call('E', 'accepted')).toBe(true);
    expect(breaker.isOpen).toBe(false);
    expect([await call('E', 'accepted'), await call('E', 'accepted')]).toEqual([true, true]);
  });

  it('sends one probe at a time, and after silence another one as soon as before', async () => {
    const { open, call, admitted, breaker, clock } = rig();
    await open();
    clock.seconds = 10;
    const probe = await admitted('D');
    clock.seconds = 100;
    expect(await call('E', 'accepted')).toBe(false);
    probe.answered('silent');
    expect(breaker.isOpen).toBe(true);
    clock.seconds = 109;
    expect(await call('E', 'accepted')).toBe(false);
    clock.seconds = 110;
    expect(await call('E', 'accepted')).toBe(true);
    expect(breaker.isOpen).toBe(false);
  });

  it('gives the next probe to another reference', async () => {
    const { open, call, clock } = rig();
    await open();
    clock.seconds = 10;
    expect(await call('C', 'rejected')).toBe(false);
    expect(await call('D', 'rejected')).toBe(true);
    clock.seconds = 30;
    expect(await call('D', 'rejected')).toBe(false);
    expect(await call('A', 'rejected')).toBe(true);
  });

  it('lets the only reference there is probe again, ten minutes after a probe was due', async () => {
    const { open, call, clock } = rig();
    await open();
    const probesAt: number[] = [];
    for (; clock.seconds <= 2000; clock.seconds++)
      if (await call('C', 'rejected')) probesAt.push(clock.seconds);
    expect(probesAt).toEqual([610, 1230, 1870]);
  });

  it('takes rejections of calls that were under way when it opened for nothing new', async () => {
    const { call, admitted, open, breaker, clock } = rig();
    await call('Z', 'accepted');
    const underWay = await Promise.all(['D', 'E', 'F'].map(admitted));
    await open();
    for (const permit of underWay) permit.answered('rejected');
    clock.seconds = 10;
    expect(await call('G', 'rejected')).toBe(true);
    clock.seconds = 30;
    const probe = await admitted('H');
    expect(breaker.isOpen).toBe(true);
    probe.answered('accepted');
    expect(breaker.isOpen).toBe(false);
  });

  it('is closed by an accepted call that went out before it opened, probe or not', async () => {
    const { call, admitted, open, breaker, clock } = rig();
    await call('Z', 'accepted');
    const before = await admitted('D');
    await open();
    clock.seconds = 10;
    const probe = await admitted('E');
    before.answered('accepted');
    expect(breaker.isOpen).toBe(false);
    probe.answered('rejected');
    expect(breaker.isOpen).toBe(false);
    expect(await call('F', 'accepted')).toBe(true);
  });
});

describe('calls at the same time', () => {
  const orders = Array.from({ length: 1000 }, (_, order) => `A${order}`);
  const settle = () => new Promise((resolve) => setTimeout(resolve, 1));

  it.each(['at the start', 'after one was rejected'])(
    'ask no more than it takes to learn, %s',
    async (when) => {
      const { breaker, call } = rig();
      if (when !== 'at the start') await call('Z', 'rejected');
      let asked = 0;
      const one = async (about: string): Promise<boolean> => {
        const permit = await breaker.admit(about);
        if (!permit) return false;
        asked += 1;
        await settle();
        permit.answered('rejected');
        return true;
      };
      const went = await Promise.all(orders.map(one));
      expect(asked).toBe(when === 'at the start' ? 3 : 2);
      expect(went.filter(Boolean)).toHaveLength(asked);
    },
  );

  it('all go once one of them is accepted', async () => {
    const { breaker, call } = rig();
    await call('Z', 'rejected');
    let most = 0;
    let underWay = 0;
    const one = async (about: string): Promise<boolean> => {
      const permit = await breaker.admit(about);
      most = Math.max(most, ++underWay);
      await settle();
      underWay -= 1;
      permit?.answered('accepted');
      return permit !== null;
    };
    expect((await Promise.all(orders.map(one))).every(Boolean)).toBe(true);
    expect(most).toBeGreaterThan(900);
  });

  it('wait for a platform that is silent, but not for long', async () => {
    const { breaker, admitted } = rig();
    await Promise.all(['A', 'B', 'C'].map(admitted));
    const began = performance.now();
    const late = await Promise.all(orders.map((about) => breaker.admit(about)));
    expect(performance.now() - began).toBeGreaterThan(900);
    expect(late.every((permit) => permit !== null)).toBe(true);
  });
});
