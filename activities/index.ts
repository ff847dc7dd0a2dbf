import type { createHandOverActivities } from './hand-over.ts';
import type { createOutcomeActivities } from './outcome.ts';
import type { createPlatformActivities } from './platform.ts';
import type { createRecoveryActivities } from './recovery.ts';
import type { createSweepActivities } from './reconciliation.ts';

export { createHandOverActivities } from './hand-over.ts';
export { createOutcomeActivities } from './outcome.ts';
export { createPlatformActivities } from './platform.ts';
export { createRecoveryActivities } from './recovery.ts';
export { createSweepActivities } from './reconciliation.ts';

export type Activities = ReturnType<typeof createPlatformActivities> &
  ReturnType<typeof createHandOverActivities> &
  ReturnType<typeof createOutcomeActivities> &
  ReturnType<typeof createRecoveryActivities> &
  ReturnType<typeof createSweepActivities>;
