import type { createOutcomeActivities } from './outcome.ts';
import type { createPlatformActivities } from './platform.ts';

export { createOutcomeActivities } from './outcome.ts';
export { createPlatformActivities } from './platform.ts';

export type Activities = ReturnType<typeof createPlatformActivities> &
  ReturnType<typeof createOutcomeActivities>;
