import { DefaultLogger, Runtime } from '@temporalio/worker';

// A test tells what went wrong; the SDK's own lines would bury it.
Runtime.install({ logger: new DefaultLogger('ERROR') });
