/** Packages that are ES modules only; Node loads them with require(), jest needs them compiled. */
const ESM_ONLY = ['p-map', 'p-retry', 'p-timeout', 'is-network-error'];

/** Tests of the whole service call it as its operator. */
const CALL_WITH_KEY = '<rootDir>/apps/e2e/scenes/call-with-key.ts';

const FLOATS_OF_NODE = '<rootDir>/activities/test-media/one-realm-environment.js';

/** The tiers, told apart by suffix; see CONTRIBUTING.md. */
const tier = (name, suffix, { testEnvironment = 'node', setupFiles = [] } = {}) => ({
  displayName: name,
  setupFiles,
  rootDir: __dirname,
  testEnvironment,
  testMatch: [`<rootDir>/{apps,workflows,activities,infra,packages,temporal,bench,test}/**/*.${suffix}.ts`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/packages/[^/]+/dist/', '<rootDir>/.sprocket/'],
  transformIgnorePatterns: [`/node_modules/(?!(${ESM_ONLY.join('|')})/)`],
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
});

module.exports = {
  projects: [
    tier('unit', 'spec'),
    tier('int', 'int-spec', { testEnvironment: FLOATS_OF_NODE }),
    tier('media', 'media-spec', { testEnvironment: FLOATS_OF_NODE, setupFiles: [CALL_WITH_KEY] }),
    tier('e2e', 'e2e-spec', { setupFiles: [CALL_WITH_KEY] }),
    tier('chaos', 'chaos-spec', { setupFiles: [CALL_WITH_KEY] }),
  ],
};
