/** Where workers are versioned, a new run is taken up by the newest of them. */
export const toNewestVersion = { initialVersioningBehavior: 'AUTO_UPGRADE' } as const;
