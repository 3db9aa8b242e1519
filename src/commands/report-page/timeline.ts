import type { Report } from '../../core/report/report-data.js';
import { html, type Html } from './html.js';

type Certificate = Report['certificates'][number];

const YEAR_MS = 365.25 * 24 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_MS = 30 * DAY_MS;
/** A root for ten years would leave nothing to see of a leaf for thirteen months. */
const MOST_AHEAD_MS = 3 * YEAR_MS;
const BEHIND_MS = 0.5 * YEAR_MS;

/**
 * Certificates by their end, a row each with a bar on one scale of time. Text and shape say what colour says; the bars are hidden
 * from screen readers, which have the row. `now` in milliseconds since 1970.
 */
export function timeline(certificates: readonly Certificate[], now: number): Html {
  const [from, to] = scaleOf(certificates, now);
  const rows = certificates
    .toSorted((a, b) => a.notAfter.localeCompare(b.notAfter))
    .map((one) => rowOf(one, { now, from, to }));
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Certificates by their end">
    <table class="timeline">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Kind</th>
          <th scope="col">Until</th>
          <th scope="col">Left</th>
          <th scope="col" class="bars">${ticks(from, to)}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

interface Scale {
  readonly now: number;
  readonly from: number;
  readonly to: number;
}

function scaleOf(certificates: readonly Certificate[], now: number): [number, number] {
  const ends = certificates.map(({ notAfter }) => Date.parse(notAfter));
  const starts = certificates.flatMap(({ notBefore }) =>
    notBefore === null ? [] : [Date.parse(notBefore)],
  );
  const from = Math.max(Math.min(now - 30 * DAY_MS, ...starts, ...ends), now - BEHIND_MS);
  const to = Math.min(Math.max(now + 60 * DAY_MS, ...ends), now + MOST_AHEAD_MS);
  return [from, to];
}

function rowOf(certificate: Certificate, scale: Scale): Html {
  const { name, kind, notAfter, status } = certificate;
  const end = Date.parse(notAfter);
  const left = Math.trunc((end - scale.now) / DAY_MS);
  const state = stateOf(certificate, scale.now);
  const told = end < scale.now ? `ended ${daysText(-left)} ago` : daysText(left);
  const word = status === 'valid' ? '' : `, ${status}`;
  return html`<tr class="${state}">
    <th scope="row">${name}</th>
    <td>${KINDS[kind]}</td>
    <td>${notAfter.slice(0, 10)}</td>
    <td>${told}${word}</td>
    <td class="bars" aria-hidden="true">${bar(certificate, scale)}</td>
  </tr>`;
}

const daysText = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

function stateOf({ notAfter, status }: Certificate, now: number): 'error' | 'warning' | 'fine' {
  const left = Date.parse(notAfter) - now;
  if (left < 0 || status === 'expired' || status === 'revoked') return 'error';
  return left < SOON_MS ? 'warning' : 'fine';
}

const KINDS: Readonly<Record<Certificate['kind'], string>> = {
  authority: 'our authority',
  issued: 'issued here',
  trusted: 'trusted CA',
};

function bar({ notBefore, notAfter }: Certificate, scale: Scale): Html {
  const start = notBefore === null ? scale.now : Date.parse(notBefore);
  const [left, right] = [start, Date.parse(notAfter)].map((time) => at(time, scale));
  const x = left ?? 0;
  const width = Math.max((right ?? 0) - x, 0.6);
  return html`<svg viewBox="0 0 100 10" preserveAspectRatio="none">
    <rect x="${x.toFixed(2)}" y="2" width="${width.toFixed(2)}" height="6" rx="1"></rect>
    <line
      x1="${at(scale.now, scale).toFixed(2)}"
      x2="${at(scale.now, scale).toFixed(2)}"
      y1="0"
      y2="10"
    ></line>
  </svg>`;
}

/** In hundredths of the scale; what lies beyond it stands at its end. */
function at(time: number, { from, to }: Pick<Scale, 'from' | 'to'>): number {
  return Math.max(0, Math.min(100, ((time - from) / (to - from)) * 100));
}

function ticks(from: number, to: number): Html {
  const years = new Set([from, to].map((time) => new Date(time).getUTCFullYear()));
  const first = Math.min(...years);
  const marks = Array.from({ length: Math.max(...years) - first + 1 }, (_, index) => first + index)
    .map((year) => ({ year, x: at(Date.UTC(year, 0, 1), { from, to }) }))
    .filter(({ x }) => x > 0 && x < 94)
    .map(({ year, x }) => html`<span style="left:${x.toFixed(2)}%">${year}</span>`);
  return html`<span class="ticks">${marks}</span>`;
}
