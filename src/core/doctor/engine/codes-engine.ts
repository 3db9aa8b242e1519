import type { DoctorCode } from '../code-row.js';

/** dockerd, its unit and its file. */
export const ENGINE_CODES = {
  'daemon-down': {
    severity: 'error',
    meaning: 'dockerd does not run. A file that it does not start with is a finding of its own.',
    advice: 'Start it; `dockerctl daemon restart` also says why it does not start.',
  },
  'daemon-start-limited': {
    severity: 'error',
    meaning:
      'dockerd failed so often that systemd refuses to start it again, also with a good file.',
    advice: '`dockerctl daemon restart` clears the limit and starts it.',
  },
  'key-stops-dockerd': {
    severity: 'error',
    meaning:
      'dockerd does not start, and its last words name a key of daemon.json, or quote its value.',
    advice: 'Correct the value, or take the key out.',
    fix: 'named',
  },
  'unit-program-missing': {
    severity: 'error',
    meaning: "systemd cannot run the program that ExecStart= of docker's unit names.",
    advice: 'Take the drop-in away, or correct the path.',
  },
  'pid-file-stale': {
    severity: 'error',
    meaning:
      "dockerd's pid file names a process that is no dockerd, and dockerd takes it for another one.",
    advice: 'Remove the file, and start dockerd.',
  },
  'socket-group-missing': {
    severity: 'error',
    meaning: 'The group of the socket unit is not there: systemd does not make the socket.',
    advice: '`groupadd --system docker`, and start dockerd.',
  },
  'daemon-masked': {
    severity: 'error',
    meaning:
      "docker's unit is masked, or the socket or containerd that it needs: nothing can start it.",
    advice: '`systemctl unmask`, of all that are masked, and a start.',
  },
  'unit-refused': {
    severity: 'error',
    meaning:
      "systemd refuses docker's unit, most often for a drop-in that gives ExecStart= without an empty one before it. A dockerd that runs cannot be started again.",
    advice: "Put a line `ExecStart=` above the drop-in's own, then `systemctl daemon-reload`.",
    fix: 'named',
  },
  'daemon-not-answering': {
    severity: 'error',
    meaning:
      'dockerd runs and does not answer on its socket; often the socket was deleted, or the process is halted by a signal.',
    advice: 'Restart the socket with the daemon, or let the process go on: `kill -CONT`.',
  },
  'daemon-not-enabled': {
    severity: 'info',
    meaning: 'Neither the unit nor its socket is enabled: docker is gone after the next boot.',
    advice: '`systemctl enable docker.service`.',
  },
  'config-no-file': {
    severity: 'error',
    meaning:
      'A folder, something else that is no file, or a file too large to be read stands in the place of daemon.json.',
    advice: 'Remove it, or make it smaller.',
  },
  'config-not-loaded': {
    severity: 'warning',
    meaning:
      'What the running dockerd has of a key is not what its next start would take from file, flags and environment.',
    advice: 'Reload or restart, as the hint says.',
  },
  'config-not-read': {
    severity: 'warning',
    meaning:
      'daemon.json was changed since dockerd was started, and neither dockerd, its log nor our record shows what it was started with.',
    advice: 'Reload or restart, as the hint says.',
  },
  'config-before-unknown': {
    severity: 'info',
    meaning:
      'daemon.json, or its folder where there is none, was changed since dockerd was started. What it says is judged; what else it said before, nobody knows.',
    advice: 'Reload or restart, as the hint says, to be sure.',
  },
  'host-gateway-lost': {
    severity: 'info',
    meaning:
      'dockerd 28.0 to 29.2 was reloaded: until it is restarted, containers with `--add-host NAME:host-gateway` do not start (moby#52056).',
    advice: 'Restart dockerd, or use 29.3.',
  },
  'shim-runtimes-lost': {
    severity: 'info',
    meaning:
      'dockerd 20.10 was reloaded with runtimes in its file: until it is restarted, containers with `--runtime io.containerd.runc.v2` do not start.',
    advice: 'Restart dockerd.',
  },
  'containers-unlisted': {
    severity: 'warning',
    meaning:
      'Containers run that dockerd does not list, because it was given another data root, namespace or image store while they ran.',
    advice:
      'Switch live-restore on, then bring the old value back: `dockerctl config rollback`, or by hand and a restart.',
  },
  'unit-variable-stops': {
    severity: 'error',
    meaning:
      'A variable of the unit has a value with which dockerd does not start: DOCKER_DRIVER, DOCKER_MIN_API_VERSION.',
    advice: 'Take it out of the unit.',
    fix: 'named',
  },
  'unit-proxies-joined': {
    severity: 'warning',
    meaning:
      'Several proxy variables stand in one pair of quotes in the unit, so that they are one variable with a value that is no proxy.',
    advice: 'Quote each by itself: `Environment="HTTP_PROXY=…" "NO_PROXY=…"`.',
  },
  'unit-variable-unset': {
    severity: 'warning',
    meaning:
      "ExecStart uses a variable that nothing sets, and whose name is nearly another one's: the flags in that one are lost.",
    advice: 'Correct the name in the unit.',
    fix: 'named',
  },
  'unit-variable-unused': {
    severity: 'warning',
    meaning:
      "A file holds flags for dockerd in a variable that the unit does not use, as docker's own packages do not read /etc/default/docker.",
    advice: 'Move the flags into daemon.json.',
    fix: 'named',
  },
  'unit-not-reloaded': {
    severity: 'warning',
    meaning: 'A unit file was changed and systemd still uses what it read before.',
    advice: '`systemctl daemon-reload`; `dockerctl daemon restart` does it, too.',
  },
  'unit-not-restarted': {
    severity: 'warning',
    meaning: 'dockerd runs with other flags than its unit has by now.',
    advice: 'Restart it.',
  },
  'unit-edited-in-place': {
    severity: 'warning',
    meaning:
      "The unit that a package brought was edited where it lies (by dpkg's MD5 sums): the next upgrade puts the package's own there, and the change is gone.",
    advice:
      'Copy it to /etc/systemd/system, which systemd prefers, or put the change into a drop-in.',
  },
  'flags-in-many-places': {
    severity: 'info',
    meaning:
      'Settings of dockerd stand in three places: drop-ins, a file with variables, and daemon.json. One key in two of them stops dockerd.',
    advice: 'Move the flags of the variables into daemon.json.',
    fix: 'named',
  },
  'config-elsewhere': {
    severity: 'warning',
    meaning:
      'There is a daemon.json that dockerd does not read: it is a snap, rootless, Desktop, or has --config-file.',
    advice: 'Move it away; change settings with dockerctl, which finds the right file.',
  },
  'two-engines': {
    severity: 'warning',
    meaning: 'Two engines are installed: which one the docker command talks to is chance.',
    advice: 'Stop one of them.',
  },
  'change-interrupted': {
    severity: 'error',
    meaning: 'A change by dockerctl was cut off in the middle.',
    advice: '`dockerctl recover` puts the machine back as it was before.',
  },
  'change-awaits-confirmation': {
    severity: 'info',
    meaning: 'A change is rolled back unless it is confirmed.',
    advice: '`dockerctl confirm`.',
  },
  'config-open-to-others': {
    severity: 'error',
    meaning:
      'daemon.json, its folder, or a file of the unit can be changed by others than root, who are root by it. dockerctl writes no daemon.json until it is closed.',
    advice:
      "`chmod go-w`, and `chown root:root` where it is not root's; look at what it says first.",
    fix: 'safe',
  },
  'api-without-tls': {
    severity: 'warning',
    meaning:
      'A flag makes the API listen on the network without asking for client certificates: who reaches it is root.',
    advice: 'Listen on 127.0.0.1, or use tlsverify with certificates.',
    fix: 'named',
  },
  'socket-open-to-all': {
    severity: 'warning',
    meaning: "Everybody on this machine may use the engine's socket, and is root by it.",
    advice: '`chmod o-rw`.',
  },
  'socket-unit-open': {
    severity: 'warning',
    meaning: 'The socket unit opens the socket to everybody at its next start.',
    advice: 'SocketMode=0660.',
    fix: 'named',
  },
} as const satisfies Readonly<Record<string, DoctorCode>>;
