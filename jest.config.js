/** Packages that are ES modules only; Node loads them with require(), jest needs them compiled. */
const ESM_ONLY = ['p-map', 'p-retry', 'p-timeout', 'is-network-error'];

/** The tiers, told apart by suffix; see CONTRIBUTING.md. */
const tier = (name, suffix, testEnvironment = 'node') => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment,
  testMatch: [`<rootDir>/{apps,workflows,activities,infra,temporal,bench,test}/**/*.${suffix}.ts`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.sprocket/'],
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
    tier('int', 'int-spec', '<rootDir>/activities/test-media/one-realm-environment.js'),
    tier('e2e', 'e2e-spec'),
    tier('chaos', 'chaos-spec'),
  ],
};
