import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const message = (what) => `${what} Workflow code is replayed: take time, ids and effects from Temporal.`;

export default defineConfig(
  { ignores: ['**/dist', 'node_modules', '.cache', '**/*.cjs'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', '*.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      // An exhaustive switch is one decision.
      complexity: ['error', { max: 10, variant: 'modified' }],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', 3],
      'no-console': 'error',
    },
  },
  {
    files: ['src/**', 'workflows/**', 'activities/**', 'test/**'],
    ignores: ['src/config/config.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name="close"][callee.object.property.name="connection"]',
          message:
            'Closed under a call that the SDK repeats, a connection throws past every caller: disconnect().',
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/config/config.ts reads the environment.' },
      ],
    },
  },
  {
    files: ['src/domain/**', 'workflows/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['Date', 'setTimeout', 'setInterval', 'process', 'crypto', 'performance', 'fetch', 'Buffer'].map(
          (name) => ({
            name,
            message: message(`No ${name} here.`),
          }),
        ),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: message('No randomness here.') },
        { object: 'process', property: 'env', message: message('No environment here.') },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportDeclaration[source.value=/^node:/]', message: message('No Node built-ins here.') },
      ],
    },
  },
  {
    files: ['workflows/**'],
    ignores: ['workflows/versions.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@temporalio/workflow',
              importNames: ['patched', 'deprecatePatch'],
              message: 'Version gates have names and live in workflows/versions.ts.',
            },
          ],
        },
      ],
    },
  },
  {
    // A table of routes is read from top to bottom.
    files: [
      'src/sandbox/{control-api,hosted-page,public-api,private-api,resources}.ts',
      'src/dev/shop/shop.ts',
    ],
    rules: { 'max-lines-per-function': ['error', 100] },
  },
  {
    // Generated.
    files: ['src/clients/http/schema.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      'max-params': 'off',
      complexity: 'off',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
    },
  },
  {
    files: ['docs/examples/**'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
    },
  },
  {
    files: ['*.js', '**/vitest.config.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-restricted-exports': 'off' },
  },
);
