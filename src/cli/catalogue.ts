import type { Command } from '../app/context/command.js';

/** Any command file: its options and answer are its own business. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a table of commands with different options and answers
export type AnyCommand = Command<any, any>;

export type Load = () => Promise<{ readonly command: AnyCommand }>;

interface Noun {
  readonly summary: string;
  readonly verbs: Readonly<Record<string, Load>>;
}

/** Commands of one word. The summary stands here too, so that help need not load them (a test compares). */
export const SINGLE_COMMANDS: Readonly<
  Record<string, { readonly summary: string; readonly load: Load }>
> = {
  status: {
    summary: 'one screen: the daemon, registries, certificates, drift, the agent',
    load: () => import('../commands/root/status.js'),
  },
  doctor: {
    summary: "what is wrong with docker's configuration and trust, and the fix",
    load: () => import('../commands/root/doctor.js'),
  },
  report: {
    summary: 'this machine on one page of HTML, to send and to print',
    load: () => import('../commands/root/report.js'),
  },
  explain: {
    summary: 'what a code of a finding or an error means, and what to do',
    load: () => import('../commands/root/explain.js'),
  },
  confirm: {
    summary: 'keep the change that was made with --confirm-within',
    load: () => import('../commands/root/confirm.js'),
  },
  recover: {
    summary: 'finish or undo a change that was cut off; any change does so first',
    load: () => import('../commands/root/recover.js'),
  },
  apply: {
    summary: 'make this machine what its declaration says',
    load: () => import('../commands/root/apply.js'),
  },
  adopt: {
    summary: 'write a declaration of what is there today',
    load: () => import('../commands/root/adopt.js'),
  },
  drift: {
    summary: 'what differs from the declaration, in files and in dockerd',
    load: () => import('../commands/root/drift.js'),
  },
  watch: {
    summary: 'the agent: keep this machine as declared, and report what differs',
    load: () => import('../commands/root/watch.js'),
  },
  pause: {
    summary: 'let the agent report only, until `dockerctl resume` or for a time',
    load: () => import('../commands/root/pause.js'),
  },
  resume: {
    summary: 'let the agent repair again, also what it gave up',
    load: () => import('../commands/root/resume.js'),
  },
};

/** Every command of two words. A row is loaded only when it is called, or for its noun's help. */
export const NOUNS: Readonly<Record<string, Noun>> = {
  config: {
    summary: 'read and change daemon.json',
    verbs: {
      show: () => import('../commands/config/show.js'),
      get: () => import('../commands/config/get.js'),
      set: () => import('../commands/config/set.js'),
      unset: () => import('../commands/config/unset.js'),
      edit: () => import('../commands/config/edit.js'),
      'import-flags': () => import('../commands/config/import-flags.js'),
      diff: () => import('../commands/config/diff.js'),
      validate: () => import('../commands/config/validate.js'),
      schema: () => import('../commands/config/schema.js'),
      history: () => import('../commands/config/history.js'),
      rollback: () => import('../commands/config/rollback.js'),
    },
  },
  daemon: {
    summary: 'dockerd itself: state, log, reload and restart',
    verbs: {
      status: () => import('../commands/daemon/status.js'),
      reload: () => import('../commands/daemon/reload.js'),
      restart: () => import('../commands/daemon/restart.js'),
      logs: () => import('../commands/daemon/logs.js'),
    },
  },
  mirrors: {
    summary: 'the registry mirrors of Docker Hub',
    verbs: {
      list: () => import('../commands/mirrors/list.js'),
      set: () => import('../commands/mirrors/set.js'),
      add: () => import('../commands/mirrors/add.js'),
      remove: () => import('../commands/mirrors/remove.js'),
      test: () => import('../commands/mirrors/test.js'),
      clear: () => import('../commands/mirrors/clear.js'),
    },
  },
  trust: {
    summary: 'which registries this machine trusts, and proof of it',
    verbs: {
      'add-registry': () => import('../commands/trust/add-registry.js'),
      'remove-registry': () => import('../commands/trust/remove-registry.js'),
      list: () => import('../commands/trust/list.js'),
      verify: () => import('../commands/trust/verify.js'),
      migrate: () => import('../commands/trust/migrate.js'),
      'add-ca': () => import('../commands/trust/add-ca.js'),
      'remove-ca': () => import('../commands/trust/remove-ca.js'),
      'list-cas': () => import('../commands/trust/list-cas.js'),
    },
  },
  insecure: {
    summary: 'registries that dockerd reaches without verified TLS',
    verbs: {
      list: () => import('../commands/insecure/list.js'),
      add: () => import('../commands/insecure/add.js'),
      remove: () => import('../commands/insecure/remove.js'),
    },
  },
  cgroup: {
    summary: 'the cgroup driver',
    verbs: {
      show: () => import('../commands/cgroup/show.js'),
      set: () => import('../commands/cgroup/set.js'),
    },
  },
  runtime: {
    summary: 'container runtimes',
    verbs: {
      list: () => import('../commands/runtime/list.js'),
      add: () => import('../commands/runtime/add.js'),
      'set-default': () => import('../commands/runtime/set-default.js'),
      remove: () => import('../commands/runtime/remove.js'),
    },
  },
  certs: {
    summary: 'our certificate authority and what it issues',
    verbs: {
      init: () => import('../commands/certs/init.js'),
      issue: () => import('../commands/certs/issue.js'),
      sign: () => import('../commands/certs/sign.js'),
      renew: () => import('../commands/certs/renew.js'),
      revoke: () => import('../commands/certs/revoke.js'),
      crl: () => import('../commands/certs/crl.js'),
      list: () => import('../commands/certs/list.js'),
      check: () => import('../commands/certs/check.js'),
      inspect: () => import('../commands/certs/inspect.js'),
      verify: () => import('../commands/certs/verify.js'),
      export: () => import('../commands/certs/export.js'),
      import: () => import('../commands/certs/import.js'),
      deploy: () => import('../commands/certs/deploy.js'),
      targets: () => import('../commands/certs/targets.js'),
    },
  },
  service: {
    summary: 'the agent as a systemd service',
    verbs: {
      install: () => import('../commands/service/install.js'),
      remove: () => import('../commands/service/remove.js'),
      status: () => import('../commands/service/status.js'),
    },
  },
};
