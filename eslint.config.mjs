import { defineConfig } from 'eslint/config';
import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const ROOT = import.meta.dirname;
/** Tests and what only tests import. */
const TESTS = [
  '**/*.spec.ts',
  '**/*.int-spec.ts',
  '**/*.media-spec.ts',
  '**/*.e2e-spec.ts',
  '**/*.chaos-spec.ts',
  '**/testing/**',
  'activities/test-media/**',
  'apps/e2e/**',
];

export default defineConfig(
  {
    ignores: [
      'dist/',
      '.sprocket/',
      'node_modules/',
      'coverage/',
      'apps/console/',
      'packages/*/dist/',
      'examples/*/public/',
      'packages/client/src/api-types.ts',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: ROOT } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true, allowNullish: true }],
      // An interface that promises is met by a method that has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      'import-x/no-default-export': 'error',
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 60 }],
      'max-depth': ['error', 3],
      // Three is the aim; a constructor that is given its dependencies may take four.
      'max-params': ['error', 4],
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only main.ts reads the environment.' }],
      'no-restricted-imports': [
        'error',
        {
          paths: ['child_process', 'node:child_process'].map((name) => ({
            name,
            message: 'Only activities/media-tools and infra/rasters start processes.',
          })),
        },
      ],
    },
  },
  {
    files: ['**/main.ts', 'activities/media-tools/tool-environment.ts', 'apps/cli/**', 'infra/stack/**', 'bench/**'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['activities/media-tools/**', 'infra/machine/core-dumps.ts', 'apps/cli/**', 'infra/rasters/**', 'infra/stack/**', 'bench/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: TESTS,
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-imports': 'off',
      'max-params': 'off',
      // Answers of servers are judged by expectations, not by types.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['packages/**/*.mjs'],
    languageOptions: { globals: { AbortController: 'readonly', Buffer: 'readonly', fetch: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['examples/*/*.js'],
    languageOptions: { globals: { AbortController: 'readonly', fetch: 'readonly' } },
  },
  {
    files: ['examples/*/pages/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['AbortController', 'document', 'fetch', 'localStorage', 'location', 'setTimeout', 'URLSearchParams'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        performance: 'readonly',
        __dirname: 'readonly',
        module: 'writable',
        require: 'readonly',
        console: 'readonly',
      },
    },
  },
);
