import { KEYS } from '../core/dockerd/options/keys/keys.js';
import { LOG_DRIVERS } from '../core/dockerd/validate/rules/containers/log-drivers.js';

/** What may stand behind a command besides options: keys of daemon.json, and behind a key its values where they are few. */
export function argumentWords(): ReadonlyMap<string, readonly string[]> {
  const keys = KEYS.map(({ name }) => name);
  const table = new Map<string, readonly string[]>(
    ['get', 'set', 'unset', 'show'].map((verb) => [`config ${verb}`, keys]),
  );
  for (const { name, shape } of KEYS)
    if (shape === 'boolean') table.set(`config set ${name}`, ['true', 'false']);
  for (const [key, values] of Object.entries(FEW)) table.set(`config set ${key}`, values);
  return table;
}

const FEW: Readonly<Record<string, readonly string[]>> = {
  'log-driver': [...LOG_DRIVERS.keys()],
  'log-level': ['debug', 'info', 'warn', 'error', 'fatal'],
  'storage-driver': ['overlay2', 'btrfs', 'zfs', 'vfs'],
  'default-cgroupns-mode': ['private', 'host'],
  'default-ipc-mode': ['private', 'shareable'],
};

/** Commands that take a name which this machine knows, and where their names stand: a function of the shell prints them. */
export const LIVE_NAMES: readonly (readonly [commands: string, source: string])[] = [
  ["'trust remove-registry'|'trust verify'|'trust migrate'", '_dockerctl_registries'],
  ["'insecure remove'", '_dockerctl_entries insecure-registries'],
  ["'mirrors remove'|'mirrors test'", '_dockerctl_entries registry-mirrors'],
  [
    "'certs renew'|'certs revoke'|'certs export'|'certs deploy'|'certs inspect'",
    '_dockerctl_certificates',
  ],
];

/**
 * bash alone, and no other program: a press of TAB waits for none. What a name from a file may hold is limited, and nothing of
 * it is ever expanded.
 */
export const LIVE_FUNCTIONS = `_dockerctl_registries() {
  local folder
  for folder in /etc/docker/certs.d/*/; do folder=\${folder%/}; printf '%s\\n' "\${folder##*/}"; done
  _dockerctl_entries insecure-registries
}
_dockerctl_entries() {
  local text
  [[ -r /etc/docker/daemon.json ]] || return 0
  text=$(</etc/docker/daemon.json)
  [[ $text == *"\\"$1\\""*'['* ]] || return 0
  text=\${text#*"\\"$1\\""}
  text=\${text#*[}
  text=\${text%%]*}
  while [[ $text == *'"'*'"'* ]]; do
    text=\${text#*\\"}
    printf '%s\\n' "\${text%%\\"*}"
    text=\${text#*\\"}
  done
}
_dockerctl_certificates() {
  local file
  for file in /var/lib/dockerctl/pki/certs/*.key; do file=\${file##*/}; printf '%s\\n' "\${file%.key}"; done
}
`;
