// The layers of docs/architecture.md, enforced: who may import whom, and the one home of each library.

const layer = (name, allowed) => ({
  name: `layer-${name}`,
  severity: 'error',
  comment: `src/${name} may import only: ${allowed.join(', ')}`,
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: [`^src/${name}/`, ...allowed.map((path) => `^src/${path}`)] },
});

const home = (library, paths) => ({
  name: `home-of-${library}`,
  severity: 'error',
  comment: `${library} is used in ${paths.join(', ')} only`,
  from: { path: '^src/', pathNot: paths },
  to: { path: `^(node_modules/)(@types/)?${library}(/|$)` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-cycle-between-folders',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['^src/main\\.ts$', '\\.d\\.ts$'] },
      to: {},
    },
    layer('core', ['errors\\.ts']),
    layer('host', ['errors\\.ts']),
    layer('system', ['core/', 'host/host\\.ts', 'errors\\.ts']),
    layer('app', ['system/', 'core/', 'host/host\\.ts', 'errors\\.ts']),
    layer('agent', ['app/', 'system/', 'core/', 'host/host\\.ts', 'errors\\.ts']),
    layer('commands', ['app/', 'agent/', 'system/', 'core/', 'host/host\\.ts', 'errors\\.ts']),
    layer('cli', ['app/context/', 'commands/', 'core/', 'host/host\\.ts', 'errors\\.ts']),
    {
      name: 'core-is-pure',
      severity: 'error',
      comment:
        'core does no I/O: of Node it may use only crypto, buffer, path, net (isIP), url and util',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|path|net|url|util)(/|$)' },
    },
    home('yargs', ['^src/cli/parser\\.ts$']),
    home('node-forge', ['^src/core/pki/asn1/der\\.ts$']),
    home('chokidar', ['^src/host/']),
    home('execa', ['^src/host/']),
    home('json5', ['^src/core/formats/json/']),
    home('jsonc-parser', ['^src/core/formats/json/']),
    home('zod', ['^src/core/']),
    home('yaml', ['^src/core/']),
    home('smol-toml', ['^src/core/']),
    home('diff', ['^src/core/plan/plan-text\\.ts$', '^src/cli/']),
    home('picocolors', ['^src/cli/']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
