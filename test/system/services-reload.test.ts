import { kill } from 'node:process';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIngressProcess, startWorkerProcess, type BuiltProcess } from '../support/built-process.ts';
import { startOutcomeReceiver } from '../support/outcome-receiver.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { startServicesFile, type OrderService } from '../support/services-file.ts';
import { freePort } from '../support/whole-product.ts';
import { card, set } from './cases/play.ts';

type Receiver = Awaited<ReturnType<typeof startOutcomeReceiver>>;

const secret = `whsec_${Buffer.from('reload-reload-reload-reload-1').toString('base64')}`;

describe('SIGHUP', () => {
  let rig: Rig;
  let receivers: Receiver[];
  let file: Awaited<ReturnType<typeof startServicesFile>>;
  let worker: BuiltProcess;
  let ingress: BuiltProcess;
  let url = '';
  const service = (key: string, place: number): OrderService => ({
    name: 'rig',
    keys: ['key-of-the-rig', key],
    rights: ['payments'],
    endpoints: [{ url: receivers[place]?.url ?? '', secrets: [secret] }],
  });
  beforeAll(async () => {
    receivers = [await startOutcomeReceiver(secret), await startOutcomeReceiver(secret)];
    file = await startServicesFile(service('old-key', 0));
    rig = await startRig(file.settings);
    await rig.stopWorker();
    const PORT = String(await freePort());
    url = `http://127.0.0.1:${PORT}`;
    worker = await startWorkerProcess(rig.environment);
    ingress = await startIngressProcess({ ...rig.environment, PORT });
  });
  afterAll(async () => {
    expect(await Promise.all([worker.end('SIGTERM'), ingress.end('SIGTERM')])).toEqual([0, 0]);
    await rig.close();
    await file.remove();
    for (const receiver of receivers) receiver.close();
  });

  const statusWith = async (key: string): Promise<number> => {
    const headers = { authorization: `Bearer ${key}` };
    return (await fetch(`${url}/v1/payments/none`, { headers })).status;
  };
  /** Both processes have said it once more. */
  async function reload(says: string): Promise<void> {
    const count = ({ lines }: BuiltProcess): number => lines.filter((line) => line.includes(says)).length;
    const before = [worker, ingress].map(count);
    for (const { pid } of [worker, ingress]) kill(pid, 'SIGHUP');
    await expect
      .poll(() => [worker, ingress].map(count), { timeout: 10_000 })
      .toEqual(before.map((it) => it + 1));
  }

  it('has ingress and worker go by a new file from the next request and delivery on', async () => {
    await file.hold(service('old-key', 0));
    await reload('the order services were read anew');
    expect([await statusWith('old-key'), await statusWith('new-key')]).toEqual([404, 401]);
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    await file.hold(service('new-key', 1));
    await reload('the order services were read anew');
    expect([await statusWith('old-key'), await statusWith('new-key')]).toEqual([401, 404]);
    await set(rig, orderId, 'processed');
    await receivers[1]?.arrival(orderId, 'payment.paid');
    await rig.handle(orderId).result();
    expect(receivers[0]?.of(orderId)).toEqual([]);
  });

  it('leaves all as it was where the file is at fault, and says so in one line', async () => {
    await file.hold(service('new-key', 1));
    await reload('the order services were read anew');
    for (const [content, fault] of [
      ['{"services": [', 'ORDER_SERVICES_FILE is not JSON'],
      ['', 'ORDER_SERVICES_FILE holds nothing'],
      ['{"services": [{"name": "rig"}]}', 'ORDER_SERVICES_FILE: services[0].keys is missing'],
    ] as const) {
      await file.write(content);
      await reload(fault);
    }
    const refused = ingress.lines.filter((line) => line.includes('the order services stay as they were'));
    expect(refused).toHaveLength(3);
    expect(await statusWith('new-key')).toBe(404);
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    await set(rig, orderId, 'processed');
    await receivers[1]?.arrival(orderId, 'payment.paid');
    await rig.handle(orderId).result();
  });

  it('ends a process whose order services are in its environment', async () => {
    const ORDER_SERVICES_FILE = '';
    const settings = {
      ...rig.environment,
      ORDER_SERVICES_FILE,
      ORDER_API_KEYS: 'rig=key-of-the-rig',
      PORT: String(await freePort()),
    };
    expect(await (await startIngressProcess(settings)).end('SIGHUP')).toBe(0);
  });
});
