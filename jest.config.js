const shared = {
  testEnvironment: 'node',
  // jest 30 wraps globals anew for every test file of a worker, until their setters overflow the stack.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  setupFilesAfterEnv: ['<rootDir>/test/support/set-timeout.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

const project = (name) => ({
  ...shared,
  displayName: name,
  roots: ['<rootDir>/test'],
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
});

/** What Debian 12, 13 and testing ship. Each is a project, so that a test file runs on all three at once. */
const engines = [
  ['20.10', 'bookworm'],
  ['26.1', 'trixie'],
  ['28.5', 'forky'],
];

const onMachines = (name) =>
  engines.map(([docker, suite]) => ({
    ...project(name),
    displayName: `${name}-${docker}`,
    globals: { engine: { docker, suite } },
    globalSetup: '<rootDir>/test/e2e/support/global-setup.js',
  }));

export default {
  projects: [
    project('unit'),
    project('integration'),
    project('root'),
    ...onMachines('e2e'),
    ...onMachines('nightly'),
    ...onMachines('reliability'),
  ],
};
