import { percent } from '../judge.mjs';

/** Codes that say dockerd does nothing with it. */
const IDLE = ['unknown-member', 'unknown-feature', 'no-effect', 'ignored-key'];
const WHOLE = ['ignored-object', 'ignored-key', 'no-effect'];
/** Where an idle member shows all the same: a filter is kept as it is written, and so are the options of a log. */
const SHOWN_ANYWAY = ['filter', 'log options'];

/**
 * Prints how often a member has an effect or is reported, and how often none that has one is called idle. `seen`: by name what a real
 * dockerd of this version did; `judge`: our verdict on the bytes.
 */
export function reportMembers(title, { version, cases, seen, judge }) {
  const rows = cases.map((one) => judgeMember(one, { version, seen, judge }));
  const silent = rows.filter(({ effect, reported, refused, starts }) =>
    refused ? starts : !effect && !reported,
  );
  const untrue = rows.filter(
    ({ effect, idle, refused, starts, object }) =>
      (!refused && !starts) || (effect && idle && !SHOWN_ANYWAY.includes(object)),
  );
  const total = rows.length;
  const effects = rows.filter(({ effect }) => effect).length;
  console.log(
    `${title}: has an effect or is reported: ${percent({ total, right: total - silent.length })}`,
  );
  for (const row of silent) print(row);
  console.log(`${title}: what is said is so: ${percent({ total, right: total - untrue.length })}`);
  for (const row of untrue) print(row);
  console.log(
    `  ${effects} have an effect, ${rows.filter(({ refused }) => refused).length} stop dockerd`,
  );
  return silent.length + untrue.length;
}

function judgeMember(one, { version, seen, judge }) {
  const real = seen.get(one.asked);
  const base = seen.get(one.base);
  if (base !== seen.get(one.again))
    throw new Error(
      `two answers to ${JSON.stringify(one.without)}: ${base} ${seen.get(one.again)}`,
    );
  const refused = real.startsWith('refused');
  const verdict = judge(Buffer.from(JSON.stringify(one.config)), version);
  // Go's decoder takes a name in any case, and a finding has that of the member.
  const subject = one.path.join('.').toLowerCase();
  const findings = verdict.findings.map((one) => ({ ...one, subject: one.subject.toLowerCase() }));
  const about = findings.filter((finding) => `${finding.subject}.`.startsWith(`${subject}.`));
  // What is said of an object as a whole is said of each member.
  const whole = findings.filter(
    ({ severity, code, subject: of }) =>
      (severity === 'error' || WHOLE.includes(code)) && `${subject}.`.startsWith(`${of}.`),
  );
  return {
    ...one,
    ...{ real, refused, starts: verdict.starts, reported: about.length + whole.length > 0 },
    effect: !refused && real !== base,
    idle: about.some(({ code, subject: of }) => of === subject && IDLE.includes(code)),
    said: verdict.findings.map(({ code, subject: of, message }) => `${code} ${of}: ${message}`),
  };
}

function print({ name, object, kind, config, real, effect, refused, said }) {
  console.log(`  ${name} (${object}, ${kind}): ${JSON.stringify(config)}`);
  console.log(
    `    really ${refused ? real.slice(0, 200) : effect ? 'has an effect' : 'has none'}; we say ${said.join('; ') || 'nothing'}`,
  );
}
