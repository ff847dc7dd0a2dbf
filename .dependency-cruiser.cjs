// Who may import whom. Two passes, for two questions:
// RULES=rooms counts type imports (else a room could lean on another's types unseen);
// RULES=replay ignores them (else the activities' types would make every workflow look like I/O).
const room = (name, path, allowed) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment: `${name} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
  from: { path },
  to: { path: '^(src|workflows|activities|test)/', pathNot: [path, ...allowed] },
});

const messages = '^workflows/(messages|search-attributes)\\.ts$';

const rooms = [
  room('domain', '^src/domain/', []),
  // No line of a log may hold a card number.
  room('observability', '^src/observability/', ['^src/domain/card-number\\.ts$']),
  room('http', '^src/http/', []),
  // The sandbox knows nothing of the product but how to escape HTML.
  room('sandbox', '^src/sandbox/', ['^src/http/html\\.ts$']),
  room('clients-http', '^src/clients/http/', []),
  room('config', '^src/config/', [
    '^src/http/',
    '^src/domain/identity\\.ts$',
    '^src/domain/payment/statuses\\.ts$',
  ]),
  room('workflows', '^workflows/', ['^src/domain/', '^activities/']),
  room('activities', '^activities/', ['^src/domain/', '^src/paytone/', '^src/outcomes/']),
  room('paytone', '^src/paytone/', ['^src/domain/']),
  room('outcomes', '^src/outcomes/', ['^src/domain/']),
  room('temporal', '^src/temporal/', ['^src/domain/', '^src/observability/', messages]),
  // Operators and reconciliation act on payments; payments know neither of them.
  room('payments', '^src/payments/', ['^src/domain/', '^src/temporal/', messages]),
  room('operators', '^src/operators/', [
    '^src/domain/',
    '^src/temporal/',
    '^src/payments/',
    '^src/reconciliation/',
    messages,
  ]),
  room('reconciliation', '^src/reconciliation/', [
    '^src/http/html\\.ts$',
    '^src/domain/',
    '^src/temporal/',
    '^src/payments/',
    messages,
  ]),
  room('ingress', '^src/ingress/', [
    '^src/http/',
    '^src/domain/',
    '^src/payments/',
    '^src/reconciliation/',
    '^src/paytone/(callback|signature)\\.ts$',
    '^src/observability/',
  ]),
  room('clients-temporal', '^src/clients/temporal/', [
    '^src/clients/http/',
    '^src/config/',
    '^src/domain/',
    '^src/payments/',
    '^src/paytone/',
    '^src/temporal/',
  ]),
  room('codec-server', '^src/codec-server/', ['^src/http/', '^src/observability/']),
  room('main', '^src/main/', ['^src/(?!dev/)', '^workflows/', '^activities/']),
  room('developers', '^src/developers/', [
    '^src/clients/http/verify-outcome\\.ts$',
    '^src/config/well-known\\.ts$',
    '^src/http/',
  ]),
  room('shop', '^src/dev/shop/', ['^src/clients/http/', '^src/http/html\\.ts$']),
  room('dev', '^src/dev/', ['^src/', '^workflows/', '^activities/']),
  {
    name: 'nobody-imports-compositions',
    severity: 'error',
    from: { pathNot: '^(src/(main|dev)|test)/' },
    to: { path: '^(src/(main|dev)|test)/' },
  },
  {
    name: 'ingress-knows-no-temporal',
    severity: 'error',
    from: { path: '^src/ingress/' },
    to: { path: 'node_modules/@temporalio/' },
  },
  {
    name: 'domain-packages',
    severity: 'error',
    from: { path: '^src/domain/' },
    to: {
      dependencyTypesNot: ['local'],
      pathNot: ['node_modules/(currency-codes|credit-card-type)/', '^src/domain/'],
    },
  },
  {
    name: 'no-test-code-in-product',
    severity: 'error',
    from: { path: '^(src/(?!dev/)|workflows|activities)' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'no-orphans',
    severity: 'error',
    from: { orphan: true, path: '^(src|workflows|activities)/' },
    to: {},
  },
];

const builtins = require('node:module').builtinModules.filter((name) => !name.startsWith('_'));
const replay = [
  {
    name: 'workflows-are-deterministic',
    severity: 'error',
    comment: 'nothing reachable from a workflow may be I/O, or change the replay of old histories',
    from: { path: '^(workflows|src/domain)/' },
    to: {
      reachable: true,
      path: `^(node:)?(${builtins.join('|')})$|^node_modules/(undici|zod|express|pino|prom-client)/|^src/(paytone|ingress|outcomes)/`,
    },
  },
];

module.exports = {
  forbidden: process.env.RULES === 'replay' ? replay : rooms,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/clients/http/dist/' },
    tsPreCompilationDeps: process.env.RULES !== 'replay',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      conditionNames: ['source', 'import', 'require', 'node'],
    },
  },
};
