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

const rooms = [
  room('domain', '^src/domain/', []),
  room('observability', '^src/observability/', []),
  room('access', '^src/access/', []),
  room('http', '^src/http/', []),
  room('config', '^src/config(\\.ts$|/)', ['^src/access/']),
  room('workflows', '^workflows/', ['^src/domain/', '^activities/']),
  room('activities', '^activities/', ['^src/domain/', '^src/paytone/', '^src/outcome/']),
  room('paytone', '^src/paytone/', ['^src/domain/']),
  room('outcome', '^src/outcome/', ['^src/domain/']),
  room('temporal', '^src/temporal/', [
    '^src/domain/',
    '^src/observability/',
    '^workflows/(messages|search-attributes)\\.ts$',
  ]),
  room('order', '^src/order/', ['^src/domain/', '^src/temporal/(payment-client|deadline)\\.ts$']),
  room('ingress', '^src/ingress/', [
    '^src/access/',
    '^src/domain/',
    '^src/order/',
    '^src/paytone/',
    '^src/temporal/payment-client\\.ts$',
    '^src/observability/',
  ]),
  room('client', '^src/client/', [
    '^src/config(\\.ts$|/)',
    '^src/domain/',
    '^src/order/',
    '^src/paytone/',
    '^src/temporal/',
  ]),
  room('http-client', '^src/http-client/', ['^src/order/(payment-problem|outcome-statuses)\\.ts$']),
  room('shop', '^src/dev/shop/', ['^src/http-client/']),
  room('cli', '^src/cli/', ['^src/domain/', '^src/temporal/']),
  room('codec', '^src/codec/', ['^src/access/', '^src/http/', '^src/observability/']),
  room('sandbox', '^src/sandbox/', []),
  room('main', '^src/main/', ['^src/(?!dev/)', '^workflows/', '^activities/']),
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
    from: { path: '^src/(ingress|order)/' },
    to: { path: 'node_modules/@temporalio/' },
  },
  {
    name: 'domain-packages',
    severity: 'error',
    from: { path: '^src/domain/' },
    to: { dependencyTypesNot: ['local'], pathNot: ['node_modules/currency-codes', '^src/domain/'] },
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
      path: `^(node:)?(${builtins.join('|')})$|^node_modules/(undici|zod|express|pino|prom-client)/|^src/(paytone|ingress|outcome)/`,
    },
  },
];

module.exports = {
  forbidden: process.env.RULES === 'replay' ? replay : rooms,
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: process.env.RULES !== 'replay',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      conditionNames: ['source', 'import', 'require', 'node'],
    },
  },
};
