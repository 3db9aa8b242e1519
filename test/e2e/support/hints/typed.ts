import { commandsOf } from '../../../support/hinted-commands.js';
import type { Machine } from '../machine.js';

/** A state of the machine in which a command says what to type next. */
export interface HintCase {
  /** Makes the state, in bash; it begins with an empty daemon.json, and in the empty folder /root/w. */
  readonly before?: string;
  /** What is typed. Its error, or its findings, have the hints. */
  readonly run: string;
  /** What a person puts in the place of words in capitals, where it is not what PLACEHOLDERS says. */
  readonly values?: Readonly<Record<string, string>>;
  /** A command of the hint that these machines cannot type: it is about a server, or a medium, that they do not have. */
  readonly except?: RegExp;
  /** `run` succeeds once the hint is followed. Without it a hint of an error is an example of what is taken. */
  readonly cured?: true;
}

/** A hint, and of a finding what it is about: gone once the hint is followed. */
interface Hint {
  readonly text: string;
  readonly finding: string | null;
}

interface Answer {
  readonly error?: { readonly hint?: string };
  readonly data?: {
    readonly findings?: readonly {
      readonly code: string;
      readonly subject: string;
      readonly hint?: string;
    }[];
  };
}

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  FILE: '/root/w/ca.crt',
  'PROXY-CA.crt': '/root/w/ca.crt',
  REGISTRY: 'a.test:5000',
  HOST: 'a.test',
  NAME: 'a.test',
  DIR: '/root/w/o',
  URL: 'https://m.test',
  ADDRESS: '10.0.0.1',
  CIDR: '10.0.0.0/8',
  KEY: 'mtu',
  VALUE: '1400',
  PROGRAM: '/bin/true',
};

/** What clears away all that a case may have made. */
const CLEAR = `
  dockerctl service remove --yes >/dev/null 2>&1
  systemctl unmask --runtime docker.service >/dev/null 2>&1
  systemctl enable --quiet docker.service docker.socket 2>/dev/null
  [[ -L /var/lib/dockerctl ]] && rm /var/lib/dockerctl
  rm -rf /etc/docker/* /var/lib/dockerctl /etc/dockerctl /root/w /root/.docker /usr/local/share/ca-certificates/*
  mkdir -p /etc/docker /root/w; echo '{}' >/etc/docker/daemon.json
  systemctl is-active --quiet docker || { systemctl reset-failed docker docker.socket; systemctl start docker; }`;

/** Only looks: neither mends anything, nor fails for what it shows. */
const LOOKS =
  /^(?:ls|namei|stat|getent|head|systemctl cat|journalctl|openssl (?:x509|pkey -pubout)|timedatectl$|dockerctl (?:certs (?:list|inspect|check|targets list|verify|.*--help)|trust (?:list|list-cas|verify)|mirrors list|drift$|status|doctor$|explain|service status|daemon (?:logs|status)|config (?:history|show|get|validate|schema|diff)|runtime list))\b/;

/** Follows each command that the case's hints name, each from the state anew; what does not work, in words. */
export async function complaintsOf(machine: Machine, one: HintCase): Promise<string[]> {
  const type = (command: string) =>
    machine.exec(['bash', '-c', `cd /root/w; ${command}`], { env: { EDITOR: 'true' } });
  const ask = async () => hintsIn((await type(`${one.run} --json`)).stdout);
  const arrange = () => type(`${CLEAR}\nset -e; cd /root/w\n${one.before ?? ''}`);
  const arranged = await arrange();
  if (arranged.status !== 0) return [`${one.run}: not arranged: ${arranged.stderr}`];
  const hints = await ask();
  if (hints.length === 0) return [`${one.run}: gives no hint`];
  const wrong: string[] = [];
  let isChanged = false;
  for (const { line, finding } of hints.flatMap((hint) => linesOf(hint, one))) {
    // The makers of these machines edited the compiled bundle.
    if (one.except?.test(line) === true || line.includes('bundle-edited')) continue;
    if (isChanged) {
      await arrange();
      await ask();
    }
    const asked = await type(line);
    const { status, stderr } = asked.stderr.includes('needs an answer')
      ? await type(`${line} --yes`)
      : asked;
    const looks = LOOKS.test(line);
    isChanged ||= !looks;
    const works = status === 0 || (looks && (status === 1 || line.startsWith('getent')));
    if (!works) wrong.push(`${one.run}: ${finding ?? 'error'}: ${line}: ${status}: ${stderr}`);
    else if (one.cured === true && (await type(`${one.run} --yes`)).status !== 0)
      wrong.push(`${one.run}: ${line}: does not cure it`);
    else if (!looks && finding !== null && (await ask()).some((now) => now.finding === finding))
      wrong.push(`${one.run}: ${line}: ${finding} is still found`);
  }
  return wrong;
}

/** The command lines of a hint: those of "first `A`, then `B`" are one. */
function linesOf(
  { text, finding }: Hint,
  one: HintCase,
): { line: string; finding: string | null }[] {
  const alone = /^--[a-z][^,;`]*$/.test(text);
  const commands = alone ? [text] : commandsOf(text.replace(/`,? then `/g, ' && '));
  return commands.map((command) => ({ line: typedLine(command, one), finding }));
}

function typedLine(command: string, { run, values }: HintCase): string {
  const named = Object.entries({ ...PLACEHOLDERS, ...values }).reduce(
    (text, [word, value]) =>
      text.replaceAll(new RegExp(`(?<![\\w/-])${word}(?![\\w/-])`, 'g'), value),
    command,
  );
  if (!named.startsWith('--')) return named;
  // `--ip 10.0.0.1` is typed in the place of the one that was refused.
  const [option] = named.split(' ', 1);
  return `${run.replaceAll(new RegExp(` ${option} (?:'[^']*'|\\S+)`, 'g'), '')} ${named}`;
}

function hintsIn(stdout: string): Hint[] {
  const { error, data } = JSON.parse(stdout) as Answer;
  if (error !== undefined)
    return error.hint === undefined ? [] : [{ text: error.hint, finding: null }];
  return (data?.findings ?? []).flatMap(({ code, subject, hint }) =>
    hint === undefined ? [] : [{ text: hint, finding: `${code} of ${subject}` }],
  );
}
