import { describe, expect, it } from 'vitest';
import { Circuit } from '../../src/paytone/circuit.ts';

describe('the circuit of rejected credentials', () => {
  it('lets one probe through at growing intervals, and everything once one is accepted', () => {
    let now = 0;
    const circuit = new Circuit(() => now);
    expect(circuit.admits()).toBe(true);
    circuit.record('rejected');
    const probesAt: number[] = [];
    for (; now <= 3_600_000; now += 1_000) {
      if (!circuit.admits()) continue;
      expect(circuit.admits()).toBe(false);
      circuit.record('rejected');
      probesAt.push(now / 1_000);
    }
    expect(probesAt.slice(0, 7)).toEqual([10, 30, 70, 150, 310, 630, 1230]);
    now += 600_000;
    expect(circuit.admits()).toBe(true);
    circuit.record('accepted');
    expect([circuit.isOpen, circuit.admits(), circuit.admits()]).toEqual([false, true, true]);
  });

  it('takes many rejections at once for one, and silence for no rejection', () => {
    const circuit = new Circuit(() => 0);
    circuit.record('silent');
    expect(circuit.isOpen).toBe(false);
    for (let i = 0; i < 10; i++) circuit.record('rejected');
    expect(circuit.isOpen).toBe(true);
    circuit.record('accepted');
    expect(circuit.isOpen).toBe(false);
  });
});
