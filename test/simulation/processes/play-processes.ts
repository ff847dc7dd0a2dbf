import { setTimeout as pause } from 'node:timers/promises';
import { orderOfReference } from '../../../src/domain/identity.ts';
import { checkAsking } from '../checker/asking.ts';
import { check } from '../checker/check.ts';
import { faultsOf, summed, type Counts, type Figures } from '../figures.ts';
import { secondMs, type Plan } from '../plan.ts';
import { Agenda } from '../workflow/agenda.ts';
import { Cast } from '../workflow/cast.ts';
import { account, Site } from '../workflow/site.ts';
import { World } from '../workflow/world.ts';
import { blowsEndAt, type Blow, type Chaos } from './chaos.ts';
import { openDoors } from './doors.ts';
import { startStand, type Stand } from './stand.ts';

const restMs = 75 * secondMs;
const triesOfAsking = 30;

export interface PlayedChaos {
  readonly figures: Figures;
  readonly kills: Counts;
  readonly timelines: readonly { readonly plan: Plan; readonly timeline: readonly string[] }[];
}

/** Time as it is, and what is to happen in it. */
class RealAgenda extends Agenda {
  constructor() {
    super({
      get now() {
        return Date.now();
      },
    });
  }

  /** Does everything in its time, until so long from now. */
  async play(ms: number): Promise<void> {
    for (const end = Date.now() + ms; Date.now() < end; await pause(20)) await this.doWhatIsDue();
  }
}

class Actor {
  readonly world: World;
  readonly site: Site;
  readonly cast: Cast;
  url = '';

  constructor(world: World, stand: Stand) {
    this.world = world;
    this.site = new Site(world);
    this.cast = new Cast(world, { site: this.site, operators: stand.operators, tries: triesOfAsking });
    Object.assign(world.evidence, { invoices: this.site.ledger });
  }

  saw(status: string): void {
    this.cast.saw(status);
  }

  async begin(): Promise<void> {
    this.url = await this.site.listen();
    await this.cast.start();
  }

  /** The platform has nothing open any more, and the order is given up, so that all can come to rest. */
  async settle(stand: Stand): Promise<void> {
    const { invoices } = this.site.platform;
    for (const { isOpen, source } of this.site.ledger)
      if (isOpen) invoices.setStatus(source, 'terminated', { resolution: 'terminated' });
    await this.cast.cancel();
    for (const { asked, source } of this.site.ledger) {
      const reference = orderOfReference(asked.reference);
      const news = { status: source.status, updated: source.updated, source: 'sweep' as const };
      if (reference) await stand.inbox.receive(reference, news, account.id).catch(() => undefined);
    }
  }

  /** Whether what was told last is what is answered, as it was when it was looked at before, and nothing is to be asked. */
  async isAtRest(): Promise<boolean> {
    const { evidence } = this.world;
    const before = JSON.stringify(evidence.rest?.answer);
    const answer = await this.cast.look();
    if (!answer) return false;
    evidence.rest = { at: this.world.now, answer, isOver: false };
    const isTold =
      evidence.received.findLast(({ isTaken }) => isTaken)?.outcome.type === `payment.${answer.status}`;
    const isAsked = checkAsking(evidence).length === 0;
    return isTold && isAsked && !this.cast.isOperatorUnderWay && before === JSON.stringify(answer);
  }
}

/** Plays the payments of one seed before real processes, which are killed as it has it. */
export async function playChaos({ plans, blows, seed }: Chaos): Promise<PlayedChaos> {
  const doors = await openDoors();
  const policy = plans[0]?.policy;
  if (!policy) throw new Error('a seed without payments');
  const isVersioned = blows.some(({ kind }) => kind === 'deploy');
  const stand = await startStand(doors.ports, policy, { isVersioned });
  try {
    const agenda = new RealAgenda();
    const surroundings = {
      time: {
        get now() {
          return Date.now();
        },
      },
      agenda,
      ingressUrl: stand.publicUrl,
    };
    const actors = plans.map(
      (plan) => new Actor(new World(plan, `W${plan.seed}n${seed}`, surroundings), stand),
    );
    for (const actor of actors) {
      doors.actors.set(actor.world.orderId, actor);
      agenda.at(Date.now(), () => actor.begin());
    }
    const note = (what: string): void => {
      for (const { world } of actors) world.note('process', what);
    };
    for (const blow of blows)
      agenda.at(
        Date.now() + blow.at,
        () => void strike(stand, blow, note).catch((error: unknown) => note(String(error))),
      );
    await agenda.play(blowsEndAt + 8 * secondMs);
    for (const actor of actors) await actor.settle(stand);
    const restless = new Set(actors);
    for (
      const end = Date.now() + restMs;
      restless.size > 0 && Date.now() < end;
      await agenda.play(2 * secondMs)
    )
      for (const actor of restless) if (await actor.isAtRest()) restless.delete(actor);
    return resultOf(actors, blows, stand);
  } finally {
    await stand.close();
    await doors.close();
  }
}

async function strike(stand: Stand, blow: Blow, note: (what: string) => void): Promise<void> {
  switch (blow.kind) {
    case 'kill':
      note(`${blow.victim} is killed`);
      await stand.kill(blow.victim);
      await pause(blow.downMs);
      await stand.revive(blow.victim);
      return note(`${blow.victim} is back`);
    case 'weather':
      note(`${blow.line} is ${blow.weather.kind}`);
      stand.links[blow.line].weather = blow.weather;
      await pause(blow.forMs);
      stand.links[blow.line].weather = { kind: 'fair' };
      return note(`${blow.line} is fair`);
    case 'clock':
      if (!stand.hasClock) return;
      note(`the clock of worker 2 jumps to ${blow.aheadMs} ms ahead`);
      return stand.setClock(blow.aheadMs);
    case 'full disk':
      if (!stand.disk) return;
      note('the disk of the server is full');
      await stand.disk.fill();
      await pause(blow.forMs);
      await stand.disk.empty();
      return note('the disk of the server has room again');
    case 'deploy':
      note('worker 2 goes, to come back as the next version');
      await stand.deploy();
      return note('the next version is current');
  }
}

function resultOf(
  actors: readonly Actor[],
  blows: readonly Blow[],
  { hasClock, disk }: Pick<Stand, 'hasClock' | 'disk'>,
): PlayedChaos {
  const judged = actors.map(({ world, site }) => {
    site.close();
    return { world, violations: check(world.evidence) };
  });
  const failing = judged.filter(({ violations }) => violations.length > 0);
  const others = blows.flatMap((blow) => {
    if (blow.kind === 'weather') return [`line ${blow.weather.kind}: ${blow.line}`];
    if (blow.kind === 'deploy') return ['deploy of the next version'];
    if (blow.kind === 'full disk') return disk ? ["the server's disk is full"] : [];
    return blow.kind === 'clock' && hasClock ? ["jump of a worker's clock"] : [];
  });
  return {
    figures: {
      seeds: actors.length,
      requests: judged.reduce((sum, { world }) => sum + world.evidence.requests.length, 0),
      livedMs: judged.reduce((sum, { world }) => sum + world.age, 0),
      faults: summed([
        ...actors.map(({ world }) => faultsOf(world.plan)),
        ...others.map((it) => ({ [it]: 1 })),
      ]),
      failures: failing.map(({ world, violations }) => ({ seed: world.plan.seed, violations })),
    },
    kills: summed(blows.flatMap((blow) => (blow.kind === 'kill' ? [{ [blow.victim]: 1 }] : []))),
    timelines: failing.map(({ world }) => ({ plan: world.plan, timeline: world.timeline.lines })),
  };
}
