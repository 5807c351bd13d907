import eslint from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Imports point one way: routes → service → repository; stations → features → map | realtime → ui. */
const SERVER = [
  { type: 'contract', pattern: 'server/clock/!(repository|service|system-clock).ts', partialMatch: false },
  { type: 'contract', pattern: 'server/contract/*', partialMatch: false },
  { type: 'geometry', pattern: 'server/cameras/geometry/**', partialMatch: false },
  { type: 'repository', pattern: 'server/*/repository.ts', partialMatch: false, capture: ['domain'] },
  { type: 'routes', pattern: 'server/*/routes.ts', partialMatch: false, capture: ['domain'] },
  { type: 'server', pattern: 'server/*/*.ts', partialMatch: false, capture: ['domain'] },
  { type: 'process', pattern: 'server/*.ts', partialMatch: false },
];
const CLIENT = [
  { type: 'app', pattern: 'client/app/**', partialMatch: false },
  { type: 'station', pattern: 'client/stations/**', partialMatch: false },
  { type: 'feature', pattern: 'client/features/**', partialMatch: false },
  { type: 'map', pattern: 'client/map/**', partialMatch: false },
  { type: 'realtime', pattern: 'client/realtime/**', partialMatch: false },
  { type: 'ui', pattern: 'client/(ui|i18n)/**', partialMatch: false },
];

/** No import from elements of the one kind to elements of the other. */
function forbid(from, to) {
  const select = (kinds) =>
    typeof kinds === 'string'
      ? { element: { type: kinds } }
      : Array.isArray(kinds)
        ? { element: { types: { anyOf: kinds } } }
        : { element: kinds };
  return { from: select(from), disallow: { to: select(to) } };
}

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.gridwatch', 'test-results', 'playwright-report'] },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // `const { a: _, ...rest } = …` is how a field is left out.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      // Services are closures in objects, not classes: there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: { console: 'readonly', process: 'readonly', URL: 'readonly', Blob: 'readonly' },
    },
  },
  {
    files: ['client/**/*.tsx', 'client/**/*.ts'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['server/**/*.ts', 'client/**/*.{ts,tsx}'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': [...SERVER, ...CLIENT],
      'import/resolver': { typescript: { project: './tsconfig.json' } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'allow',
          policies: [
            forbid(['routes', 'server'], {
              type: 'repository',
              captured: { domain: '!{{from.element.captured.domain}}' },
            }),
            forbid('repository', 'routes'),
            forbid(
              ['contract', 'geometry'],
              ['server', 'routes', 'repository', 'app', 'station', 'feature', 'map'],
            ),
            forbid('ui', ['app', 'station', 'feature', 'map', 'realtime']),
            forbid(['realtime', 'map'], ['app', 'station', 'feature']),
            forbid('feature', ['app', 'station']),
            forbid('station', 'app'),
            forbid(
              ['app', 'station', 'feature', 'map', 'realtime', 'ui'],
              ['server', 'routes', 'repository'],
            ),
          ],
        },
      ],
    },
  },
  {
    files: ['client/**/*.{ts,tsx}'],
    ignores: ['client/map/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@cesium/*', 'cesium'], message: 'only client/map imports Cesium' }] },
      ],
    },
  },
  {
    files: ['server/**/*.ts'],
    ignores: ['server/config.ts', 'server/**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'server/config.ts alone reads the environment',
        },
      ],
    },
  },
);
