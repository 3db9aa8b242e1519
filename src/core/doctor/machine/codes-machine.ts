import type { DoctorCode } from '../code-row.js';

/** The CLI, the neighbours of dockerd, and the machine below it. */
export const MACHINE_CODES = {
  'credentials-in-plain-text': {
    severity: 'info',
    meaning: 'The password of a registry is only base64 in config.json.',
    advice: 'Log out, set a credential helper, and log in again.',
  },
  'credentials-readable': {
    severity: 'warning',
    meaning: 'Other users may read a config.json with passwords in it.',
    advice: '`chmod 600`.',
  },
  'client-config-broken': {
    severity: 'warning',
    meaning: "The CLI's config.json is no JSON: docker ignores it, or does not run at all.",
    advice: 'Move it away and log in again.',
  },
  'credential-helper-missing': {
    severity: 'error',
    meaning: 'config.json names a credential helper that is not installed: login and pull fail.',
    advice: 'Install it, or move the file away and log in again.',
  },
  'client-context-missing': {
    severity: 'error',
    meaning: 'The CLI uses a context that does not exist: every docker command fails.',
    advice: '`docker context use default`, or `unset DOCKER_CONTEXT`.',
  },
  'client-elsewhere': {
    severity: 'info',
    meaning:
      'The CLI talks to another engine than the one of this machine, by its context or DOCKER_HOST.',
    advice: '`docker context use default` or `unset DOCKER_HOST`, if this one was meant.',
  },
  'cgroup-driver-kubelet': {
    severity: 'error',
    meaning: 'dockerd and the kubelet that uses it manage cgroups by different drivers.',
    advice: '`dockerctl cgroup set DRIVER`.',
  },
  'cgroup-driver-cgroupfs': {
    severity: 'info',
    meaning: 'dockerd manages cgroups itself on a machine whose systemd does so too.',
    advice: '`dockerctl cgroup set systemd`.',
  },
  'cgroup-v1': {
    severity: 'info',
    meaning: 'This machine uses cgroup v1, which engines from 29 on will drop.',
    advice: 'Boot with systemd.unified_cgroup_hierarchy=1.',
  },
  'swap-limit': {
    severity: 'info',
    meaning: 'The kernel does not account for swap: limits of memory and swap are ignored.',
    advice: 'Boot with swapaccount=1.',
  },
  'disk-low': {
    severity: 'warning',
    meaning:
      'Little is left where dockerd keeps images and containers: less than a tenth, 5 GiB at most.',
    advice: '`docker system prune`.',
  },
  'containerd-down': {
    severity: 'error',
    meaning: 'dockerd uses a containerd that does not run: no container starts.',
    advice: 'Start it.',
  },
  'containerd-config-broken': {
    severity: 'error',
    meaning:
      "containerd's config.toml is no TOML, so that containerd does not start with it, or too large to be read.",
    advice: 'Move it away or correct it.',
  },
  'containerd-config-conflict': {
    severity: 'error',
    meaning:
      "containerd's config.toml has both config_path and mirrors or configs for registries: its CRI plugin does not load.",
    advice: 'Keep one of the two.',
    fix: 'named',
  },
  'clock-behind': {
    severity: 'error',
    meaning:
      'Files of this machine are from the future: the clock is wrong, and certificates fail.',
    advice: 'Set the clock.',
  },
  'clock-not-kept': {
    severity: 'info',
    meaning: 'No service keeps the clock right.',
    advice: 'Enable one.',
  },
  'agent-down': {
    severity: 'warning',
    meaning: 'The agent is installed and does not run: nothing is repaired or renewed.',
    advice: 'Start it.',
  },
  'agent-failing': {
    severity: 'warning',
    meaning: 'The agent cannot look at this machine, or its repairs fail: what is adrift stays so.',
    advice: 'Mend the cause that it names; it tries again by itself, ever more rarely.',
  },
  'agent-outdated': {
    severity: 'warning',
    meaning: 'The agent runs, and dockerctl was exchanged since it was started.',
    advice: 'Restart it.',
  },
  'agent-not-installed': {
    severity: 'info',
    meaning: 'There is a declaration and no agent that keeps it.',
    advice: '`dockerctl service install`.',
  },
  'agent-paused': {
    severity: 'info',
    meaning: 'The agent reports and does not repair.',
    advice: '`dockerctl resume`.',
  },
  'not-readable': {
    severity: 'info',
    meaning: 'Something could not be read without root, and was not judged.',
    advice: 'Run it as root.',
  },
} as const satisfies Readonly<Record<string, DoctorCode>>;
