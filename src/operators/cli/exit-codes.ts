export const exitCodes = {
  /** What was asked is done. */
  done: 0,
  /** It was refused, or is not there. */
  refused: 1,
  /** The command or a setting was not understood. */
  usage: 2,
  /** Temporal, the namespace or every worker is out of reach. */
  unreachable: 3,
} as const;

/** For the help. */
export const codes = `
Exit codes:
  0  done
  1  refused, or not there: the reason is on stderr
  2  the command or a setting was not understood
  3  Temporal, the namespace or every worker is out of reach`;
