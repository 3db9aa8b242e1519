import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const SCRIPT = readFileSync(join(import.meta.dirname, 'look.sh'), 'utf8');

/** What is true on the machine now: see look.sh. `info` is null where dockerd does not answer; `fresh` where not asked. */
export async function lookAt(machine, { cursor = '', quick = false } = {}) {
  const argv = ['bash', '-s', '--', cursor, quick ? 'quick' : ''];
  const { out } = await machine.exec(argv, { input: SCRIPT, seconds: 120 });
  const part = Object.fromEntries(
    out.split('\n\x1e').map((text) => {
      const [name, ...lines] = text.replace(/^\x1e/, '').split('\n');
      return [name, lines.join('\n')];
    }),
  );
  const unit = properties(part.unit);
  const info = parsed(part.info);
  return {
    state: unit.ActiveState,
    invocation: unit.InvocationID,
    pid: Number(unit.MainPID),
    needsDaemonReload: unit.NeedDaemonReload === 'yes',
    socketUnit: properties(part.socketunit).ActiveState,
    hasSocketFile: part.socketfile?.trim() === 'socket',
    isStopped: /^T/.test(part.state ?? ''),
    argv: lines(part.process).slice(1),
    environment: lines(part.environ),
    daemons: lines(part.daemons),
    unitFiles: part.unitfiles ?? '',
    file: part.hasfile?.trim() === 'yes' ? part.file : null,
    config: parsed(part.file || '{}'),
    journal: lines(part.journal).map((line) => parsed(line)?.MESSAGE ?? ''),
    cursor: part.cursor?.trim(),
    sleepers: new Map(
      lines(part.sleepers).map((line) => [
        line.split(' ').slice(2).join(' ').trim(),
        Number(line.split(' ')[0]),
      ]),
    ),
    hasOpenChange: part.open?.trim() === 'yes',
    agent: part.agent?.trim(),
    docker0: lines(part.docker0),
    listeners: lines(part.listeners),
    info,
    containers:
      info === null
        ? null
        : (parsed(part.containers || '[]') ?? [])
            .map(containerOf)
            .filter(({ name }) => !name.startsWith('truth-')),
    images: lines(part.images),
    volumes: lines(part.volumes),
    bridge: parsed(part.bridge)?.[0] ?? null,
    container: parsed(part.newcontainer)?.[0] ?? null,
    containerFault: lines(part.newstatus)[0] === '0' ? null : (part.newstatus ?? null),
    process: lines(part.newprocess),
    gateway: part.gateway ?? null,
    network: parsed(part.newnetwork)?.[0] ?? null,
  };
}

/** The value that `key` of a daemon.json has, read strictly; undefined where the text is no JSON. */
function parsed(text) {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

function containerOf({ Name, State, HostConfig, Config }) {
  return {
    name: Name.slice(1),
    running: State.Running,
    pid: State.Pid,
    restart: HostConfig.RestartPolicy.Name,
    command: (Config.Cmd ?? []).join(' '),
  };
}

function lines(text = '') {
  return text.split('\n').filter((line) => line !== '');
}

function properties(text = '') {
  return Object.fromEntries(
    lines(text).map((line) => [
      line.slice(0, line.indexOf('=')),
      line.slice(line.indexOf('=') + 1),
    ]),
  );
}
