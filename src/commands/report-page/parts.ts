import type { Report, ReportFinding } from '../../core/report/report-data.js';
import { activationWords } from '../text/activation-words.js';
import { localTime } from '../text/local-time.js';
import { html, type Html } from './html.js';

const MARKS = { error: '✖', warning: '▲', info: '●' } as const;

/** The host at a glance: a card each, and where it leads. */
export function glance(report: Report): Html {
  const { dockerd, findings, registries, certificates, drift, agent } = report;
  const wrong = findings.filter(({ severity }) => severity !== 'info');
  const next = certificates.toSorted((a, b) => a.notAfter.localeCompare(b.notAfter))[0];
  const names = new Set(registries.map(({ registry }) => registry));
  const open = new Set(registries.filter(({ insecure }) => insecure).map((one) => one.registry));
  const live =
    dockerd.liveRestore === null ? '' : `, live-restore ${dockerd.liveRestore ? 'on' : 'off'}`;
  const cards: readonly (readonly [string, string, string])[] = [
    [
      'dockerd',
      [dockerd.version, dockerd.state].filter(Boolean).join(' '),
      `${dockerd.manager}${live}`,
    ],
    [
      'Containers',
      String(dockerd.containers ?? '?'),
      dockerd.containers === null ? 'nobody could ask' : 'running',
    ],
    ['To do', String(wrong.length), wrong.length === 0 ? 'nothing found' : 'see Findings'],
    ['Registries', String(names.size), open.size === 0 ? 'all verified' : `${open.size} insecure`],
    [
      'First end',
      next === undefined ? 'none' : next.notAfter.slice(0, 10),
      next?.name ?? 'no certificate',
    ],
    [
      'Drift',
      drift === null ? 'none declared' : String(drift.length),
      drift === null ? '' : 'things not as declared',
    ],
    [
      'Agent',
      agent.paused === null ? (agent.runs ? 'runs' : 'none runs') : 'paused',
      pauseWords(agent),
    ],
  ];
  return html`<dl class="cards">
    ${cards.map(
      ([term, value, more]) =>
        html`<div>
          <dt>${term}</dt>
          <dd><strong>${value}</strong><span>${more}</span></dd>
        </div>`,
    )}
  </dl>`;
}

function pauseWords({ paused, lastScan }: Report['agent']): string {
  if (paused === null) return lastScan === null ? '' : `looked ${localTime(lastScan)}`;
  const until = paused.until === null ? '' : ` until ${localTime(paused.until)}`;
  return `by ${paused.by}${until}: ${paused.reason}`;
}

/** Errors first; what to type in a box of its own. */
export function findingList(findings: readonly ReportFinding[], none: string): Html {
  if (findings.length === 0) return html`<p class="none">${none}</p>`;
  const rank = { error: 0, warning: 1, info: 2 };
  const items = findings
    .toSorted((a, b) => rank[a.severity] - rank[b.severity])
    .map((finding) => {
      const { severity, subject, code, path, line, column, message, hint } = finding;
      const place = [path, line, column].filter((part) => part !== undefined).join(':');
      return html`<li class="${severity}">
        <h3>
          <span class="mark">${MARKS[severity]} ${severity}</span> ${subject} <small>${code}</small>
        </h3>
        ${place === '' || place === subject ? html`` : html`<p class="place">${place}</p>`}
        <p>${message}</p>
        <p>To fix: <code>${hint}</code></p>
      </li>`;
    });
  return html`<ol class="findings">
    ${items}
  </ol>`;
}

/** Who trusts which: a row a registry, a column a consumer. */
export function registryTable({ registries }: Report): Html {
  if (registries.length === 0) return html`<p class="none">None beyond what the system trusts.</p>`;
  const consumers = [...new Set(registries.map(({ consumer }) => consumer))];
  const names = [...new Set(registries.map(({ registry }) => registry))].sort();
  const cell = (name: string, consumer: string): Html => {
    const one = registries.find((row) => row.registry === name && row.consumer === consumer);
    if (one === undefined) return html`<td>–</td>`;
    if (one.insecure) return html`<td class="warning">▲ insecure</td>`;
    return html`<td class="fine">
      ✔ ${one.until === null ? '' : `until ${one.until}`}<br /><small>${one.by.join('; ')}</small>
    </td>`;
  };
  return table(
    ['Registry', ...consumers],
    names.map(
      (name) =>
        html`<tr>
          <th scope="row">${name}</th>
          ${consumers.map((one) => cell(name, one))}
        </tr>`,
    ),
    'Registries and who trusts them',
  );
}

export function settingTable({ settings }: Report): Html {
  const rows = settings.map(({ key, value, source, from, pending }) => {
    const next =
      pending === null
        ? html`<td></td>`
        : html`<td class="warning">
            ▲ ${JSON.stringify(pending.value)}: <code>${pending.remedy}</code>
          </td>`;
    return html`<tr>
      <th scope="row">${key}</th>
      <td><code>${JSON.stringify(value)}</code></td>
      <td>${from === null ? source : `${source}: ${from}`}</td>
      ${next}
    </tr>`;
  });
  return rows.length === 0
    ? html`<p class="none">Neither file nor flags say anything, or nobody could look.</p>`
    : table(['Key', 'Value', 'Said by', 'Not in force yet'], rows, 'Configuration by key');
}

export function historyTable({ history }: Report): Html {
  if (history.length === 0) return html`<p class="none">dockerctl has changed nothing here.</p>`;
  const words = { applied: 'applied', 'rolled-back': 'rolled back', waiting: 'waits for confirm' };
  const rows = history.map(({ generation, when, user, commandLine, status, how, error }) => {
    const state = status === 'applied' ? 'fine' : 'warning';
    const why = error === null ? html`` : html`<br /><small>${error}</small>`;
    return html`<tr>
      <th scope="row" class="number">${generation}</th>
      <td>${localTime(when)}</td>
      <td>${user}</td>
      <td><code>${commandLine}</code>${why}</td>
      <td class="${state}">${words[status]} ${activationWords(how)}</td>
    </tr>`;
  });
  return table(['No.', 'When', 'Who', 'What', 'End'], rows, 'History of changes');
}

function table(head: readonly string[], rows: readonly Html[], label: string): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
