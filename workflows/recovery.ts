import { makeContinueAsNewFunc, setCurrentDetails, setHandler, sleep } from '@temporalio/workflow';
import { growing } from '../src/domain/payment/pauses.ts';
import { toIso } from '../src/domain/time.ts';
import { activities, releaseOptions, tryOptions } from './activity-options.ts';
import { runStartedAt } from './clock.ts';
import { toNewestVersion } from './continue-as-new.ts';
import { recoveryState, type RecoveryInput, type RecoveryView } from './messages.ts';

const pauseBeforeTry = growing(20_000, 300_000);
const mostTriesOfARun = 100;
/** What failed while the first were released shows in visibility by then. */
const stragglersMs = 15_000;

/**
 * Watches an order service that takes no outcomes: has a few sent now and then, and all that wait once it takes one.
 * Each payment also goes on trying by itself, so that nothing depends on this.
 */
export async function recovery({ owner, since, tries: before = 0 }: RecoveryInput): Promise<null> {
  let view: RecoveryView = { owner, failingSince: toIso(since), tries: before, nextTryAt: '', waiting: null };
  setHandler(recoveryState, () => view, { description: 'How the order service stands.' });
  for (let at = runStartedAt(), tries = before; ; tries++) {
    const ms = pauseBeforeTry(tries);
    view = { ...view, tries, nextTryAt: toIso(at + ms) };
    setCurrentDetails(recoveryDetails(view));
    await sleep(ms, { summary: 'the next try' });
    const tried = await activities.tryOutcomes.executeWithOptions(tryOptions, [owner, since]);
    if (tried.waiting === 0) return null;
    if (tried.isTaken) break;
    at = tried.at;
    view = { ...view, waiting: tried.waiting };
    if (tries - before >= mostTriesOfARun)
      await makeContinueAsNewFunc<typeof recovery>(toNewestVersion)({ owner, since, tries: tries + 1 });
  }
  setCurrentDetails(`The order service ${owner} takes outcomes again. What waited is being delivered.`);
  await activities.releaseOutcomes.executeWithOptions(releaseOptions, [owner]);
  await sleep(stragglersMs, { summary: 'what has failed meanwhile' });
  await activities.releaseOutcomes.executeWithOptions(releaseOptions, [owner]);
  return null;
}

const recoveryDetails = ({ owner, failingSince, tries, nextTryAt, waiting }: RecoveryView): string =>
  [
    `The order service **${owner}** takes no outcomes.`,
    `- Failing since: ${failingSince}`,
    `- Next try: ${nextTryAt}, after ${tries} tries of one outcome or a few`,
    ...(waiting === null ? [] : [`- Payments that wait with an outcome: ${waiting}`]),
  ].join('\n');
