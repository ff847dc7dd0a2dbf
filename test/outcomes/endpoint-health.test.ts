import { beforeEach, describe, expect, it } from 'vitest';
import { EndpointHealth } from '../../src/outcomes/endpoint-health.ts';

describe('an endpoint', () => {
  let now: number;
  let health: EndpointHealth;
  beforeEach(() => {
    now = 1_000_000;
    health = new EndpointHealth(() => now);
  });
  const refuse = (...ids: string[]): void => ids.forEach((id) => health.refused(id));
  const five = ['a', 'b', 'c', 'd', 'e'];

  it('is tried as always while one order alone has trouble', () => {
    refuse(...Array.from({ length: 20 }, () => 'a'), 'b', 'c', 'd');
    expect([health.admits(), health.downSince]).toEqual([true, null]);
  });

  it('is tried as always while it takes one now and then', () => {
    refuse('a', 'b', 'c', 'd');
    health.answered();
    refuse(...five.slice(1));
    expect([health.admits(), health.downSince]).toEqual([true, null]);
  });

  it('is held back once it took none of five, and tried once after 10 s', () => {
    refuse(...five);
    expect([health.admits(), health.downSince]).toEqual([false, now]);
    now += 9_999;
    expect(health.admits()).toBe(false);
    now += 1;
    expect([health.admits(), health.admits()]).toEqual([true, false]);
  });

  it('is tried ever more seldom, every five minutes at last', () => {
    refuse(...five);
    const tries: number[] = [];
    for (const since = now; now < since + 3_600_000; now += 1_000)
      if (health.admits()) {
        tries.push((now - since) / 1_000);
        refuse('f');
      }
    expect(tries).toEqual([
      10, 20, 40, 80, 160, 320, 620, 920, 1220, 1520, 1820, 2120, 2420, 2720, 3020, 3320,
    ]);
  });

  it('is tried as always again once it takes one', () => {
    refuse(...five);
    health.answered();
    expect([health.admits(), health.admits(), health.downSince]).toEqual([true, true, null]);
    refuse(...five.slice(1));
    expect(health.downSince).toBeNull();
  });
});
