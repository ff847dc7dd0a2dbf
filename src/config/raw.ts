export type Environment = Readonly<Record<string, string | undefined>>;

export const modeOf = (paytoneKey: string | undefined): string | undefined =>
  /^[sp]k_(test|live)_/.exec(paytoneKey ?? '')?.[1];

export const isLive = (env: Environment): boolean => modeOf(env['PAYTONE_PRIVATE_KEY']) === 'live';
