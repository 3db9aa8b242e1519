const shared = {
  testEnvironment: 'node',
  // jest 30 wraps globals anew for every test file of a worker, until their setters overflow the stack.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  setupFiles: ['<rootDir>/test/support/set-umask.ts'],
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

/** The main job: proved on every engine before a change is taken. The rest then runs on the newest, and nightly on all. */
const MAIN_JOB = [
  ...['bad-configs', 'cgroup', 'effective', 'history', 'insecure', 'mirrors', 'no-daemon'],
  ...['readme', 'start-limit', 'trust'],
];

const inContinuousIntegration = onMachines('e2e').map((one, index) => ({
  ...one,
  displayName: one.displayName.replace('e2e', 'ci'),
  ...(index < engines.length - 1 && {
    testMatch: MAIN_JOB.map((name) => `<rootDir>/test/e2e/${name}.test.ts`),
  }),
}));

export default {
  // Its own default leaves one core of two idle.
  maxWorkers: '100%',
  reporters: ['default', '<rootDir>/test/support/heartbeat.cjs'],
  projects: [
    project('unit'),
    project('integration'),
    project('root'),
    ...onMachines('e2e'),
    ...inContinuousIntegration,
    ...onMachines('nightly'),
    ...onMachines('reliability'),
  ],
};
