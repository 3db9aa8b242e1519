/** The looking commands, as JSON, and how each is asked. */
const VIEWS = {
  effective: ['config', 'show', '--effective'],
  diff: ['config', 'diff'],
  'daemon status': ['daemon', 'status'],
  status: ['status'],
  doctor: ['doctor'],
  drift: ['drift'],
  adopt: ['adopt', '--dry-run', '--force'],
  mirrors: ['mirrors', 'list'],
  insecure: ['insecure', 'list'],
};

/** Asks every view: by name { status, data, error, seconds }. */
export async function askViews(machine) {
  const names = Object.keys(VIEWS);
  const answers = {};
  const worker = async () => {
    for (let name = names.shift(); name !== undefined; name = names.shift())
      answers[name] = answerOf(await machine.dockerctl(...VIEWS[name], '--json'));
  };
  await Promise.all([worker(), worker(), worker()]);
  return answers;
}

/** What a command with `--json` answered. */
export function answerOf({ status, out, err, seconds }) {
  const json = jsonOf(out);
  return {
    status,
    seconds,
    text: `${out}\n${err}`,
    data: json?.data ?? null,
    error: json?.error ?? null,
  };
}

function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
