import { z } from 'zod';
import { DockerctlError } from '../../errors.js';
import { REPORT, type Report } from './report-data.js';

/**
 * The report in a text of `dockerctl report --json`, as it was printed or the report in it alone. What it does not know is left out.
 * @throws invalid-value where it is none; `name` says where it came from
 */
export function readReport(text: string, name: string): Report {
  const given = parsed(text, name);
  const { success, data, error } = REPORT.safeParse(dataOf(given));
  if (success) return data;
  const [issue] = error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw noReport(name, `${place}${issue?.message ?? z.prettifyError(error)}`);
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw noReport(name, 'it is not JSON');
  }
}

/** `{"ok":true,"data":{"report":…}}` as it is printed, or any part of that. */
function dataOf(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  if ('data' in given) return dataOf(given.data);
  return 'report' in given ? given.report : given;
}

function noReport(name: string, why: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-value',
    message: `${name} is no report of dockerctl: ${why}.`,
    hint: 'on the other machine: `dockerctl report --json > report.json`',
  });
}
